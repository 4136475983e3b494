import {describe, expect, test} from 'vitest';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {exported} from '../helpers/export-text.ts';
import {recordingFrom} from '../helpers/legal-events.ts';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {shippedRecording} from '../helpers/shipped.ts';

function linesOf(picture: string): string[] {
	const text = exported(recordingOf(picture), 'ftrace');
	return text
		.trimEnd()
		.split('\n')
		.filter((line) => !line.startsWith('#'));
}

test('the trace of a scenario reads as that of a kernel', async () => {
	const text = exported(shippedRecording('shape-s3'), 'ftrace');
	await expect(text).toMatchFileSnapshot('../golden/exports/shape-s3.ftrace.txt');
});

/** A line of the real trace as an event; it is of this test alone that the CPU is forgotten. */
function eventOf(line: string, seq: number): RecordedEvent {
	const [, task = '', pid = '', time, name, text = ''] =
		/^ *(\S+)-(\d+) +\[\d+\] \S+ +([\d.]+): (\w+): (.*)$/.exec(line) ?? [];
	const base = {seq, time: Number(time), context: `${task}-${pid}`};
	if (name === 'tracing_mark_write') return {...base, type: 'action', text};
	const [, device = '', op = '', node = '', what = '', size] =
		/^(\S+) (\w+) (\w+) (\S+) \((\d+) bytes\)$/.exec(text) ?? [];
	const type = op === 'ADD' ? 'devres-add' : op === 'REL' ? 'devres-release' : 'devres-remove';
	return {...base, type, device, node, generation: 0, name: what, size: Number(size)};
}

/** Recordings don't say which CPU it was, nor whether the task was about to be preempted. */
function withoutCpu(line: string): string {
	return line.replace(/\[\d+\] (.)[.N]/, '[…] $1.').replace(/#P:\d/, '');
}

test('the events of a real trace are printed as the kernel did, header and all', () => {
	const real = textOf(fixtures, 'v9-patch/ahci.events.txt').trimEnd().split('\n');
	const events = real.filter((line) => !line.startsWith('#')).map(eventOf);
	const lines = exported(recordingFrom(events), 'ftrace').trimEnd().split('\n');
	expect(lines.map(withoutCpu)).toEqual(real.map(withoutCpu));
});

describe('a line of the trace', () => {
	test('has interrupts off where the list is locked, and on where a callback is about to run', () => {
		const lines = linesOf(`
			device: 0000:00:01.0
			context: sh-287
			ADD a 8
			REM a 8
			ADD b 8
			REL b 8
		`);
		expect(lines.map((line) => line.slice(0, 72).replace(/ffff.*/, ''))).toMatchInlineSnapshot(`
			[
			  "              sh-287     [000] d....     1.000000: devres_log: 0000:00:0",
			  "              sh-287     [000] d....     1.001000: devres_log: 0000:00:0",
			  "              sh-287     [000] d....     1.002000: devres_log: 0000:00:0",
			  "              sh-287     [000] .....     1.003000: devres_log: 0000:00:0",
			]
		`);
	});

	test('tells bus, slot and function of a register access, which is probed at its end', () => {
		const lines = linesOf('device: 0000:23:1f.2\nREAD 4 6\nWRITE 4 0x406\n');
		expect(lines.map((line) => line.slice(line.indexOf('cfg')))).toEqual([
			'cfg_read_word_ret: (0x0 <- pci_bus_read_config_word) bus=0x23 devfn=0xfa where=0x4 value=0x6 ret=0',
			'cfg_write_word: (pci_bus_write_config_word+0x4/0x30) bus=0x23 devfn=0xfa where=0x4 value=0x406',
		]);
	});

	test('has log lines as console events, markers, stacks and losses', () => {
		const lines = linesOf(`
			context: sh-1
			action LAB begin
			{"type": "printk", "level": 3, "prefix": "pci a", "text": "two\\nlines"}
			{"type": "stack", "frames": [{"fn": "pci_intx", "offset": "0x3a/0x120", "module": "m"}, {"fn": "maybe", "unreliable": true}]}
			{"type": "lost", "count": 85, "context": "cpu-1"}
			{"type": "lost", "count": null}
		`);
		expect(lines).toEqual([
			'              sh-1       [000] .....     1.000000: tracing_mark_write: LAB begin',
			'              sh-1       [000] .....     1.001000: console: pci a: two lines',
			'              sh-1       [000] .....     1.002000: <stack trace>',
			' => pci_intx+0x3a/0x120 [m]',
			'CPU:1 [LOST 85 EVENTS]',
			'CPU:0 [LOST EVENTS]',
		]);
	});

	test('keeps a name with blanks, and the CPU that a name tells', () => {
		const columns = ['my sh-2', 'kworker/12:1-233', 'swapper-0', 'irq-cpu-3', 'init'].map(
			(context) => linesOf(`context: ${context}\naction x\n`)[0]?.slice(0, 36),
		);
		expect(columns).toMatchInlineSnapshot(`
			[
			  "           my sh-2       [000] .....",
			  "    kworker/12:1-233     [012] .....",
			  "          <idle>-0       [000] .....",
			  "       irq-cpu-3-1       [000] .....",
			  "            init-1       [000] .....",
			]
		`);
	});

	test('has nanoseconds only where there are any', () => {
		const times = ['1.5', '1.000000001'].map(
			(time) =>
				/[\d.]+(?=: tr)/.exec(
					linesOf(`{"type": "action", "text": "x", "time": ${time}}`)[0] ?? '',
				)?.[0],
		);
		expect(times).toEqual(['1.500000', '1.000000001']);
	});
});
