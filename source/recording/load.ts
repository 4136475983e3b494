import {cleanText} from './clean-text.ts';
import {closestName} from './closest-name.ts';
import type {RecordedEvent} from './event.ts';
import {
	count,
	eventFields,
	type FieldKind,
	isObject,
	listOf,
	objectOf,
	oneOf,
	optional,
	text,
	textOrNull,
} from './event-fields.ts';
import {eventTypes} from './event-types.ts';
import type {LocatedError} from './located-error.ts';
import {createRecording, type Recording, type RecordingHeader} from './recording.ts';
import {recordingFormat, recordingVersion} from './save.ts';

/** A recording, or what is wrong with the file: at least one error, in the order of lines. */
export type LoadResult =
	| {readonly ok: true; readonly recording: Recording}
	| {readonly ok: false; readonly errors: readonly LocatedError[]};

/** More than these help nobody. */
const maximumErrors = 10;

/** Letters of a wrong line that are kept behind the place. */
const excerptLength = 80;

const headerFields: {readonly [F in keyof RecordingHeader]: FieldKind} & {events: FieldKind} = {
	events: count,
	source: objectOf({
		kind: oneOf('scenario', 'import'),
		path: textOrNull,
		kernel: textOrNull,
		format: optional(text),
		clock: optional(oneOf('wall', 'relative', 'ticks')),
	}),
	title: text,
	lines: objectOf({
		total: count,
		used: count,
		ignored: count,
		quoted: optional(count),
		unparsed: count,
		lost: count,
	}),
	breakpoints: listOf(objectOf({break: text, if: optional(text)})),
	remarks: optional(listOf(text)),
	text: listOf(text),
};

type Fields = {readonly [name: string]: unknown};
type Read<T> =
	| {readonly ok: true; readonly value: T}
	| {readonly ok: false; readonly error: LocatedError};

function fail(
	raw: string,
	line: number,
	message: string,
	more: {column?: number | null; hint?: string} = {},
): {readonly ok: false; readonly error: LocatedError} {
	const column = more.column ?? null;
	const end = (column ?? 1) + excerptLength;
	const shown = cleanText(raw.slice(0, end)) + (raw.length > end ? '…' : '');
	const hint = more.hint === undefined ? {} : {hint: more.hint};
	return {ok: false, error: {line, column, message, text: shown, ...hint}};
}

/** 1-based column that a JSON parser names; null where it names none. */
function columnOf(error: unknown, raw: string): number | null {
	const message = error instanceof Error ? error.message : '';
	if (message.startsWith('Unexpected end')) return raw.length + 1;
	const position = /position (\d{1,15})/.exec(message)?.[1];
	return position === undefined ? null : Number(position) + 1;
}

/** 1-based column of a field's name; null where the line does not have it. */
function columnIn(raw: string, name: string): number | null {
	const place = raw.indexOf(`"${name}"`);
	return place === -1 ? null : place + 1;
}

function parseLine(raw: string, line: number, isLast: boolean): Read<Fields> {
	let value: unknown;
	try {
		value = JSON.parse(raw);
	} catch (error) {
		const column = columnOf(error, raw);
		return isLast
			? fail(raw, line, 'the last line is cut off', {
					column,
					hint: 'the file was not written to its end: save the recording again',
				})
			: fail(raw, line, 'this line is not JSON', {
					column,
					hint: 'each line of a recording is one JSON object',
				});
	}
	return isObject(value)
		? {ok: true, value}
		: fail(raw, line, 'this line is not an object', {column: 1});
}

function readFields(
	raw: string,
	line: number,
	given: Fields,
	fields: Iterable<readonly [string, FieldKind]>,
): Read<Fields> {
	const value: {[name: string]: unknown} = {};
	for (const [name, field] of fields) {
		const found = Object.hasOwn(given, name) ? given[name] : undefined;
		if (found === undefined && field.optional) continue;
		const read = found === undefined ? undefined : field.read(found);
		if (read === undefined) {
			const problem =
				found === undefined ? `${name} is missing` : `${name} must be ${field.expected}`;
			return fail(raw, line, problem, {column: columnIn(raw, name)});
		}
		value[name] = read;
	}
	return {ok: true, value};
}

function readHeader(raw: string, isLast: boolean): Read<{header: RecordingHeader; events: number}> {
	const hint = 'a recording begins with {"format":"devresdbg-recording",…}';
	if (raw === '') return fail(raw, 1, 'the file is empty', {hint});
	const parsed = parseLine(raw, 1, isLast && raw.includes(`"${recordingFormat}"`));
	if (!parsed.ok || parsed.value['format'] !== recordingFormat) {
		return parsed.ok || !raw.includes(`"${recordingFormat}"`)
			? fail(raw, 1, 'this is not a devresdbg recording', {hint})
			: parsed;
	}
	const {version} = parsed.value;
	if (typeof version === 'number' && version > recordingVersion) {
		const message = `version ${version} is newer than ${recordingVersion}, which this program reads`;
		return fail(raw, 1, message, {hint: 'update devresdbg'});
	}
	if (version !== recordingVersion) return fail(raw, 1, `version must be ${recordingVersion}`);
	const read = readFields(raw, 1, parsed.value, Object.entries(headerFields));
	if (!read.ok) return read;
	const {events, ...header} = read.value;
	return {ok: true, value: {header: header as RecordingHeader, events: events as number}};
}

function readEvent(raw: string, line: number, isLast: boolean): Read<RecordedEvent> {
	const parsed = parseLine(raw, line, isLast);
	if (!parsed.ok) return parsed;
	const {type} = parsed.value;
	const fields = typeof type === 'string' ? eventFields.get(type) : undefined;
	if (fields === undefined) {
		const near = typeof type === 'string' ? closestName(type, eventTypes) : null;
		return fail(raw, line, 'the type of this event is not known', {
			column: columnIn(raw, 'type'),
			...(near === null ? {} : {hint: `did you mean ${near}?`}),
		});
	}
	const read = readFields(raw, line, parsed.value, fields);
	if (!read.ok) return read;
	const event = read.value as unknown as RecordedEvent;
	const expected = line - 2;
	if (event.seq === expected) return {ok: true, value: event};
	return fail(raw, line, `seq must be ${expected} here, not ${event.seq}`, {
		column: columnIn(raw, 'seq'),
		hint: 'events were removed, doubled or put in another order',
	});
}

/** The lines without their ends and without blank ones at the end. */
function linesOf(input: string | Iterable<string>): readonly string[] {
	const lines = typeof input === 'string' ? input.split('\n') : Array.from(input);
	let length = lines.length;
	while (length > 0 && (lines[length - 1] ?? '').trim() === '') length -= 1;
	return lines
		.slice(0, length)
		.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
		.map((line, index) => (index === 0 && line.startsWith('\uFEFF') ? line.slice(1) : line));
}

/**
Reads a saved recording: its text or its lines.

Events are rebuilt from the fields that are known and their text is cleaned, so a file of strangers is safe to show.
Reports up to ten errors, in the order of the lines.
*/
export function loadRecording(input: string | Iterable<string>): LoadResult {
	const lines = linesOf(input);
	const first = readHeader(lines[0] ?? '', lines.length === 1);
	if (!first.ok) return {ok: false, errors: [first.error]};
	const events: RecordedEvent[] = [];
	const errors: LocatedError[] = [];
	for (let index = 1; index < lines.length && errors.length < maximumErrors; index += 1) {
		const read = readEvent(lines[index] ?? '', index + 1, index === lines.length - 1);
		if (read.ok) events.push(read.value);
		else errors.push(read.error);
	}
	const found = lines.length - 1;
	if (errors.length < maximumErrors && found !== first.value.events) {
		const message = `the header promises ${first.value.events} events, but ${found} follow`;
		const hint = 'lines are missing or were added: save the recording again';
		errors.push({line: lines.length, column: null, message, hint});
	}
	if (errors.length > 0) return {ok: false, errors};
	return {ok: true, recording: createRecording(first.value.header, events)};
}
