import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Recording} from '../../source/recording/recording.ts';
import {exported} from '../helpers/export-text.ts';
import {legalRecordings} from '../helpers/legal-events.ts';
import {oddRecordings} from '../helpers/odd-recordings.ts';
import {brokenPerfettoRules} from '../helpers/perfetto-rules.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {shippedNames, shippedRecording} from '../helpers/shipped.ts';

type Entry = {
	readonly ph: string;
	readonly pid: number;
	readonly tid: number;
	readonly name?: string;
	readonly ts: number;
	readonly args?: {readonly [name: string]: unknown};
};

function entriesOf(recording: Recording): readonly Entry[] {
	return JSON.parse(exported(recording, 'perfetto')).traceEvents;
}

/** One line an entry: where, what, when. */
function listing(recording: Recording): string[] {
	return entriesOf(recording)
		.filter(({ph}) => ph !== 'M')
		.map(({ph, pid, tid, name = '', ts, args}) => {
			const value = ph === 'C' ? ` = ${args?.[name]}` : '';
			return `${pid}/${tid} ${ts} ${ph} ${name}${value}`.trimEnd();
		});
}

/** Milliseconds for all real files there are. */
const sweepTimeout = 60_000;

describe('the rules of the format hold', () => {
	test.each(shippedNames())('for the scenario %s', (name) => {
		expect(brokenPerfettoRules(exported(shippedRecording(name), 'perfetto'))).toEqual([]);
	});

	test.each(filesBelow(fixtures, '.graph.txt'))('for the real trace %s', (path) => {
		const text = exported(imported(textOf(fixtures, path)), 'perfetto');
		expect(brokenPerfettoRules(text)).toEqual([]);
	});

	const more = filesBelow(moreRecordings, '.graph.txt');
	test.skipIf(more.length === 0)(
		`for ${more.length} more real traces`,
		() => {
			for (const path of more) {
				const text = exported(imported(textOf(moreRecordings, path)), 'perfetto');
				expect(brokenPerfettoRules(text), path).toEqual([]);
			}
		},
		sweepTimeout,
	);

	test.each([
		['legal', legalRecordings(200)],
		['odd', oddRecordings()],
	])('for any %s recording', (_, recordings) => {
		fc.assert(
			fc.property(recordings, (recording) => {
				expect(brokenPerfettoRules(exported(recording, 'perfetto'))).toEqual([]);
			}),
			{numRuns: 100},
		);
	});
});

describe('a broken file is noticed', () => {
	const place = {pid: 1, tid: 1, ts: 1};
	const names = [
		{ph: 'M', ...place, name: 'process_name', args: {name: 'p'}},
		{ph: 'M', ...place, name: 'thread_name', args: {name: 't'}},
	];

	test.each([
		['a call without an end', [{ph: 'B', ...place, name: 'f'}], 'every B has its E'],
		['an end without a call', [{ph: 'E', ...place}], 'E: a B is open'],
		[
			'an instant before the one before it',
			[
				{ph: 'i', s: 't', ...place, name: 'a'},
				{ph: 'i', s: 't', ...place, name: 'b', ts: 0.5},
			],
			'ts never steps back on a track',
		],
		['a counter of text', [{ph: 'C', ...place, name: 'c', args: {c: '1'}}], 'C: args are numbers'],
		['an event without a name', [{ph: 'i', s: 't', ...place}], 'i: it has a name'],
		['an unknown phase', [{ph: '?', ...place, name: 'a'}], 'ph is known, not ?'],
		[
			'a thread without a name',
			[{ph: 'i', s: 't', ...place, tid: 2, name: 'a'}],
			'every thread has a name',
		],
	])('%s', (_, entries, rule) => {
		expect(brokenPerfettoRules(JSON.stringify({traceEvents: [...names, ...entries]}))).toEqual([
			rule,
		]);
	});
});

describe('a trace for a viewer', () => {
	test('has a thread for each context, one for actions, and counters for each device', () => {
		const recording = recordingOf(`
			device: 0000:23:00.1
			action modprobe ccp
			context: modprobe-1
			really_probe
			  ADD irq 16
			  context: kworker-2
			  f
			  WRITE 4 0x400
			context: modprobe-1
			action rmmod ccp
			devres_release_all
			  MOVE irq
			  REL irq 16
			  END 1
		`);
		expect(entriesOf(recording).filter(({ph}) => ph === 'M')).toMatchObject([
			{pid: 1, args: {name: 'kernel'}},
			{pid: 1, tid: 1, args: {name: 'actions'}},
			{pid: 1, tid: 2, args: {name: 'modprobe-1'}},
			{pid: 2, args: {name: '0000:23:00.1'}},
			{pid: 1, tid: 3, args: {name: 'kworker-2'}},
		]);
		expect(listing(recording).map((line) => line.replace(/ \d+ /, ' '))).toMatchInlineSnapshot(`
			[
			  "1/1 B modprobe ccp",
			  "1/2 B really_probe",
			  "1/2 i ADD irq",
			  "2/0 C devres_head = 1",
			  "1/3 B f",
			  "1/3 E",
			  "1/3 i write PCI_COMMAND = 0x0400",
			  "2/0 C INTX_DISABLE = 1",
			  "1/2 E",
			  "1/1 E",
			  "1/1 B rmmod ccp",
			  "1/2 B devres_release_all",
			  "1/2 i move ffff80000004c701 from devres_head to todo",
			  "2/0 C devres_head = 0",
			  "2/0 C todo = 1",
			  "1/2 i REL irq",
			  "2/0 C todo = 0",
			  "1/2 i end of release, 1 nodes",
			  "1/2 E",
			  "1/1 E",
			]
		`);
	});

	test('calls that never return end with the recording, returns without calls are left out', () => {
		const recording = recordingOf(`
			{"type": "return", "fn": "unseen"}
			outer …
			  inner …
			    note x
		`);
		expect(listing(recording)).toMatchInlineSnapshot(`
			[
			  "1/2 1001000 B outer",
			  "1/2 1002000 B inner",
			  "1/2 1003000 i x",
			  "1/2 1003000 E",
			  "1/2 1003000 E",
			]
		`);
	});

	test('a time that ties, steps back or is not known is a nanosecond later than the one before', () => {
		const recording = recordingOf(`
			{"type": "note", "text": "a", "time": 2}
			{"type": "note", "text": "b", "time": 2}
			{"type": "note", "text": "c", "time": 1.5}
			{"type": "note", "text": "d", "time": null}
			{"type": "note", "text": "e", "time": 2.5}
		`);
		const notes = entriesOf(recording).filter(({ph}) => ph === 'i');
		expect(notes.map(({name, ts, args}) => [name, ts, args?.['time']])).toEqual([
			['a', 2000000, undefined],
			['b', 2000000.001, 2],
			['c', 2000000.002, 1.5],
			['d', 2000000.003, null],
			['e', 2500000, undefined],
		]);
	});

	test('a text is shown without what a terminal would obey', () => {
		const recording = recordingOf('{"type": "action", "text": "a\\u001b[31mb\\u202ec\\nd"}');
		expect(entriesOf(recording).find(({ph}) => ph === 'B')?.args).toMatchObject({text: 'abcd'});
	});

	test('a call that is merged into its caller is there, and says so', () => {
		const recording = recordingOf('{"type": "call", "fn": "add_dr", "inlined": true}');
		expect(entriesOf(recording).find(({ph}) => ph === 'B')).toMatchObject({
			cat: 'call,inlined',
			args: {inlined: true},
		});
	});
});
