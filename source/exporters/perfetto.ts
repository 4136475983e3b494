// Writes the Trace Event Format that chrome://tracing and ui.perfetto.dev read: JSON, phases B, E, i, C and M.

import {cleanText} from '../recording/clean-text.ts';
import {describe} from '../recording/describe.ts';
import type {ActionEvent, CallEvent, RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {carriedTime} from './carried-text.ts';
import {OpenCalls} from './open-calls.ts';
import {Counters} from './perfetto-counters.ts';
import {devresOperations} from './trace-text.ts';

/** The process whose threads are the contexts. Devices, with their counters, are the processes after it. */
const kernelPid = 1;

/** The thread of the kernel process that shows actions, one slice each. Contexts come after it. */
const actionsTid = 1;

type Fields = {readonly [name: string]: unknown};

/** An entry of `traceEvents`, before it has its time. */
type Entry = {
	readonly ph: 'B' | 'E' | 'i' | 'C' | 'M';
	readonly pid: number;
	readonly tid: number;
	readonly name?: string;
	readonly cat?: string;
	readonly s?: 't';
	readonly args?: Fields;
};

/**
Gives events times that never step back, as viewers need to nest calls: the recorded time where it is later than that of
the event before, else a nanosecond after it.
*/
class Clock {
	/** Nanoseconds. */
	#now = 0;

	/** Advances to an event. Returns its time in microseconds. */
	next({time}: RecordedEvent): number {
		const told = Math.round((carriedTime(time, 9) ?? 0) * 1e9);
		this.#now = Math.max(this.#now + 1, told);
		return this.now;
	}

	/** Microseconds. */
	get now(): number {
		return this.#now / 1000;
	}
}

/** Numbers names from `first` on, and says which are new. */
class Numbers {
	readonly #numbers = new Map<string, number>();
	readonly #first: number;

	constructor(first: number) {
		this.#first = first;
	}

	of(name: string): {readonly number: number; readonly isNew: boolean} {
		const known = this.#numbers.get(name);
		if (known !== undefined) return {number: known, isNew: false};
		const number = this.#first + this.#numbers.size;
		this.#numbers.set(name, number);
		return {number, isNew: true};
	}
}

/** Characters that JSON escapes, and so hides from cleanText(). */
const escaped = /\\[bfnrtu]/;

/** Viewers show texts as they stand. Few need cleaning, and that takes longer than all the rest. */
function textOf(entry: Fields): string {
	const text = JSON.stringify(entry);
	if (!escaped.test(text) && cleanText(text) === text) return text;
	return JSON.stringify(entry, (_, value) =>
		typeof value === 'string' ? cleanText(value) : value,
	);
}

/** A name that a viewer can show. */
function shown(name: string): string {
	return cleanText(name) || 'no name';
}

function named(
	kind: 'process_name' | 'thread_name',
	pid: number,
	tid: number,
	name: string,
): Entry {
	return {ph: 'M', pid, tid, name: kind, args: {name: shown(name)}};
}

/** What is told of an event beside its name, type, context and place on the time line. */
function argumentsOf(event: RecordedEvent, ts: number): Fields {
	const {type: _, context: __, time, ...fields} = event;
	const isCall = event.type === 'call' || event.type === 'return';
	const names = Object.keys(('args' in event && event.args) || {});
	return {
		...fields,
		...(isCall && {fn: undefined}),
		...(names.length === 0 && {args: undefined}),
		// Only where the clock had to differ from it.
		...((time === null || Math.round(time * 1e9) !== Math.round(ts * 1000)) && {time}),
	};
}

/** Nodes by operation and name, so that a viewer counts the like together; other events as everywhere. */
function nameOf(event: RecordedEvent): string {
	if (event.type in devresOperations && 'name' in event) {
		const operation = devresOperations[event.type as keyof typeof devresOperations];
		return `${operation} ${event.name}`;
	}
	return event.type === 'stack' ? 'stack' : describe(event);
}

class TraceWriter {
	readonly #clock = new Clock();
	readonly #calls = new OpenCalls();
	readonly #counters = new Counters();
	readonly #threads = new Numbers(actionsTid + 1);
	readonly #processes = new Numbers(kernelPid + 1);
	#action: ActionEvent | null = null;

	/** Entries for one event, each as JSON. */
	*write(event: RecordedEvent): Iterable<string> {
		const ts = this.#clock.next(event);
		for (const entry of this.#entries(event, ts)) yield textOf({...entry, ts});
	}

	/** Entries that end what is still open. */
	*finish(): Iterable<string> {
		const ts = this.#clock.now;
		for (const call of this.#calls.closeAll()) {
			const tid = this.#threads.of(call.context).number;
			yield textOf({ph: 'E', pid: kernelPid, tid, ts});
		}
		if (this.#action !== null) {
			yield textOf({ph: 'E', pid: kernelPid, tid: actionsTid, ts});
		}
	}

	*#entries(event: RecordedEvent, ts: number): Iterable<Entry> {
		if (event.type === 'action') {
			yield* this.#actionEntries(event, ts);
		} else {
			const {number: tid, isNew} = this.#threads.of(event.context);
			if (isNew) yield named('thread_name', kernelPid, tid, event.context);
			const place = {pid: kernelPid, tid};
			const args = argumentsOf(event, ts);
			if (event.type === 'call') {
				this.#calls.open(event);
				yield {ph: 'B', ...place, ...callFields(event), args};
			} else if (event.type === 'return') {
				// An end without its beginning has nothing to end: it is skipped.
				const closed = this.#calls.close(event);
				for (const call of closed) yield {ph: 'E', ...place, ...(call === closed.at(-1) && {args})};
			} else {
				yield {
					ph: 'i',
					s: 't',
					...place,
					name: shown(nameOf(event)),
					cat: event.type,
					args,
				};
			}
		}
		for (const {device, name, value} of this.#counters.after(event)) {
			const {number: pid, isNew} = this.#processes.of(device);
			if (isNew) yield named('process_name', pid, 0, device);
			yield {ph: 'C', pid, tid: 0, name, args: {[name]: value}};
		}
	}

	*#actionEntries(event: ActionEvent, ts: number): Iterable<Entry> {
		const place = {pid: kernelPid, tid: actionsTid};
		if (this.#action === null) yield named('thread_name', kernelPid, actionsTid, 'actions');
		else yield {ph: 'E', ...place};
		this.#action = event;
		yield {
			ph: 'B',
			...place,
			name: shown(event.text),
			cat: 'action',
			args: argumentsOf(event, ts),
		};
	}
}

function callFields({fn, inlined}: CallEvent): {name: string; cat: string} {
	return {name: shown(fn), cat: inlined ? 'call,inlined' : 'call'};
}

/**
The recording for a trace viewer: contexts as threads with their calls, events as instants on them, counters for each
device, actions as slices.
*/
export function* perfettoLines(recording: Recording): Iterable<string> {
	const {source, title} = recording.header;
	const otherData = {title, path: source.path, kernel: source.kernel};
	yield `{"displayTimeUnit":"ns","otherData":${textOf(otherData)},"traceEvents":[`;
	const name = source.kernel === null ? 'kernel' : `kernel ${source.kernel}`;
	const writer = new TraceWriter();
	yield textOf({...named('process_name', kernelPid, 0, name), ts: 0});
	for (let seq = 0; seq < recording.length; seq += 1) {
		for (const line of writer.write(recording.at(seq))) yield `,${line}`;
	}
	for (const line of writer.finish()) yield `,${line}`;
	yield ']}';
}
