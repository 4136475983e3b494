import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {importLog, inputFormats} from '../../source/importers/import-log.ts';
import type {RecordingHeader} from '../../source/recording/recording.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const trace = textOf(fixtures, 'v9-patch/ahci.graph.txt');

function errorOf(text: string, format?: string) {
	const read = importLog(text, format === undefined ? {} : {format});
	if (read.ok) throw new Error('it was read');
	return read.errors[0];
}

describe('what a text is', () => {
	test('is decided by its content, without its header and whatever its line ends', () => {
		const bare = trace.replace(/^#.*\n/gm, '').replaceAll('\n', '\r\n');
		const recording = imported(bare);
		expect(recording.header.source).toEqual({
			kind: 'import',
			path: null,
			kernel: null,
			format: 'function_graph',
		});
		expect(recording.length).toBe(imported(trace).length);
	});

	test('can be a recording that was saved', () => {
		const recording = imported(trace);
		const again = imported([...serializeRecording(recording)].join('\n'));
		expect(again.length).toBe(recording.length);
		expect(again.at(300)).toEqual(recording.at(300));
		const plain = ({text, ...header}: RecordingHeader) => ({...header, text: text.slice()});
		expect(plain(again.header)).toEqual(plain(recording.header));
	});

	test('can be forced', () => {
		expect(importLog(trace, {format: 'function_graph'}).ok).toBe(true);
		expect(errorOf(trace, 'devresdbg-recording')?.message).toBe(
			'this is not a devresdbg recording',
		);
		expect(errorOf('nothing of the kind', 'function_graph')).toMatchObject({
			message: 'this is no function_graph text',
		});
	});

	test.each([
		[
			'an unknown text',
			'hello\nworld',
			{line: 1, message: 'the format of this text is not known', text: 'hello'},
		],
		['a text that starts with blank lines', '\n\nhello', {line: 3}],
		['an empty text', ' \n', {message: 'the text is empty'}],
		['control characters alone', '\u001B[2J\n\u0007', {line: null, message: 'the text is empty'}],
		['a binary', 'ELF\u0000\u0001', {message: 'this is a binary file'}],
		['a trace without calls', '# tracer: function_graph\n#\n', {message: 'the trace is empty'}],
	])('%s is refused', (_, text, expected) => {
		expect(errorOf(text)).toMatchObject(expected);
	});

	test('an unknown text is answered with the known formats and how to force one', () => {
		const hint = errorOf('hello')?.hint ?? '';
		for (const format of inputFormats) expect(hint).toContain(format);
		expect(hint).toContain('--input');
	});

	test('a mistyped format is answered with the near one', () => {
		expect(errorOf(trace, 'function-graph')?.hint).toContain('function_graph');
	});

	test('a trace that is mostly something else is broken, and says where', () => {
		const noise = Array.from({length: 50}, (_, n) => `noise ${n}`).join('\n');
		const [first, ...lines] = trace.split('\n').slice(0, 12);
		const broken = errorOf(`${first}\n${lines.join('\n')}\n${noise}`);
		expect(broken).toMatchObject({line: 13, text: 'noise 0'});
	});
});

describe('lines', () => {
	test('that no rule fits are counted, and the rest is read', () => {
		const {header, length} = imported(trace.replace('\n 0)', '\nwhat is this?\n 0)'));
		expect(header.lines.unparsed).toBe(1);
		expect(length).toBe(imported(trace).length);
	});

	test('are kept, so that every event can show the one it came from', () => {
		const recording = imported(trace);
		for (const seq of recording.ofType('devres-release')) {
			const {origin = 0} = recording.at(seq);
			expect(recording.header.text.at(origin - 1)).toContain(' REL ');
		}
	});

	test('lose what would control a terminal', () => {
		const recording = imported(trace.replace('pcim_intx_restore (4', 'pcim\u001B[2J_intx (4'));
		expect(recording.header.text.slice().join('')).not.toContain('\u001B');
		expect(recording.ofType('devres-release').map((seq) => recording.at(seq))).toContainEqual(
			expect.objectContaining({name: 'pcim_intx'}),
		);
	});
});

test('a damaged trace is read or refused, and never throws', () => {
	const lines = trace.split('\n');
	const damage = fc.record({
		at: fc.nat({max: lines.length}),
		drop: fc.nat({max: 40}),
		put: fc.oneof(fc.string(), fc.constantFrom(...lines)),
	});
	fc.assert(
		fc.property(fc.array(damage, {minLength: 1, maxLength: 12}), (damages) => {
			const damaged = damages.reduce(
				(text, {at, drop, put}) => text.toSpliced(at, drop, put),
				lines,
			);
			const read = importLog(damaged.join('\n'));
			if (!read.ok) return;
			const {header, length} = read.recording;
			expect(header.lines.used + header.lines.ignored + header.lines.unparsed).toBe(
				header.lines.total,
			);
			read.recording.stateAt(length);
		}),
		{numRuns: 40},
	);
});

test('the time to import grows with the length of the text and no faster', () => {
	const once = textOf(fixtures, 'v9-patch/fresh/ahci.graph.txt');
	const tenTimes = once.repeat(10);
	const time = (text: string): number => {
		const start = performance.now();
		imported(text);
		return performance.now() - start;
	};
	time(tenTimes);
	const short = Math.min(...Array.from({length: 3}, () => time(once)));
	const long = Math.min(...Array.from({length: 3}, () => time(tenTimes)));
	expect(long / short).toBeLessThan(25);
});
