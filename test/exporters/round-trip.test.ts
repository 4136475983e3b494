import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {carriedEvents} from '../../source/exporters/carried.ts';
import {importLog} from '../../source/importers/import-log.ts';
import {cleanText} from '../../source/recording/clean-text.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {nodeKey} from '../../source/recording/node-id.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {exported} from '../helpers/export-text.ts';
import {legalRecordings} from '../helpers/legal-events.ts';
import {oddRecordings} from '../helpers/odd-recordings.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';
import {shippedNames, shippedRecording} from '../helpers/shipped.ts';

type Row = {
	readonly format: string;

	/** What a recording has left after the round trip. */
	readonly carried: (recording: Recording) => Iterable<RecordedEvent>;

	/** Names of real files that come back whole end so: the format lost nothing of them. */
	readonly whole: string;
};

function eventsOf(recording: Recording): readonly RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

/** Formats that an importer reads: a new importer is a new row. */
const rows: readonly Row[] = [
	{format: 'jsonl', carried: eventsOf, whole: '.graph.txt'},
	{
		format: 'function_graph',
		carried: (recording) => carriedEvents(recording, 'function_graph'),
		whole: '.graph.txt',
	},
	{
		format: 'dmesg',
		carried: (recording) => carriedEvents(recording, 'dmesg'),
		whole: '.dmesg.txt',
	},
	{
		format: 'ftrace',
		carried: (recording) => carriedEvents(recording, 'ftrace'),
		whole: '.events.txt',
	},
];

/** A trace of nothing but losses looks like no trace in particular. */
function importedAs(text: string, format: string): Recording {
	const read = importLog(text, {format});
	if (!read.ok) throw new Error(JSON.stringify(read.errors));
	return read.recording;
}

/** Exports, imports, and exports again: events that the format carries are the same, and so is the text. */
function goAndReturn(
	recording: Recording,
	{format, carried}: Row,
	read: (text: string) => Recording = imported,
): Recording {
	const text = exported(recording, format);
	const back = read(text);
	expect([...carried(back)]).toEqual([...carried(recording)]);
	expect(exported(back, format)).toBe(text);
	expect(back.header.lines.unparsed).toBe(0);
	return back;
}

function withoutOrigin(recording: Recording): object[] {
	return eventsOf(recording).map(({origin: _, ...event}) => event);
}

/** Nodes that left each device's list, in order. */
function moves(recording: Recording): string[] {
	return recording.ofType('devres-move').map((seq) => {
		const event = recording.at(seq);
		return event.type === 'devres-move' ? `${event.device} ${nodeKey(event)}` : '';
	});
}

/** Devices whose release passes ended, in order. */
function passes(recording: Recording): string[] {
	return recording.ofType('release-end').map((seq) => recording.at(seq).device ?? '');
}

function isEmptyOf(recording: Recording, {carried}: Row): boolean {
	return [...carried(recording)].length === 0;
}

/** Milliseconds for all real files there are. */
const sweepTimeout = 60_000;

describe.each(rows)('what is exported as $format comes back', (row) => {
	test.each(shippedNames())('from the scenario %s', (name) => {
		goAndReturn(shippedRecording(name), row);
	});

	test('from the reported bug in small', () => {
		goAndReturn(reloadRecording(), row);
	});

	test('from any legal recording', () => {
		fc.assert(
			fc.property(legalRecordings(200), (recording) => {
				fc.pre(!isEmptyOf(recording, row));
				goAndReturn(recording, row);
			}),
			{numRuns: 60},
		);
	});

	test.each(filesBelow(fixtures, row.whole))('from the real file %s', (path) => {
		const recording = imported(textOf(fixtures, path));
		expect(withoutOrigin(goAndReturn(recording, row))).toEqual(withoutOrigin(recording));
	});

	const more = filesBelow(moreRecordings, row.whole);
	test.skipIf(more.length === 0)(
		`from ${more.length} more real files`,
		() => {
			for (const path of more) {
				const recording = imported(textOf(moreRecordings, path));
				expect(withoutOrigin(goAndReturn(recording, row)), path).toEqual(withoutOrigin(recording));
			}
		},
		sweepTimeout,
	);
});

test('a saved recording keeps its header and every field', () => {
	for (const name of ['ccp-reload', 'groups-nested']) {
		const recording = shippedRecording(name);
		const back = imported(exported(recording, 'jsonl'));
		expect(back.header).toEqual(recording.header);
		expect(eventsOf(back)).toEqual(eventsOf(recording));
	}
});

/** A kernel log is free text: a message that looks like something else is that, so an odd one need not come back from it. */
const traces = rows.filter(({format}) => format === 'ftrace' || format === 'function_graph');

describe.each(traces)('as $format even an odd recording comes back', (row) => {
	test('with what the format carries, and nothing raw in its text', () => {
		fc.assert(
			fc.property(oddRecordings(), (recording) => {
				fc.pre(!isEmptyOf(recording, row));
				goAndReturn(recording, row, (text) => importedAs(text, row.format));
				const lines = exported(recording, row.format).split('\n');
				expect(lines.map(cleanText)).toEqual(lines);
			}),
			{numRuns: 300},
		);
	});
});

describe('what an importer infers from the export of a simulation is what was simulated', () => {
	// All markers look alike in a log, so the order in which groups that overlap are closed is a guess.
	const isOrdered = (name: string) => name !== 'groups-overlapping';

	test.each(shippedNames())('%s', (name) => {
		const recording = shippedRecording(name);
		const back = imported(exported(recording, 'function_graph'));
		expect(moves(back).sort()).toEqual(moves(recording).sort());
		if (isOrdered(name)) expect(moves(back)).toEqual(moves(recording));
		expect(passes(back)).toEqual(passes(recording));
	});
});
