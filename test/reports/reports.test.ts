import {describe, expect, test} from 'vitest';
import {phasesOf} from '../../source/reports/phases.ts';
import {revisionOutcome, revisionTable} from '../../source/reports/revision-table.ts';
import {runReport} from '../../source/reports/run-report.ts';
import {textReport} from '../../source/reports/text-report.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reload, withSource} from '../helpers/small-reload.ts';

test('the text report tells what each action did, how it ends and what was expected', () => {
	const recording = withSource(reload, {path: 'ccp.yaml', kernel: 'v9-series'});
	const expectations = [
		{text: 'log: Resources present', ok: true},
		{text: 'size(todo) == 1', ok: false},
	];
	expect(textReport(recording, expectations)).toMatchInlineSnapshot(`
		"a picture
		ccp.yaml, kernel v9-series, 24 events

		modprobe ccp
		  0000:23:00.1  probe 0, ADD 1, 1 on devres_head, INTX_DISABLE 0 -> 1
		rmmod ccp
		  0000:23:00.1  unbound from ccp, REL 1, ADD 1 during release, 1 on devres_head, INTX_DISABLE 1 -> 0 -> 1
		modprobe ccp
		  0000:23:00.1  probe -16 (EBUSY), 1 on devres_head, INTX_DISABLE 1
		    pci 0000:23:00.1: Resources present before probing

		in the end
		  0000:23:00.1  no driver, PCI_COMMAND 0x0406, INTX_DISABLE 1, enable_cnt 0, 1 node on devres_head
		    left: pcim_intx_restore (4 bytes) ffff80006ecea4a8

		findings
		  error    event 16 0000:23:00.1  #2 pcim_intx_restore (4 bytes) was added inside the release callback of #1 pcim_intx_restore [add-during-release]
		  error    event 18 0000:23:00.1  1 node left on devres_head after ccp was unbound: #2 pcim_intx_restore (4 bytes) [leak]
		  error    event 22 0000:23:00.1  The probe of ccp was refused: the last release left #2 pcim_intx_restore (4 bytes) [leftover-at-probe]

		expected
		  ok      log: Resources present
		  FAILED  size(todo) == 1
		"
	`);
});

test('the json report has the documented fields, unknown ones as null', () => {
	const recording = recordingOf('device: a\nADD irq 16\nADD buffer 8\nMOVE irq\n');
	expect(runReport(recording, [{text: 'x', ok: true}])).toEqual({
		format: 'devresdbg-report',
		version: 1,
		source: {kind: 'scenario', path: null, kernel: null},
		events: 3,
		lines: {total: 0, used: 0, ignored: 0, unparsed: 0, lost: 0},
		devices: [
			{
				address: 'a',
				driver: null,
				devres_head: [{id: expect.stringMatching(/^[\da-f]{16}$/), name: 'buffer', size: 8}],
				todo: [{id: expect.stringMatching(/^[\da-f]{16}$/), name: 'irq', size: 16}],
				command: null,
				intx_disable: null,
				enable_count: null,
			},
		],
		findings: [],
		expectations: [{text: 'x', ok: true}],
	});
});

describe('phases', () => {
	test('an ADD counts as one during release while a release pass of its own device goes on', () => {
		const [, unload] = phasesOf(reload);
		expect(unload?.devices.get('0000:23:00.1')).toMatchObject({
			added: 1,
			addedDuringRelease: 1,
			released: 1,
			left: 1,
			intx: [true, false, true],
		});
	});

	test('an ADD on another device than the one that is released is an ordinary one', () => {
		const [phase] = phasesOf(
			recordingOf('device: a\nADD irq 16\nMOVE irq\nREL irq 16\ndevice: b\nADD buffer 8\n'),
		);
		expect(phase?.devices.get('b')).toMatchObject({added: 1, addedDuringRelease: 0});
	});

	test('a recording without actions is one phase', () => {
		const recording = recordingOf('device: a\nADD irq 16\n');
		expect(phasesOf(recording)).toHaveLength(1);
		expect(textReport(recording)).toContain('all events\n  a  ADD 1, 1 on devres_head\n');
	});
});

describe('the table of revisions', () => {
	const outcome = revisionOutcome(withSource(reload, {kernel: 'v9-series'}), [
		{text: 'x', ok: true},
		{text: 'y', ok: false},
	]);

	test('an outcome tells whether the driver loads again, what is left over and what bit 10 was', () => {
		expect(outcome).toEqual({
			kernel: 'v9-series',
			devices: [
				{
					address: '0000:23:00.1',
					reload: -16,
					leftover: 1,
					intx: {before: false, bound: true, unbound: true},
				},
			],
			expectations: [
				{text: 'x', ok: true},
				{text: 'y', ok: false},
			],
		});
	});

	test('a driver that was never unbound has no reload', () => {
		const once = recordingOf(
			'device: a\naction modprobe ccp\n{"type": "probe-end", "driver": "ccp", "result": 0}\n',
		);
		expect(revisionOutcome(once, []).devices[0]).toMatchObject({reload: null, leftover: null});
	});

	test('devices that agree share a cell, others stand side by side', () => {
		const [device] = outcome.devices;
		if (device === undefined) throw new Error('no device');
		const other = {...device, address: '0000:a2:00.1', leftover: 2};
		const report = {
			format: 'devresdbg-revisions' as const,
			version: 1 as const,
			title: 'ccp',
			path: null,
			revisions: [outcome, {...outcome, kernel: 'v6.14', devices: [device, other]}],
		};
		expect(revisionTable(report)).toMatchInlineSnapshot(`
			"ccp

			kernel     reloads      left over  INTX_DISABLE before  bound  unbound  expected
			v9-series  -16 (EBUSY)  1          0                    1      1        1 of 2
			v6.14      -16 (EBUSY)  1 / 2      0                    1      1        1 of 2
			"
		`);
	});
});

test('a fault that never struck is told', () => {
	const recording = recordingOf(`
		{"type": "fault", "fn": "pcim_enabel_device", "nth": 1, "error": -12}
		{"type": "fault", "fn": "pcim_intx", "nth": 1, "error": -12}
		pcim_intx
		  {"type": "fault-hit", "fn": "pcim_intx"}
	`);
	expect(textReport(recording)).toMatch(/in the end\n {2}fail pcim_enabel_device: never struck\n$/);
});
