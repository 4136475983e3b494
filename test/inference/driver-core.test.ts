import {describe, expect, test} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {listing, readGraph} from '../helpers/drawn-graph.ts';

describe('driver core', () => {
	const bind = (result: string, exitCode: number) => `
		 1)               |  /* LAB begin bind1 ahci 0000:00:1f.2 */
		 0)               |  bind_store() {
		 0)               |    device_driver_attach() {
		 0)   1.0 us      |      really_probe();${result}
		 0)   1.0 us      |    }
		 0)   1.0 us      |  }
		 1)               |  /* LAB end bind1 ahci 0000:00:1f.2 rc=${exitCode} */
	`;
	const facts = (recording: Recording) =>
		listing(recording).filter((line) => /prob(e begins|e ends)|bound|driver =/.test(line));

	test('a probe that succeeds binds', () => {
		expect(facts(readGraph(bind(' /* = 0x0 */', 0)))).toEqual([
			'cpu-0 probe begins: ahci (inferred)',
			'cpu-0 bound to ahci (inferred)',
			'cpu-0 probe ends = 0 (inferred)',
		]);
	});

	test('a probe that fails tells its error, whichever sign it was returned with', () => {
		expect(facts(readGraph(bind(' /* = -16 */', 1)))[1]).toBe(
			'cpu-0 probe ends = -16 (EBUSY) (inferred)',
		);
		expect(facts(readGraph(bind(' /* = 0x13 */', 1)))[1]).toBe(
			'cpu-0 probe ends = -19 (ENODEV) (inferred)',
		);
	});

	test('without return values the exit code of the write decides', () => {
		expect(facts(readGraph(bind('', 0))).at(-1)).toBe('cpu-1 bound to ahci (inferred)');
		expect(facts(readGraph(bind('', 1))).at(-1)).toBe('cpu-0 probe ends (inferred)');
	});

	test('probes of other devices, below or beside, are not taken for the announced one', () => {
		const recording = readGraph(`
			 1)               |  /* LAB begin bind1 ahci 0000:00:1f.2 */
			 0)               |  bind_store() {
			 0)               |    really_probe() {
			 0)               |      device_attach() {
			 0)   1.0 us      |        really_probe(); /* = 0x0 */
			 0)   1.0 us      |      }
			 0)   1.0 us      |    } /* really_probe = -12 */
			 0)   1.0 us      |  }
			 1)               |  driver_probe_device() {
			 1)   1.0 us      |    really_probe(); /* = 0x0 */
			 1)   1.0 us      |  }
		`);
		expect(facts(recording)).toEqual([
			'cpu-0 probe begins: ahci (inferred)',
			'cpu-0 probe ends = -12 (ENOMEM) (inferred)',
		]);
	});

	const markerless = (device: string) => `
		 0)               |  really_probe() {
		 0)               |    /* devres_log: ${device} ADD 00000000339b6417 devm_kzalloc_release (16 bytes) */
		 0)               |    /* devres_log: 0000:00:02.0 ADD 00000000339b6418 devm_kzalloc_release (16 bytes) */
		 0)   1.0 us      |  } /* really_probe = -12 */
	`;

	test('without a marker a probe is that of the device of its first operation', () => {
		expect(facts(readGraph(markerless('0000:00:1f.2')))).toEqual([
			'cpu-0 probe begins (inferred)',
			'cpu-0 probe ends = -12 (ENOMEM) (inferred)',
		]);
		expect(readGraph(markerless('0000:00:1f.2')).at(1)).toMatchObject({
			type: 'probe-begin',
			device: '0000:00:1f.2',
			driver: null,
		});
	});

	test('without a marker a probe inside another has a device of its own', () => {
		const recording = readGraph(`
			 0)               |  really_probe() {
			 0)               |    really_probe() {
			 0)               |      /* devres_log: serio0 ADD 00000000339b6417 devm_kzalloc_release (16 bytes) */
			 0)   1.0 us      |    }
			 0)               |    /* devres_log: 0000:00:02.0 ADD 00000000339b6418 devm_kzalloc_release (16 bytes) */
			 0)   1.0 us      |  }
		`);
		const probes = [...recording.ofType('probe-begin'), ...recording.ofType('probe-end')];
		expect(probes.map((seq) => recording.at(seq).device)).toEqual([
			...['serio0', '0000:00:02.0'],
			...['serio0', '0000:00:02.0'],
		]);
	});

	test('without a marker and an operation nothing is concluded', () => {
		expect(facts(readGraph(bind(' /* = 0x0 */', 0).replace(/.*LAB.*/g, '')))).toEqual([]);
	});
});
