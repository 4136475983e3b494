// Prints as kernel/trace/trace_functions_graph.c does with abstime, proc, tail and retval on, 6.12. Unlike there, names
// of tasks are not cut to seven letters: they tell contexts apart.

import type {CallEvent, RecordedEvent, ReturnEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {carriedEvents} from './carried.ts';
import {argumentsText} from './carried-text.ts';
import {OpenCalls} from './open-calls.ts';
import {type TracePlace, TracePlaces} from './trace-place.ts';
import {
	deviceLines,
	frameText,
	lostText,
	type Survey,
	secondsText,
	surveyOf,
	traceEventText,
} from './trace-text.ts';

const header = [
	'# tracer: function_graph',
	'#',
	'#     TIME        CPU  TASK/PID         DURATION                  FUNCTION CALLS',
	'#      |          |     |    |           |   |                     |   |   |   |',
];

/** Marks of long durations: more than so many microseconds. */
const overheads: readonly (readonly [number, string])[] = [
	[1_000_000, '$'],
	[100_000, '@'],
	[10_000, '*'],
	[1000, '#'],
	[100, '!'],
	[10, '+'],
];

/** Microseconds in up to seven digits: the more before the point, the fewer behind it. */
function microsecondsText(nanoseconds: number): string {
	const whole = `${Math.floor(nanoseconds / 1000)}`;
	const digits = Math.min(3, Math.max(0, 7 - whole.length));
	const fraction = `${nanoseconds % 1000}`.padStart(3, '0').slice(0, digits);
	return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** The duration column; blank where times don't tell. */
function durationText(nanoseconds: number | null): string {
	if (nanoseconds === null) return ' '.repeat(14);
	const mark = overheads.find(([least]) => nanoseconds > least * 1000)?.[1] ?? ' ';
	return `${mark} ${`${microsecondsText(nanoseconds)} us`.padEnd(12)}`;
}

/** Nanoseconds between two events; null where one has no time, or time stepped back. */
function durationOf(call: RecordedEvent, end: RecordedEvent): number | null {
	if (call.time === null || end.time === null || end.time < call.time) return null;
	return Math.round((end.time - call.time) * 1e9);
}

/** `sh-291` in the middle of its column. */
function taskText({task}: TracePlace): string {
	if (task === null) return '';
	const name = `${task.comm}-${task.pid}`;
	const left = Math.max(0, 14 - name.length) >> 1;
	return `${' '.repeat(left)}${name}`.padEnd(14);
}

/** Texts that would be read as something else than a marker get the name of the marker's event. */
const needsName = /^(?:[A-Za-z_][\w./-]*:|<stack trace>)/;

function commentOf(event: RecordedEvent): string[] {
	const text =
		event.type === 'action' && !needsName.test(event.text) ? event.text : traceEventText(event);
	if (event.type !== 'stack') return [`/* ${text} */`];
	const lines = [`/* ${text}`, ...event.frames.map(frameText)];
	return event.frames.length === 0
		? [...lines, ' */']
		: [...lines.slice(0, -1), `${lines.at(-1)} */`];
}

/** Prints events as lines of the call tree. */
class TreeWriter {
	readonly #places: TracePlaces;
	readonly #calls = new OpenCalls();

	/** CPUs in a hardware interrupt. */
	readonly #interrupted = new Set<number>();

	/** By context, calls that are open and were made before the trace began. */
	readonly #unseen: Map<string, number>;

	constructor({contexts, unseen}: Survey) {
		this.#places = new TracePlaces(contexts);
		this.#unseen = new Map(unseen);
	}

	/** A call and what is open around it. */
	*enter(call: CallEvent): Iterable<string> {
		yield* this.#line(call, null, `${headOf(call)} {`);
		this.#calls.open(call);
	}

	/** A call in which nothing happened, and its return. */
	*leaf(call: CallEvent, end: ReturnEvent): Iterable<string> {
		const tail = end.value === undefined ? '' : ` /* = ${end.value} */`;
		yield* this.#line(call, durationOf(call, end) || null, `${headOf(call)};${tail}`);
	}

	/** Anything but a call. */
	*other(event: Exclude<RecordedEvent, CallEvent>): Iterable<string> {
		if (event.type === 'lost') {
			yield lostText(event);
		} else if (event.type === 'return') {
			const call = this.#calls.close(event).at(-1);
			if (call === undefined) this.#unseen.set(event.context, this.#unseenIn(event.context) - 1);
			const duration = call === undefined ? null : durationOf(call, event);
			const words = [event.fn, event.value === undefined ? undefined : `= ${event.value}`];
			const tail = words.filter((word) => word !== undefined).join(' ');
			yield* this.#line(event, duration, tail === '' ? '}' : `} /* ${tail} */`);
		} else {
			const [first = '', ...rest] = commentOf(event);
			yield* this.#line(event, null, first);
			yield* rest;
		}
	}

	#unseenIn(context: string): number {
		return this.#unseen.get(context) ?? 0;
	}

	*#line(event: RecordedEvent, duration: number | null, text: string): Iterable<string> {
		const {context, time} = event;
		const place = this.#places.of(context);
		const cpu = this.#places.cpuOf(place);
		if (place.isInterrupt !== this.#interrupted.has(cpu)) {
			yield ` ${cpu})   ${place.isInterrupt ? '==========>' : '<=========='} |`;
			if (place.isInterrupt) this.#interrupted.add(cpu);
			else this.#interrupted.delete(cpu);
		}
		const seconds = time === null ? '' : `${secondsText(time)} |  `;
		const number = place.task === null && place.cpu === null ? '    ' : ` ${cpu}) `;
		const task = place.task === null ? '' : `${taskText(place)} | `;
		const depth = this.#calls.depth(context) + this.#unseenIn(context);
		const indent = '  '.repeat(depth + 1);
		yield `${seconds}${number}${task}${durationText(duration)}|${indent}${text}`;
	}
}

function headOf({fn, module, args}: CallEvent): string {
	return `${fn}${module === undefined ? '' : ` [${module}]`}(${argumentsText(args)})`;
}

/** A leaf's line has the time of its call and a duration: where these don't give the return's time, it needs a line. */
function isLeaf(call: CallEvent, event: RecordedEvent): event is ReturnEvent {
	if (event.type !== 'return' || event.context !== call.context || event.fn !== call.fn)
		return false;
	if (event.time === call.time || call.time === null) return event.time === call.time;
	const nanoseconds = durationOf(call, event);
	if (nanoseconds === null) return false;
	const end = call.time + Number(microsecondsText(nanoseconds)) / 1e6;
	return Number(end.toFixed(9)) === event.time;
}

/** The recording as a function_graph trace: its calls as a tree, with devres_log, register accesses and markers inside. */
export function* functionGraphLines(recording: Recording): Iterable<string> {
	const survey = surveyOf(carriedEvents(recording, 'function_graph'));
	yield* header;
	yield* deviceLines(survey);
	const writer = new TreeWriter(survey);
	let pending: CallEvent | null = null;
	for (const event of carriedEvents(recording, 'function_graph')) {
		const call: CallEvent | null = pending;
		pending = null;
		if (call !== null && isLeaf(call, event)) {
			yield* writer.leaf(call, event);
			continue;
		}
		if (call !== null) yield* writer.enter(call);
		if (event.type === 'call') pending = event;
		else yield* writer.other(event);
	}
	if (pending !== null) yield* writer.enter(pending);
}
