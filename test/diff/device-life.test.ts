import {expect, test} from 'vitest';
import {livesOf} from '../../source/diff/device-life.ts';
import {factsOf, toldByBoth} from '../../source/diff/told-facts.ts';
import {recordingOf} from '../helpers/recording-of.ts';

const device = '0000:00:01.0';

/** Phases of the device in a picture, one text each: its kind and its rows. */
function phasesOf(picture: string): string[] {
	const recording = recordingOf(picture);
	const facts = factsOf(recording);
	const ofDevice = facts.devices.get(device);
	if (ofDevice === undefined) throw new Error('the picture tells nothing of the device');
	const told = toldByBoth(facts, facts, ofDevice, ofDevice);
	const phases = livesOf(recording, new Map([[device, told]])).get(device)?.phases ?? [];
	return phases.map(({kind, rows}) => `${kind}: ${rows.map(({what}) => what).join(', ')}`);
}

test('a register that is written between two passes of one release belongs to that release', () => {
	expect(
		phasesOf(`
			device: ${device}
			ADD irq 16
			ADD mem 16
			REL mem 16
			END 1
			WRITE 4 1024
			REL irq 16
			END 1
			ADD irq#2 16
		`),
	).toEqual([
		'probe: ADD irq (16 bytes), ADD mem (16 bytes)',
		'release: REL mem (16 bytes), write PCI_COMMAND INTX_DISABLE=1 MASTER=0, REL irq (16 bytes)',
		'probe: ADD irq (16 bytes)',
	]);
});

test('a register that is written behind a release belongs to the probe that comes', () => {
	expect(
		phasesOf(`
			device: ${device}
			ADD irq 16
			REL irq 16
			END 1
			WRITE 4 1024
			ADD irq#2 16
		`).slice(1),
	).toEqual([
		'release: REL irq (16 bytes)',
		'probe: write PCI_COMMAND INTX_DISABLE=1 MASTER=0, ADD irq (16 bytes)',
	]);
});

test('a register that is written in a probe stands in its order, even where a pass released nothing', () => {
	expect(
		phasesOf(`
			device: ${device}
			ADD irq 16
			END 0
			WRITE 4 1024
			ADD mem 16
			WRITE 4 0
			REL mem 16
		`),
	).toEqual([
		'probe: ADD irq (16 bytes), write PCI_COMMAND INTX_DISABLE=1 MASTER=0, ADD mem (16 bytes), write PCI_COMMAND INTX_DISABLE=0 MASTER=0',
		'release: REL mem (16 bytes)',
	]);
});
