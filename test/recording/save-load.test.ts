import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {eventFields} from '../../source/recording/event-fields.ts';
import {eventTypes} from '../../source/recording/event-types.ts';
import {loadRecording} from '../../source/recording/load.ts';
import type {LocatedError} from '../../source/recording/located-error.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {legalRecordings} from '../helpers/legal-events.ts';
import {recordingOf} from '../helpers/recording-of.ts';

const picture = recordingOf(`
	pcim_intx(pdev=0000:00:01.0, enable=0) = 0
	  ADD pcim_intx_restore 4
	  WRITE 4 0x406
`);
const lines = [...serializeRecording(picture)];

function textOf(recording: Recording): string {
	return [...serializeRecording(recording)].map((line) => `${line}\n`).join('');
}

function load(text: string): Recording {
	const loaded = loadRecording(text);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
	return loaded.recording;
}

function errorsOf(...changed: readonly string[]): readonly LocatedError[] {
	const loaded = loadRecording(changed);
	if (loaded.ok) throw new Error('it was loaded');
	return loaded.errors;
}

function eventsOf(recording: Recording) {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

function withEvent(seq: number, change: object): readonly string[] {
	return lines.map((line, index) =>
		index === seq + 1 ? JSON.stringify({...JSON.parse(line), ...change}) : line,
	);
}

describe('a saved recording', () => {
	test('is a header line and one event a line with the documented names', () => {
		expect(lines.map((line) => line.replace(/ffff[\da-f]+/, 'NODE'))).toMatchInlineSnapshot(`
			[
			  "{"format":"devresdbg-recording","version":1,"events":4,"source":{"kind":"scenario","path":null,"kernel":null},"title":"a picture","lines":{"total":0,"used":0,"ignored":0,"unparsed":0,"lost":0},"breakpoints":[],"text":[]}",
			  "{"seq":0,"type":"call","time":1,"context":"task-1","device":"0000:00:01.0","fn":"pcim_intx","args":{"pdev":"0000:00:01.0","enable":"0"}}",
			  "{"seq":1,"type":"devres-add","time":1.001,"context":"task-1","device":"0000:00:01.0","node":"NODE","generation":0,"name":"pcim_intx_restore","size":4}",
			  "{"seq":2,"type":"config-write","time":1.002,"context":"task-1","device":"0000:00:01.0","offset":4,"width":2,"value":1030,"previous":null}",
			  "{"seq":3,"type":"return","time":1.003,"context":"task-1","fn":"pcim_intx","value":"0"}",
			]
		`);
	});

	test('is the same bytes every time and the same recording when loaded', () => {
		fc.assert(
			fc.property(legalRecordings(200), (recording) => {
				const text = textOf(recording);
				const loaded = load(text);
				expect(loaded.header).toEqual(recording.header);
				expect(eventsOf(loaded)).toEqual(eventsOf(recording));
				expect(textOf(loaded)).toBe(text);
			}),
			{numRuns: 40},
		);
	});

	test('has a checked field list for every event type', () => {
		expect([...eventFields.keys()].sort()).toEqual([...eventTypes].sort());
	});

	test('may end with blank lines, have Windows line ends and a byte order mark', () => {
		const text = `\uFEFF${lines.join('\r\n')}\r\n\r\n`;
		expect(eventsOf(load(text))).toEqual(eventsOf(picture));
	});
});

describe('what is no recording', () => {
	test.each([
		['an empty file', ['']],
		['a log', ['[ 1.0] ahci 0000:00:1f.2: DEVRES ADD', 'more']],
		['other JSON', ['{"format":"perf","version":1}']],
		['a list', ['[1,2]']],
		['a binary', ['\u0000\u0001\u0002']],
	])('%s is refused in its first line with a hint', (_, given) => {
		const [error, ...more] = errorsOf(...given);
		expect(more).toEqual([]);
		expect(error?.line).toBe(1);
		expect(error?.message).toMatch(/^(the file is empty|this is not a devresdbg recording)$/);
		expect(error?.hint).toContain('devresdbg-recording');
	});

	test('a newer version is refused by name', () => {
		const header = (lines[0] ?? '').replace('"version":1', '"version":2');
		expect(errorsOf(header, ...lines.slice(1))).toMatchObject([
			{line: 1, message: expect.stringContaining('version 2 is newer'), hint: 'update devresdbg'},
		]);
	});

	test('a header without its source says what is missing', () => {
		const {source: _, ...rest} = JSON.parse(lines[0] ?? '');
		expect(errorsOf(JSON.stringify(rest), ...lines.slice(1))).toMatchObject([
			{line: 1, message: 'source is missing'},
		]);
	});
});

describe('a damaged recording', () => {
	test('every cut inside the text is noticed', () => {
		const text = lines.join('\n');
		for (let length = 0; length < text.length; length += 1) {
			const loaded = loadRecording(text.slice(0, length));
			expect(loaded.ok, `cut after ${length} characters`).toBe(false);
		}
	});

	test('a cut last line is located at its end', () => {
		const cut = (lines.at(-1) ?? '').slice(0, 20);
		expect(errorsOf(...lines.slice(0, -1), cut)[0]).toMatchObject({
			line: lines.length,
			column: 21,
			message: 'the last line is cut off',
			text: cut,
		});
	});

	test('of a long line the beginning is kept up to what is wrong, so that a caret can point at it', () => {
		const long = (lines[1] ?? '').replace('{', `{"note":"${'x'.repeat(500)}",`);
		const wrong = long.replace(/"seq":\d+/, `"seq":"0","more":"${'y'.repeat(500)}"`);
		const [error] = errorsOf(lines[0] ?? '', wrong, ...lines.slice(2));
		expect(error?.message).toBe('seq must be a whole number, 0 or more');
		expect(error?.text?.slice((error.column ?? 0) - 1)).toMatch(/^"seq":"0","more":"y+…$/);
	});

	test('missing lines at the end are counted', () => {
		expect(errorsOf(...lines.slice(0, -1))).toMatchObject([
			{line: lines.length - 1, message: 'the header promises 4 events, but 3 follow'},
		]);
	});

	test('a line that is missing in the middle is located', () => {
		expect(errorsOf(...lines.toSpliced(2, 1))[0]).toMatchObject({
			line: 3,
			column: 2,
			message: 'seq must be 1 here, not 2',
		});
	});

	test.each([
		[
			'a type that is not known',
			{type: 'devres-ad'},
			'the type of this event is not known',
			'type',
		],
		['a time that is text', {time: 'now'}, 'time must be a number or null', 'time'],
		['a size below zero', {size: -1}, 'size must be a whole number, 0 or more', 'size'],
		['a context that is none', {context: 7}, 'context must be text', 'context'],
		['a node that is a list', {node: ['a']}, 'node must be text', 'node'],
	])('%s is located', (_, change, message, field) => {
		const [error] = errorsOf(...withEvent(1, change));
		expect(error).toMatchObject({line: 3, message});
		expect(withEvent(1, change)[2]?.slice((error?.column ?? 0) - 1)).toMatch(`"${field}"`);
	});

	test('a mistyped event type is answered with the near one', () => {
		const [error] = errorsOf(...withEvent(1, {type: 'devres-ad'}));
		expect(error?.hint).toBe('did you mean devres-add?');
	});

	test('an event without a type or a number is located by its line alone', () => {
		for (const field of ['type', 'seq']) {
			const [error] = errorsOf(...withEvent(1, {[field]: undefined}));
			expect(error).toMatchObject({line: 3, column: null});
		}
	});

	test('a missing field is named', () => {
		const [error] = errorsOf(...withEvent(1, {node: undefined}));
		expect(error).toMatchObject({line: 3, message: 'node is missing'});
	});

	test('at most ten errors are reported', () => {
		const header = lines[0] ?? '';
		expect(errorsOf(header, ...Array.from({length: 50}, () => '{}'))).toHaveLength(10);
	});

	test('offending text is cleaned and shortened', () => {
		const bad = `\u001B[31m${'x'.repeat(500)}`;
		const [error] = errorsOf(lines[0] ?? '', bad, ...lines.slice(2));
		expect(error?.text).toMatch(/^x{10,}…?$/);
		expect(error?.text?.length).toBeLessThanOrEqual(100);
	});
});

describe('a hostile recording', () => {
	test('text is cleaned when it is loaded', () => {
		const given = withEvent(1, {name: '\u001B[2Jname\u202E', context: 'sh\u0007-1'});
		const event = load(given.join('\n')).at(1);
		expect(event).toMatchObject({name: 'name', context: 'sh-1'});
	});

	test('fields that no event has are dropped, whatever their name', () => {
		const given = lines.map((line, index) =>
			index === 2 ? line.replace('{', '{"__proto__":{"polluted":1},"extra":2,') : line,
		);
		const event = load(given.join('\n')).at(1);
		expect(event).toEqual(picture.at(1));
		expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
		expect(({} as {polluted?: number}).polluted).toBeUndefined();
	});

	test('arguments may be called __proto__ without harm', () => {
		const given = lines.map((line, index) =>
			index === 1 ? line.replace('"args":{', '"args":{"__proto__":"0",') : line,
		);
		const event = load(given.join('\n')).at(0);
		expect(event.type === 'call' && Object.keys(event.args ?? {})).toContain('__proto__');
		expect(event.type === 'call' && Object.getPrototypeOf(event.args)).toBe(Object.prototype);
	});
});
