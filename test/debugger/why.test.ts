import {describe, expect, test} from 'vitest';
import {runCommand} from '../../source/debugger/command.ts';
import {createSession} from '../../source/debugger/session.ts';
import {why} from '../../source/debugger/why.ts';
import {describeWhyStep} from '../../source/debugger/why-answer.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';
import {questionAt, shipped} from '../helpers/why-questions.ts';

/** What lines answer, each after `> `. */
function transcript(recording: Recording, lines: readonly string[]): string {
	let session = createSession(recording);
	const text: string[] = [];
	for (const line of lines) {
		const result = runCommand(session, line);
		text.push(`> ${line}`, ...(result.ok ? result.output : result.errors), '');
		if (result.ok) ({session} = result);
	}
	return text.join('\n');
}

/** The steps of an answer as lines. */
function steps(recording: Recording, text: string, position = recording.length): readonly string[] {
	const {steps: told} = why(recording, position, questionAt(recording, position, text), 1);
	return told.map((step) => describeWhyStep(recording, step).replace(/ at [\d.]+:/, ':'));
}

/** The event after which a line stands in the log. */
function afterLog(recording: Recording, text: string): number {
	const seq = recording.ofType('printk').find((each) => {
		const event = recording.at(each);
		return event.type === 'printk' && event.text === text;
	});
	return (seq ?? -1) + 1;
}

describe('the reported bug', () => {
	test('ccp under the patch of the report is explained as its report explains it', async () => {
		const recording = shipped('ccp-reload');
		const refused = afterLog(recording, 'Resources present before probing');
		const lines = [
			`goto ${refused}`,
			'why',
			'why node pcim_intx_restore',
			'why devres_find',
			'why INTX_DISABLE',
			'why INTX_DISABLE',
			'why #10.orig_intx',
		];
		const text = transcript(recording, lines);
		await expect(text).toMatchFileSnapshot('../golden/why-ccp-reload.txt');
	});

	test('ahci under v6.11-rc1: the node is added by the callback of pcim_msi_release', async () => {
		const recording = shipped('ahci-reload');
		const text = transcript(recording, ['end', 'why probe', 'why devres_find', 'why INTX_DISABLE']);
		await expect(text).toMatchFileSnapshot('../golden/why-ahci-reload.txt');
	});

	test('a real trace that began late is explained as far as it tells', async () => {
		const recording = imported(textOf(fixtures, 'v9-patch/ahci.graph.txt'));
		const find = recording.callsOf('devres_find')[0] ?? 0;
		const lines = ['end', 'why probe', 'why driver', 'why INTX_DISABLE', `goto ${find + 2}`, 'why'];
		const text = transcript(recording, lines);
		await expect(text).toMatchFileSnapshot('../golden/why-ahci-trace.txt');
	});

	test('a kernel without the bug has nothing to explain', () => {
		const recording = shipped('ccp-reload', 'v6.14');
		expect(steps(recording, 'probe')).toEqual([expect.stringMatching(/The probe did not fail\.$/)]);
	});
});

describe('a node', () => {
	test('in a log without calls, an ADD during a release is explained by what had been moved, as inferred', () => {
		const recording = recordingOf(`
			ADD pcim_intx_restore 4
			{"type": "unbind", "driver": "ccp"}
			MOVE pcim_intx_restore
			REL pcim_intx_restore 4
			ADD pcim_intx_restore#2 4
			END 1
		`);
		expect(steps(recording, 'devres_find')).toEqual([
			'event 5: #2 pcim_intx_restore (4 bytes) was added to devres_head; by whom is not recorded, while the callback of #1 pcim_intx_restore ran, in the release pass of the unbind from ccp (event 2).',
			'event 3: #1 pcim_intx_restore was not on devres_head: it had moved to the todo list, at the start of the pass. (inferred)',
			'event 4: #1 pcim_intx_restore was released in the release pass of the unbind from ccp (event 2): its callback was running. (inferred)',
			'event 5: From here on its caller worked with the new #2 pcim_intx_restore and not with the original #1 pcim_intx_restore. (inferred)',
			'event 6: The pass ended without releasing #2 pcim_intx_restore: it releases only the nodes that had moved to todo when it began.',
		]);
	});

	test('of a kind that nobody looks for before adding one has no original', () => {
		const recording = recordingOf(`
			ADD devm_kzalloc_release 4
			MOVE devm_kzalloc_release
			REL devm_kzalloc_release 4
			ADD devm_kzalloc_release#2 4
			END 1
		`);
		expect(steps(recording, '#2').join(' ')).not.toMatch(/original|was not on devres_head/);
	});

	test('added during a pass whose end is not recorded is told of as inferred', () => {
		const recording = recordingOf('ADD rec 4\nMOVE rec\nREL rec 4\nADD late 4');
		expect(steps(recording, '#2')[0]).toMatch(/in the release pass .*\(inferred\)$/);
	});

	test('of a bound device it waits for the unbind', () => {
		const recording = recordingOf('ADD rec 4\n{"type": "bind", "driver": "ccp"}');
		expect(steps(recording, '#1').at(-1)).toBe(
			'event 2: 0000:00:01.0 is bound to ccp and was not unbound since: nodes are released then.',
		);
	});

	test('of a device whose driver a log names, but no binding, has that driver', () => {
		const log =
			'[    1.000000] drv 0000:00:05.0: DEVRES ADD 0000000012345678 devm_clk_release (8 bytes)';
		expect(steps(imported(log), '#1').at(-1)).toBe(
			'event 3: 0000:00:05.0 has the driver drv, and nothing tells of an unbind: nodes are released then. (inferred)',
		);
	});

	test('that was removed says by whom', () => {
		const recording = recordingOf('ADD rec 4\ndevm_kfree\n  REM rec 4');
		expect(steps(recording, '#1').at(-1)).toBe(
			'event 3: #1 rec was removed from devres_head by devm_kfree: no callback of a pass runs for it.',
		);
	});

	test('in an open group says so', () => {
		const recording = shipped('groups-open');
		const closed = (recording.ofType('bind')[0] ?? 0) + 1;
		expect(steps(recording, 'node A', closed)).not.toContainEqual(expect.stringContaining('open'));
		expect(steps(recording, 'node B', closed)).toContainEqual(
			expect.stringMatching(/It is inside #\d+ grp<, a group that is still open\./),
		);
	});

	test('whose ADD came before the recording is not guessed at', () => {
		const recording = recordingOf('REL rec 4');
		expect(steps(recording, '#1')[0]).toBe('unknown: That #1 rec was added is not recorded.');
	});

	test('does not exist before an event names it', () => {
		const recording = recordingOf('log a\nADD rec 4');
		expect(steps(recording, '#1', 1)).toEqual(['unknown: No event before this position names it.']);
	});

	test('on a trace that a log dumped, its frames are told', () => {
		const recording = recordingOf(`
			ADD rec 4
			{"type": "stack", "of": 0, "frames": [{"fn": "pcim_intx"}, {"fn": "maybe", "unreliable": true}]}
		`);
		expect(steps(recording, '#1')[0]).toContain('added to devres_head by pcim_intx.');
	});
});

describe('a search', () => {
	test('for what was never added says so', () => {
		const recording = shipped('ccp-reload');
		const first = recording.callsOf('devres_find')[0] ?? 0;
		const told = steps(recording, 'devres_find', first + 2);
		expect(told).toHaveLength(2);
		expect(told[1]).toMatch(/^event 1: No pcim_release had been added to 0000:23:00.1 before/);
	});

	test('for what was removed says since when', () => {
		const recording = recordingOf(`
			{"type": "device-add", "bus": "pci"}
			ADD rec 4
			REM rec 4
			devres_find(dev=0000:00:01.0, release=rec) = NULL
		`);
		expect(steps(recording, 'devres_find').at(-1)).toBe(
			'event 3: #1 rec had been taken off devres_head.',
		);
	});

	test('that has not returned is not judged', () => {
		const recording = recordingOf('devres_find(dev=0000:00:01.0, release=rec) = NULL');
		expect(steps(recording, 'devres_find', 1)).toEqual([
			'event 1: devres_find() was called and has not returned here.',
		]);
	});

	test('that found something says what', () => {
		const recording = recordingOf('devres_find(dev=0000:00:01.0, release=rec) = ffff8000');
		expect(steps(recording, 'devres_find')).toEqual([
			'event 2: devres_find() did find a rec: it returned ffff8000.',
		]);
	});

	test('without any recorded, why is refused with the reason', () => {
		const result = runCommand(createSession(recordingOf('log a')), 'why devres_find');
		expect(result.ok ? '' : result.errors[0]).toMatch(/^No call of devres_find\(\) is recorded/);
	});
});

describe('a value', () => {
	test('is walked back change by change, and the chain ends in words', () => {
		const recording = recordingOf('READ 4 0x6\nWRITE 4 0x406\nWRITE 4 0x407\nWRITE 4 0x7');
		const lines = [
			'end',
			'why INTX_DISABLE',
			'why INTX_DISABLE',
			'why INTX_DISABLE',
			'why INTX_DISABLE',
		];
		expect(
			transcript(recording, lines)
				.split('\n')
				.filter((line) => /^ {2}|^No/.test(line)),
		).toEqual([
			'  event 4 at 1.003000: INTX_DISABLE changed from 1 to 0; by whom is not recorded.',
			'  Ask again for what was before.',
			'  event 2 at 1.001000: INTX_DISABLE changed from 0 to 1; by whom is not recorded. 1 later access of the word left it so.',
			'  Ask again for what was before.',
			'  event 1 at 1.000000: INTX_DISABLE was read as 0: nothing recorded before tells it.',
			'No earlier change of it is recorded.',
		]);
	});

	test('that another read shows changed without a write is marked', () => {
		const recording = recordingOf('WRITE 4 0x6\nREAD 4 0x406');
		expect(steps(recording, 'INTX_DISABLE')).toEqual([
			'event 2: INTX_DISABLE was read as 1, although it was 0: nothing recorded changed it. (inferred)',
		]);
	});

	test('that no event tells is said to be unknown', () => {
		expect(steps(recordingOf('ADD rec 4'), 'command')).toEqual([
			'unknown: No event before this position tells PCI_COMMAND of 0000:00:01.0.',
		]);
	});

	test('the enable count of a pinned device says why it stays', () => {
		const told = steps(shipped('pinned-device'), 'enable_count');
		expect(told).toContainEqual(expect.stringContaining('The device is pinned since then'));
	});

	test('what was lost since is said', () => {
		const recording = recordingOf('WRITE 4 0x6\n{"type": "lost", "count": 7}\nlog a');
		expect(steps(recording, 'command').at(-1)).toBe(
			'event 2: 7 events were lost here: what they would tell is not known.',
		);
	});

	test('a name that nothing has is refused with the nearest', () => {
		const result = runCommand(createSession(shipped('ccp-reload')), 'why INTX_DISABEL');
		expect(result.ok ? '' : result.errors[0]).toBe(
			'Nothing here is named "INTX_DISABEL". Did you mean "INTX_DISABLE"?',
		);
	});
});

describe('a probe', () => {
	test('that ran out of memory is followed to the fault that was armed', () => {
		const recording = shipped('probe-fails-halfway');
		const told = steps(recording, 'probe', (recording.ofType('probe-end')[0] ?? 0) + 1);
		expect(told.at(0)).toMatch(/The probe ended with -12 \(ENOMEM\)\.$/);
		expect(told.slice(-4)).toEqual([
			expect.stringMatching(/__devres_alloc_node\(\) returned NULL\.$/),
			expect.stringMatching(/There was no memory for msi_device_data_release/),
			expect.stringMatching(/A fault that had been armed for alloc made it fail\.$/),
			expect.stringMatching(/^event 3: The script armed it/),
		]);
	});

	test('that found a BAR busy names who has it', () => {
		const recording = shipped('bar-busy');
		expect(steps(recording, 'probe').at(-1)).toMatch(/BAR 2 had been requested as first before/);
	});

	test('that did not fail leads to one before that did', () => {
		expect(steps(shipped('probe-fails-halfway'), 'probe')).toEqual([
			expect.stringMatching(/The probe did not fail\.$/),
			expect.stringMatching(/An earlier probe ended with -12 \(ENOMEM\): ask there why\.$/),
		]);
	});

	test('that was deferred names the supplier', () => {
		const recording = shipped('deferred-probe');
		const told = steps(recording, '', (recording.ofType('defer')[0] ?? 0) + 1);
		expect(told.at(-1)).toMatch(/the supplier backlight was not ready\.$/);
	});

	test('refused since the device was bound already names the bind', () => {
		const recording = runScenarioText(`
title: twice
about: two binds
kernel: v6.14
devices:
  - {address: "0000:00:04.0", id: "8086:100e"}
drivers:
  demo: {matches: ["8086:100e"], probe: [{devm_kzalloc: 8}]}
script:
  - modprobe: demo
  - bind: {driver: demo, device: "0000:00:04.0"}
`);
		expect(steps(recording, 'probe')).toEqual([
			expect.stringMatching(
				/__driver_probe_device\(\) returned -16 \(EBUSY\) before any probe began/,
			),
			expect.stringMatching(/0000:00:04.0 was bound to demo already\.$/),
		]);
	});

	test('that runs has not failed, and one that never was is unknown', () => {
		const recording = recordingOf('log a\n{"type": "probe-begin", "driver": "demo"}');
		expect(steps(recording, 'probe')).toEqual([
			'event 2: The probe is running: it has not failed here.',
		]);
		expect(steps(recording, 'probe', 1)).toEqual([
			'unknown: No probe of 0000:00:01.0 is recorded before this position.',
		]);
	});

	test('refused in a log that never said what was added stays open', () => {
		const recording = recordingOf(
			'{"type": "printk", "level": 2, "prefix": "pci 0000:00:01.0", "text": "Resources present before probing"}',
		);
		expect(steps(recording, 'probe')).toEqual([
			'event 1: really_probe() refused 0000:00:01.0: its devres_head was not empty.',
			'unknown: Which node it held is not recorded.',
		]);
	});
});
