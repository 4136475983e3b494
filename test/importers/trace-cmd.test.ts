import {describe, expect, test} from 'vitest';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const folder = 'formats/trace-cmd/snd_hda_intel';
const report = imported(textOf(fixtures, `${folder}.events.report.txt`));

function eventsOf(recording: Recording): RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

/** Events without what options of trace-cmd change: digits of times, and letters of tasks. */
function alike(recording: Recording) {
	return eventsOf(recording).map((event) => ({
		...event,
		time: event.time?.toFixed(6),
		context: event.context.replace(/^(.{0,8}).*-/, '$1-'),
	}));
}

function listing(recording: Recording): string[] {
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	return eventsOf(recording).map((event) => {
		return `${event.context} ${describeEvent(event, ({node}) => node.replace(/^0+/, ''))}`;
	});
}

function read(picture: string): Recording {
	const lines = picture.split('\n').map((line) => line.replace(/^\t+/, ''));
	return imported(lines.join('\n').trimStart());
}

describe('a report', () => {
	test('is known by its content', () => {
		expect(report.header.source).toMatchObject({format: 'trace-cmd', kernel: null});
		expect(report.header.source).not.toHaveProperty('clock');
		expect(report.header.lines).toEqual({total: 121, used: 120, ignored: 1, unparsed: 0, lost: 0});
	});

	test.each(['-R', '-l', '-t'])('says the same with %s', (option) => {
		const other = imported(textOf(fixtures, `${folder}.events.report${option}.txt`));
		expect(alike(other)).toEqual(alike(report));
	});

	test('that is shortened says so', () => {
		const short = imported(textOf(fixtures, `${folder}.events.report-l.txt`));
		expect(short.header.remarks?.join('\n')).toContain('cut to eight letters');
		expect(report.header.remarks?.join('\n')).not.toContain('cut to eight letters');
	});

	test('with stacks tells the same events', () => {
		const stacks = imported(textOf(fixtures, `${folder}.stacks.report.txt`));
		const names = (recording: Recording) =>
			eventsOf(recording).flatMap((event) =>
				'name' in event ? [`${event.type} ${event.name}`] : [],
			);
		expect(names(stacks).slice(-60)).toEqual(names(report).slice(-60));
	});

	test('says how it told the operations apart', () => {
		expect(report.header.remarks).toMatchInlineSnapshot(`
			[
			  "operations are printed as addresses and were told apart by what happens to the nodes: ffffffffb2b00308 is ADD, ffffffffb2adfd62 is REL, ffffffffb2b191b3 is REM (107 signs for it, 0 against)",
			]
		`);
	});
});

describe('operations that are printed as addresses', () => {
	test('are what the driver does: it adds, unbinding releases in reverse, and the pinctrl goes at once', () => {
		const ops = eventsOf(report).flatMap((event) =>
			'name' in event && event.device === '0000:00:09.0' && event.type.startsWith('devres-')
				? [`${event.type.slice(7)} ${event.name} ${event.size}`]
				: [],
		);
		expect(ops.slice(0, 18)).toMatchInlineSnapshot(`
			[
			  "release pcim_msi_release 16",
			  "release msi_device_data_release 72",
			  "release devm_attr_group_remove 8",
			  "release pcim_iomap_release 136",
			  "release pcim_addr_resource_release 40",
			  "release devm_kzalloc_release 2104",
			  "release pcim_disable_device 16",
			  "add devm_kzalloc_release 40",
			  "add devm_pinctrl_release 8",
			  "remove devm_pinctrl_release 8",
			  "remove devm_kzalloc_release 40",
			  "add pcim_disable_device 16",
			  "add devm_kzalloc_release 2104",
			  "add pcim_addr_resource_release 40",
			  "add pcim_iomap_release 136",
			  "add devm_attr_group_remove 8",
			  "add msi_device_data_release 72",
			  "add pcim_msi_release 16",
			]
		`);
	});
});

test('names that are addresses stay addresses, and the reader is told; names in modules are read', () => {
	const recording = read(`
		cpus=2
		           rmmod-1  [000]   1.000001: devres_log:           0000:00:1f.2 REL 0xffff8a7685ef44c0 ffffffffb1da1234 (16 bytes)
		           rmmod-1  [000]   1.000002: devres_log:           0000:00:1f.2 REL 0xffff8a7685ef44d0 (0xffffffffc0550715:ata_devres_release)[UNSAFE-MEMORY] (0 bytes)
		           rmmod-1  [000]   1.000003: devres_log:           0000:00:1f.2 REL 0xffff8a7685ef44e0 (null) (8 bytes)
	`);
	const names = eventsOf(recording).flatMap((event) => ('name' in event ? [event.name] : []));
	expect(names).toEqual(['ffffffffb1da1234', 'ata_devres_release', '(null)']);
	expect(recording.header.remarks).toEqual([
		'names of nodes are printed as addresses, as for kernel 6.1, and stay what they are',
	]);
});

describe('what stands in a report beside events of devres', () => {
	test('markers are actions, kernel messages are log lines, and losses are losses', () => {
		const recording = read(`
			version = 7
			CPU 3 is empty
			cpus=4
			           rmmod-4711  [002]   218.331000: print:                tracing_mark_write: LAB begin unbind1 ccp 0000:23:00.1
			           rmmod-4711  [002]   218.331001: print:                ffffffff8cd2cb2b: by address
			           rmmod-4711  [002]   218.331002: bprint:               sev_init: hello
			           rmmod-4711  [002]   218.331003: console:              pci 0000:23:00.1: Resources present before probing
			           rmmod-4711  [002]   218.331004: sched_switch:         rmmod:4711 [120] R ==> sh:1 [120]
			           rmmod-4711  [002]   218.331005: function:             kfree <-- kvfree
			CPU:2 [12 EVENTS DROPPED]
			CPU:1 [EVENTS DROPPED]
			           rmmod-4711  [002]   218.331006: devres_log:           0000:23:00.1 REL 0xffff8cfaa528d140 pcim_intx_restore (4 bytes)
		`);
		expect(recording.header.source).toMatchObject({format: 'trace-cmd'});
		expect(recording.header.lines).toMatchObject({unparsed: 0, lost: 12});
		expect(listing(recording)).toMatchInlineSnapshot(`
			[
			  "rmmod-4711 LAB begin unbind1 ccp 0000:23:00.1",
			  "rmmod-4711 by address",
			  "rmmod-4711 sev_init: hello",
			  "rmmod-4711 bus = pci (inferred)",
			  "rmmod-4711 driver = none (inferred)",
			  "rmmod-4711 probe begins (inferred)",
			  "rmmod-4711 pci 0000:23:00.1: Resources present before probing",
			  "rmmod-4711 probe ends = -16 (EBUSY) (inferred)",
			  "cpu-2 12 events lost",
			  "cpu-1 some events lost",
			  "rmmod-4711 REL ffff8cfaa528d140 pcim_intx_restore (4 bytes)",
			  "rmmod-4711 end of release (inferred)",
			]
		`);
	});

	test('a stack belongs to the event of its task and CPU', () => {
		const recording = read(`
			cpus=2
			           rmmod-1  [000]   1.000001: devres_log:           0000:23:00.1 REL 0xffff8cfaa528d140 pcim_msi_release (16 bytes)
			              sh-2  [001]   1.000002: devres_log:           0000:24:00.1 ADD 0xffff8cfaa528d180 devm_kzalloc_release (16 bytes)
			           rmmod-1  [000]   1.000003: kernel_stack:         <stack trace >
			=> release_nodes (ffffffffb1f573b9)
			=> ccp_exit (ffffffffc07aee6c)
			              sh-2  [001]   1.000004: kernel_stack:         <stack trace >
			=> add_dr (ffffffffb1f575ae)
		`);
		const stacks = eventsOf(recording).filter(({type}) => type === 'stack');
		expect(stacks).toMatchObject([
			{context: 'rmmod-1', frames: [{fn: 'release_nodes'}, {fn: 'ccp_exit'}]},
			{context: 'sh-2', frames: [{fn: 'add_dr'}]},
		]);
		const explained = stacks.map((stack) => recording.at('of' in stack ? (stack.of ?? -1) : -1));
		expect(explained).toMatchObject([{type: 'devres-release'}, {type: 'devres-add'}]);
	});

	test('a stack whose event is of no concern, or is lost, explains nothing', () => {
		const recording = read(`
			cpus=2
			           rmmod-1  [000]   1.000001: devres_log:           0000:23:00.1 REL 0xffff8cfaa528d140 pcim_msi_release (16 bytes)
			           rmmod-1  [000]   1.000002: sched_switch:         rmmod:1 [120] R ==> sh:1 [120]
			           rmmod-1  [000]   1.000003: kernel_stack:         <stack trace >
			=> schedule (ffffffffb1f573b9)
			CPU:0 [3 EVENTS DROPPED]
			           rmmod-1  [000]   1.000004: kernel_stack:         <stack trace >
			=> release_nodes (ffffffffb1f573b9)
		`);
		const stacks = eventsOf(recording).filter(({type}) => type === 'stack');
		expect(stacks).toMatchObject([{frames: [{fn: 'release_nodes'}]}]);
		expect(stacks[0]).not.toHaveProperty('of');
		expect(recording.header.lines).toMatchObject({unparsed: 0, ignored: 4});
	});

	test('a stack of raw bytes is addresses', () => {
		const recording = read(`
			cpus=2
			           rmmod-1  [000]   1.000001: devres_log:            devname=0000:23:00.1 dev=0x0 op=REL node=0xffff8cfaa528d140 name=pcim_msi_release size=16
			           rmmod-1  [000]   1.000002: kernel_stack:          size=11 caller=ARRAY[67, 69, f8, b1, ff, ff, ff, ff, b9, 73, f5, b1, ff, ff, ff, ff]
		`);
		expect(eventsOf(recording).find(({type}) => type === 'stack')).toMatchObject({
			of: 1,
			type: 'stack',
			frames: [{fn: '0xffffffffb1f86967'}, {fn: '0xffffffffb1f573b9'}],
		});
	});
});

describe('calls', () => {
	const calls = `
		cpus=2
		           rmmod-4711  [001]   218.331000: funcgraph_entry:                   |  devres_release_all() {
		           rmmod-4711  [001]   218.331002: devres_log:           0000:23:00.1 REL 0xffff8cfaa528d140 pcim_intx_restore (4 bytes)
		           rmmod-4711  [001]   218.331003: kernel_stack:         <stack trace >
		=> devres_release_all (ffffffffb1f573b9)
		           <...>-12    [000]   218.331003: funcgraph_entry:        0.100 us   |  kfree();
		           rmmod-4711  [001]   218.331004: funcgraph_entry:                   |    pcim_intx_restore() {
		           rmmod-4711  [001]   218.331005: funcgraph_entry:        0.842 us   |      pci_intx();
		              sh-12    [000]   218.331005: funcgraph_entry:        0.100 us   |  kfree();
		           rmmod-4711  [001]   218.331006: funcgraph_exit:       + 18.542 us  |    }
		           rmmod-4711  [001]   218.331007: funcgraph_exit:       ! 352.278 us |  }
	`;

	test('become a call tree with the events inside', () => {
		const recording = read(calls);
		expect(recording.header.lines).toMatchObject({unparsed: 0, used: 10});
		expect(listing(recording)).toMatchInlineSnapshot(`
			[
			  "rmmod-4711 devres_release_all()",
			  "rmmod-4711 REL ffff8cfaa528d140 pcim_intx_restore (4 bytes)",
			  "rmmod-4711 stack devres_release_all",
			  "sh-12 kfree()",
			  "sh-12 kfree",
			  "rmmod-4711 pcim_intx_restore()",
			  "rmmod-4711 pci_intx()",
			  "rmmod-4711 pci_intx",
			  "sh-12 kfree()",
			  "sh-12 kfree",
			  "rmmod-4711 pcim_intx_restore",
			  "rmmod-4711 end of release (inferred)",
			  "rmmod-4711 devres_release_all",
			]
		`);
		expect(recording.at(0)).toMatchObject({time: 218.331, context: 'rmmod-4711'});
	});

	test('of a shortened report do too', () => {
		const short = calls
			.replace(/^(\s*)(\S+)-(\d+) +\[00(\d)\] +/gm, '$1$2-$3   $4d..1. ')
			.replace(/^\t+/gm, '');
		expect(listing(read(short)).length).toBe(listing(read(calls)).length);
	});
});
