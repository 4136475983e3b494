import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {importLog} from '../../source/importers/import-log.ts';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const event = 'devres_log: 0000:23:00.1 REL 00000000fbd19618 pcim_intx_restore (4 bytes)';

function read(...lines: string[]): Recording {
	const recording = imported(lines.join('\n'));
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	return recording;
}

function eventsOf(recording: Recording): RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

function told(recording: Recording): RecordedEvent[] {
	return eventsOf(recording).filter(({inferred}) => inferred !== true);
}

function listing(recording: Recording): string[] {
	return eventsOf(recording).map((each) => {
		return `${each.context} ${describeEvent(each, ({node}) => node.replace(/^0+/, ''))}`;
	});
}

function errorOf(text: string, format?: string) {
	const result = importLog(text, format === undefined ? {} : {format});
	if (result.ok) throw new Error('it was read');
	return result.errors[0];
}

describe('columns', () => {
	test.each([
		[
			'five flags',
			`           rmmod-4711    [012] d..1.   218.331000: ${event}`,
			'rmmod-4711',
			218.331,
		],
		[
			'four flags',
			`           rmmod-4711  [012] ....   218.331000: ${event}`,
			'rmmod-4711',
			218.331,
		],
		[
			'lazy preemption',
			`           rmmod-4711  [012] dlL1.   218.331000: ${event}`,
			'rmmod-4711',
			218.331,
		],
		['no flags', `           rmmod-4711  [012]   218.331000: ${event}`, 'rmmod-4711', 218.331],
		[
			'a thread group',
			`      rmmod-4711    (   4711) [012] .....   218.331000: ${event}`,
			'rmmod-4711',
			218.331,
		],
		[
			'no thread group',
			`      rmmod-4711    (-------) [012] .....   218.331000: ${event}`,
			'rmmod-4711',
			218.331,
		],
		[
			'nanoseconds',
			`           rmmod-4711  [012] .....   218.331000123: ${event}`,
			'rmmod-4711',
			218.331000123,
		],
		[
			'blanks in a name',
			` npm view @state-17390   [000] d..2.  2389.680360: ${event}`,
			'npm view @state-17390',
			2389.68036,
		],
		[
			'colons in a name',
			`    kworker/12:1-233   [012] d..1.    40.419012: ${event}`,
			'kworker/12:1-233',
			40.419012,
		],
		[
			'dashes and brackets',
			`   my-[0] x: 1-a-7   [012] d..1.    40.419012: ${event}`,
			'my-[0] x: 1-a-7',
			40.419012,
		],
		[
			'the idle task',
			`          <idle>-0     [003] d.h1.    40.419012: ${event}`,
			'swapper/3-0',
			40.419012,
		],
		[
			'the latency format',
			`    bash-17414     1d..2. 2389669170us*: ${event}`,
			'bash-17414',
			2389.66917,
		],
		['its older form', `    bash-17414   1d.h1   12us : ${event}`, 'bash-17414', 0.000012],
		[
			'its verbose form',
			`            bash 17414   1 0 00000000 [0000028f] 104.647ms (+0.012ms): ${event}`,
			'bash-17414',
			0.104647,
		],
	])('may have %s', (_, line, context, time) => {
		const [first] = told(read('# tracer: nop', line));
		expect(first).toMatchObject({type: 'devres-release', context, time, device: '0000:23:00.1'});
	});

	test('may be missing: then neither task nor time is claimed, and the reader is told', () => {
		const recording = read(
			'# tracer: nop',
			'#',
			'tracing_mark_write: LAB begin unbind1 ccp 0000:23:00.1',
			event,
			'<stack trace>',
			' => devres_release_all',
			'sched_switch: prev_comm=bash',
		);
		expect(told(recording)).toMatchObject([
			{type: 'action', context: 'trace', time: null},
			{type: 'devres-release', context: 'trace', time: null},
			{type: 'stack', of: 2},
		]);
		expect(recording.header.remarks?.join()).toContain('nocontext-info');
		expect(recording.header.lines.unparsed).toBe(0);
	});

	test('text without columns in a trace that has them is not understood', () => {
		const line = `           rmmod-4711  [012] .....   218.331000: ${event}`;
		expect(read(line, event).header.lines).toMatchObject({used: 1, unparsed: 1});
	});
});

describe('times', () => {
	test.each([
		['seconds', '218.331000', undefined],
		['ticks of a counter', '7798', 'ticks'],
	])('may be %s', (_, stamp, clock) => {
		const {source} = read(`           rmmod-4711  [012] .....   ${stamp}: ${event}`).header;
		expect('clock' in source ? source.clock : undefined).toBe(clock);
	});

	test('of the latency format count from the beginning of the trace', () => {
		const {source} = read(
			'# nop latency trace v1.1.5 on 6.12.117-lab',
			`    bash-17414     1d..2. 12us*: ${event}`,
		).header;
		expect(source).toMatchObject({clock: 'relative', kernel: '6.12.117-lab'});
	});
});

describe('tasks', () => {
	test('a task that is printed without its name gets the one it is given later', () => {
		const recording = read(
			`           <...>-4711  [012] .....   218.331000: ${event}`,
			`           rmmod-4711  [012] .....   218.331001: ${event.replace('fbd19618', '57f8e767')}`,
		);
		expect(new Set(eventsOf(recording).map(({context}) => context))).toEqual(
			new Set(['rmmod-4711']),
		);
	});

	test('a task that is never named keeps its number', () => {
		const [first] = told(read(`           <...>-4711  [012] .....   218.331000: ${event}`));
		expect(first?.context).toBe('<...>-4711');
	});
});

const rmmod = '           rmmod-1  [000] .....   1.000001:';
const shell = '              sh-2  [001] d....   1.000002:';

describe('stacks', () => {
	test('with offsets, modules, addresses and build ids are read; those of processes are passed over', () => {
		const recording = read(
			`${rmmod} ${event}`,
			`${rmmod} <stack trace>`,
			' => pci_intx+0x3a/0x120',
			' => ccp_exit+0x11/0x3a [ccp]',
			' => ccp_exit+0x11/0x3a [ccp 5d8e00112233]',
			' => devres_log <ffffffff8cd2cb2b>',
			' => 0xffffffffc03838f8',
			`${rmmod} <user stack trace>`,
			' =>  <00007f5a1c2f3b4d>',
			' => /bin/sh[+0x1a2b3]',
			' => ??',
		);
		expect(told(recording).at(1)).toMatchObject({
			type: 'stack',
			frames: [
				{fn: 'pci_intx', offset: '0x3a/0x120'},
				{fn: 'ccp_exit', offset: '0x11/0x3a', module: 'ccp'},
				{fn: 'ccp_exit', offset: '0x11/0x3a', module: 'ccp'},
				{fn: 'devres_log'},
				{fn: '0xffffffffc03838f8'},
			],
		});
		expect(recording.header.lines).toMatchObject({used: 7, ignored: 4, unparsed: 0});
	});

	test('belong to the event of their task and CPU, not to the line before', () => {
		const recording = read(
			`${rmmod} ${event}`,
			`${shell} devres_log: 0000:24:00.1 ADD 0000000057f8e767 devm_kzalloc_release (16 bytes)`,
			`${rmmod} <stack trace>`,
			' => devres_release_all',
			`${shell} <stack trace>`,
			' => devm_kmalloc',
		);
		const stacks = eventsOf(recording).flatMap((each) =>
			each.type === 'stack' ? [`${each.frames[0]?.fn} ${recording.at(each.of ?? 0).type}`] : [],
		);
		expect(stacks).toEqual(['devres_release_all devres-release', 'devm_kmalloc devres-add']);
	});

	test('of events that are of no concern are of none either', () => {
		const recording = read(
			`${rmmod} ${event}`,
			`${rmmod} sched_switch: prev_comm=bash prev_pid=17414`,
			`${rmmod} <stack trace>`,
			' => __schedule',
		);
		expect(recording.ofType('stack')).toHaveLength(0);
		expect(recording.header.lines).toMatchObject({used: 1, ignored: 3});
	});

	test('of markers belong to the marker, not to the event before', () => {
		const recording = read(
			`${rmmod} ${event}`,
			`${rmmod} tracing_mark_write: hello`,
			`${rmmod} <stack trace>`,
			' => tracing_mark_write',
		);
		const [seq = -1] = recording.ofType('stack');
		const stack = recording.at(seq);
		expect(recording.at('of' in stack ? (stack.of ?? -1) : -1)).toMatchObject({text: 'hello'});
	});

	test('whose event is lost stand alone; a loss of another CPU changes nothing', () => {
		const stackAfter = (cpu: number) => {
			const recording = read(
				`${rmmod} ${event}`,
				`CPU:${cpu} [LOST 85 EVENTS]`,
				`${rmmod} <stack trace>`,
				' => devres_release_all',
			);
			return recording.at(recording.ofType('stack')[0] ?? -1);
		};
		expect(stackAfter(0)).not.toHaveProperty('of');
		expect(stackAfter(1)).toHaveProperty('of');
	});
});

describe('losses', () => {
	test('may be told in the very first line, and with a header that counts what was overwritten', () => {
		const recording = read(
			'# tracer: nop',
			'# entries-in-buffer/entries-written: 74/864   #P:2',
			'CPU:0 [LOST 85 EVENTS]',
			'##### CPU 2 buffer started ####',
			`${rmmod} ${event}`,
		);
		expect(recording.header.lines).toMatchObject({lost: 875, unparsed: 0});
		expect(recording.header.remarks?.join()).toContain('790 events were overwritten');
		expect(listing(read('CPU:0 [LOST 85 EVENTS]', `${rmmod} ${event}`))[0]).toBe(
			'cpu-0 85 events lost',
		);
	});

	test('make a node that ends twice two nodes', () => {
		const twice = read(`${rmmod} ${event}`, 'CPU:0 [LOST 9 EVENTS]', `${rmmod} ${event}`);
		const ends = told(twice).filter(({type}) => type === 'devres-release');
		expect(ends).toMatchObject([{generation: 0}, {generation: 1}]);
	});
});

describe('other tracers and events', () => {
	test('calls of the function tracer are counted and passed over', () => {
		const recording = read(
			'# tracer: function',
			`${rmmod} kernfs_iop_permission <-link_path_walk.part.0.constprop.0`,
			`${rmmod} ccp_init [ccp] <-do_one_initcall`,
			`${rmmod} vfs_read(file=0xffff8a76, count=0x10) <-ksys_read`,
			`${rmmod} kernfs_iop_permission`,
			`${rmmod} ${event}`,
		);
		expect(recording.header.lines).toMatchObject({used: 1, ignored: 5});
		expect(recording.header.remarks).toEqual(['4 lines of the function tracer are passed over']);
	});

	test('lines of the kernel log are entries of it, with their splats whole', () => {
		const recording = read(
			`${rmmod} console: [  218.331000] ccp 0000:23:00.1: enabling device`,
			`${rmmod} console: Call Trace:`,
			`${rmmod} console:  release_nodes+0x4a/0x70`,
			`${shell} console: pci 0000:24:00.1: Resources present before probing`,
			`${rmmod} ${event}`,
		);
		expect(recording.ofType('printk').map((seq) => recording.at(seq))).toMatchObject([
			{context: 'rmmod-1', prefix: 'ccp 0000:23:00.1', text: 'enabling device'},
			{context: 'sh-2', text: 'Resources present before probing'},
		]);
		expect(recording.ofType('stack')).toHaveLength(1);
		expect(recording.header.lines.unparsed).toBe(0);
	});

	test('a time that steps back between lines of the kernel log is no boot', () => {
		const recording = read(
			`${rmmod.replace('1.000001', '99.000001')} console: ccp 0000:23:00.1: one`,
			`${shell} console: ccp 0000:23:00.1: two`,
		);
		expect(recording.ofType('boot')).toHaveLength(0);
		expect(told(recording)).toMatchObject([{time: 99.000001}, {time: 1.000002}]);
	});

	test('a line of the kernel log that repeats an operation is a quotation', () => {
		const recording = read(
			`${rmmod} ${event}`,
			`${rmmod} console: ccp 0000:23:00.1: DEVRES REL 00000000fbd19618 pcim_intx_restore (4 bytes)`,
		);
		expect(recording.ofType('devres-release')).toHaveLength(1);
		expect(recording.header.lines).toMatchObject({used: 1, ignored: 1, quoted: 1});
	});

	test('an operation that only the kernel log tells is one', () => {
		const recording = read(
			`${rmmod} console: ccp 0000:23:00.1: DEVRES REL 00000000fbd19618 pcim_intx_restore (4 bytes)`,
		);
		expect(recording.ofType('devres-release')).toHaveLength(1);
	});

	test('probes of config space are accesses, whatever they are called', () => {
		const recording = read(
			`${rmmod} ${event}`,
			`${rmmod} rc: (pci_bus_read_config_word+0x4/0x90) arg1=0x9 arg2=0x4`,
			`${rmmod} rcr: (pcim_intx+0x5e/0xe0 <- pci_bus_read_config_word) value=1287 $retval=0x0`,
			`${rmmod} wc: (pci_bus_write_config_word+0x4/0x90) arg1=0xffff8a76c9466600 arg2=0x9 arg3=0x4 arg4=0x107`,
			`${rmmod} other: (vfs_read+0x4/0x90) arg1=0x9 arg2=0x4 arg3=0x5`,
		);
		expect(told(recording).slice(1)).toMatchObject([
			{type: 'config-read', offset: 4, width: 2, value: 1287},
			{type: 'config-write', offset: 4, width: 2, value: 0x107, previous: 1287},
		]);
	});
});

describe('what can not be read is refused with what to do', () => {
	test('options that leave out what events say', () => {
		const raw = textOf(fixtures, 'v6.12-stock/extra/snd_intel8x0.events.raw.txt');
		expect(errorOf(raw)).toMatchObject({
			message: expect.stringContaining('option raw'),
			hint: expect.stringContaining('echo noraw >'),
		});
		const hex = '# tracer: nop\n#\n00000291 01 000000114bd2c9a3 00000180\n';
		expect(errorOf(hex)?.hint).toContain('echo nohex >');
	});

	test('a histogram', () => {
		const hist = textOf(fixtures, 'v6.12-stock/extra/snd_intel8x0.hist.txt');
		expect(errorOf(hist)).toMatchObject({
			message: expect.stringContaining('histogram'),
			hint: expect.stringContaining('trace'),
		});
	});
});

describe('damage', () => {
	test('made to be slow takes no longer than its length explains', () => {
		const parts = [
			' ',
			'-',
			'-1 ',
			':',
			': ',
			'[',
			' [0] ',
			'(',
			'=> ',
			'=',
			'a',
			'a=',
			'a ',
			' <-',
			'0x',
			'1.1',
		];
		const fronts = [
			'',
			`${rmmod} `,
			`${rmmod} devres_log: devname=`,
			'sh 1 [0] 1.000: a:b: ',
			'sh-1 1d..1. ',
		];
		const work = (times: number): number => {
			const lines = fronts.flatMap((front) => parts.map((part) => front + part.repeat(times)));
			const {user} = process.cpuUsage();
			for (const format of ['ftrace', 'trace-cmd', 'perf', 'function_graph']) {
				importLog(lines.join('\n'), {format});
			}
			return process.cpuUsage().user - user;
		};
		work(1500);
		const short = Math.min(work(1500), work(1500));
		expect(work(15_000) / short).toBeLessThan(25);
	});

	const texts = [
		'v9-patch/ahci.stacks.txt',
		'formats/lost/snd_intel8x0.trace_pipe.lost-nostack.txt',
		'formats/trace-cmd/snd_hda_intel.events.report.txt',
		'formats/trace-cmd/snd_hda_intel.events.report-R.txt',
		'v6.12-stock/extra/snd_intel8x0.events.latency.txt',
	].map((path) => textOf(fixtures, path).split('\n'));

	test('is read or refused, never throws, and every line is counted', () => {
		const damage = fc.record({
			at: fc.nat({max: 500}),
			drop: fc.nat({max: 40}),
			put: fc.oneof(fc.string(), ...texts.map((lines) => fc.constantFrom(...lines))),
		});
		const damaged = fc.tuple(fc.constantFrom(...texts), fc.array(damage, {maxLength: 12}));
		fc.assert(
			fc.property(damaged, ([lines, damages]) => {
				const text = damages.reduce(
					(all, {at, drop, put}) => all.toSpliced(at % (all.length + 1), drop, put),
					lines,
				);
				const result = importLog(text.join('\n'));
				if (!result.ok) return;
				const {total, used, ignored, unparsed, lost} = result.recording.header.lines;
				expect(used + ignored + unparsed + lost).toBe(total);
				result.recording.stateAt(result.recording.length);
			}),
			fuzz(60),
		);
	});
});
