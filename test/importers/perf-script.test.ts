import {describe, expect, test} from 'vitest';
import {parsePerfLine} from '../../source/importers/perf-script.ts';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {imported} from '../helpers/real-recordings.ts';

const add = 'ffffffffb2b00308';
const release = 'ffffffffb2adfd62';
const event = `dev:devres_log: 0000:23:00.1 REL 0xffff8cfaa528d140 pcim_intx_restore (4 bytes)`;

function read(lines: readonly string[]): Recording {
	const recording = imported(lines.join('\n'));
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	return recording;
}

function told(recording: Recording): RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq)).filter(
		({inferred}) => inferred !== true,
	);
}

describe('columns', () => {
	test.each([
		[
			'as they are by default',
			`           rmmod   516 [000]    61.850485: ${event}`,
			'rmmod',
			516,
			0,
		],
		[
			'with process and thread',
			`           rmmod   516/517   [003]    61.850485: ${event}`,
			'rmmod',
			517,
			3,
		],
		['without the CPU', `           rmmod   516    61.850485: ${event}`, 'rmmod', 516, null],
		[
			'with flags and period',
			`           rmmod   516 [000] d..1.    61.850485:          1   ${event}`,
			'rmmod',
			516,
			0,
		],
		['with nanoseconds', `           rmmod   516 [000]    61.850485123: ${event}`, 'rmmod', 516, 0],
		[
			'with blanks in the name',
			`  npm view @state   516 [000]    61.850485: ${event}`,
			'npm view @state',
			516,
			0,
		],
		[
			'with colons in the name',
			`     kworker/1:2-ev   180 [001]    61.850485: ${event}`,
			'kworker/1:2-ev',
			180,
			1,
		],
	])('%s', (_, line, comm, pid, cpu) => {
		const columns = parsePerfLine(line);
		expect(columns).toMatchObject({comm, pid, cpu});
		expect(line.slice(columns?.textStart)).toMatch(/^devres_log: /);
	});
});

const unbindAndBind = [
	'# os release : 6.12.117+deb12-amd64',
	`           rmmod   516 [000]    61.850485: dev:devres_log: 0000:23:00.1 ${release} 0xffff8cfaa528d140 pcim_msi_release (16 bytes)`,
	`           rmmod   516 [000]    61.850486: dev:devres_log: 0000:23:00.1 ${release} 0xffff8cfaa528d180 msi_device_data_release (72 bytes)`,
	`        modprobe   517 [000]    62.850485: dev:devres_log: 0000:23:00.1 ${add} 0xffff8cfaa528d180 msi_device_data_release (72 bytes)`,
	`        modprobe   517 [000]    62.850486: dev:devres_log: 0000:23:00.1 ${add} 0xffff8cfaa528d140 pcim_msi_release (16 bytes)`,
];

test('operations are told apart although unbinding and binding mirror each other', () => {
	const recording = read(unbindAndBind);
	expect(told(recording).map((each) => describeEvent(each, ({node}) => node))).toEqual([
		'REL ffff8cfaa528d140 pcim_msi_release (16 bytes)',
		'REL ffff8cfaa528d180 msi_device_data_release (72 bytes)',
		'ADD ffff8cfaa528d180 msi_device_data_release (72 bytes)',
		'ADD ffff8cfaa528d140 pcim_msi_release (16 bytes)',
	]);
	expect(recording.header.source).toMatchObject({format: 'perf', kernel: '6.12.117+deb12-amd64'});
	expect(recording.header.remarks?.join()).toContain(`${add} is ADD, ${release} is REL`);
});

describe('callchains', () => {
	const chained = [
		`rmmod   516 [000]    61.850485: ${event}`,
		'\tffffffffb1f573b9 release_nodes+0x39 ([kernel.kallsyms])',
		'\tffffffffb1f57400 devres_release_all+0x8b ([kernel.kallsyms])',
		'\tffffffffc07aee6c ccp_exit+0x11 ([ccp])',
		'\t    7f5a1c2f3b4d __write+0x14 (/usr/lib/x86_64-linux-gnu/libc.so.6)',
		'',
		'sh   517 [001]    61.850486: sched:sched_switch: prev_comm=sh',
		'\tffffffffb1f573b9 __schedule+0x39 ([kernel.kallsyms])',
		'',
	];

	test('are the stack of the event above them, without what processes call', () => {
		const recording = read(chained);
		expect(told(recording)).toMatchObject([
			{type: 'devres-release', seq: 1},
			{
				type: 'stack',
				of: 1,
				context: 'rmmod-516',
				frames: [
					{fn: 'release_nodes', offset: '0x39'},
					{fn: 'devres_release_all', offset: '0x8b'},
					{fn: 'ccp_exit', offset: '0x11', module: 'ccp'},
				],
			},
		]);
		expect(recording.header.lines).toMatchObject({used: 4, ignored: 4, unparsed: 0});
	});

	test('tell operations apart', () => {
		const worded = chained.map((line) => line.replace(' REL ', ` ${release} `));
		expect(read(worded).ofType('devres-release')).toHaveLength(1);
	});
});

test('probes are accesses and losses are losses', () => {
	const recording = read([
		`rmmod   516 [000]    61.850485: ${event}`,
		'rmmod   516 [000]    61.850486: probe:pci_bus_write_config_word: (ffffffffb1da1234) devfn=0x1 where=0x4 value=0x107',
		'rmmod   516 [000]    61.850487: PERF_RECORD_LOST lost 12',
	]);
	expect(told(recording).slice(1)).toMatchObject([
		{type: 'config-write', device: '0000:23:00.1', value: 0x107},
		{type: 'lost', count: 12},
	]);
	expect(recording.header.lines).toMatchObject({unparsed: 0, lost: 12});
});
