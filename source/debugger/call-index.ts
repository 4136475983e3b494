import type {Recording} from '../recording/recording.ts';

/** Stands for no event. */
export const none = -1;

/** How the calls and returns of a recording fit together, so that a move needs no state. By ordinal of the event. */
export type CallIndex = {
	/** Of a call: the return that closes it. Of a return: the outermost call that it closes. Else `none`. */
	readonly partner: Int32Array;

	/** The innermost call that is open in the event's context just before the event, or `none`. */
	readonly inside: Int32Array;

	/** Calls that are open in the event's context just before the event. */
	readonly depth: Int32Array;

	/** Ordinals of each context's events, ascending. */
	readonly contexts: ReadonlyMap<string, ArrayLike<number>>;
};

type Task = {
	/** Its events so far. */
	count: number;
	readonly stack: {readonly seq: number; readonly fn: string}[];
};

const indexes = new WeakMap<Recording, CallIndex>();

function taskOf(tasks: Map<string, Task>, context: string): Task {
	let task = tasks.get(context);
	if (task === undefined) {
		task = {count: 0, stack: []};
		tasks.set(context, task);
	}
	return task;
}

/** Closes the calls down to the one named, as the fold pops frames; one without a name closes the innermost. */
function close({stack}: Task, fn: string | undefined, seq: number, partner: Int32Array): void {
	let index = stack.length - 1;
	while (fn !== undefined && index >= 0 && stack[index]?.fn !== fn) index -= 1;
	if (index < 0) return;
	partner[seq] = stack[index]?.seq ?? none;
	for (const call of stack.splice(index)) partner[call.seq] = seq;
}

function build(recording: Recording): CallIndex {
	const partner = new Int32Array(recording.length).fill(none);
	const inside = new Int32Array(recording.length);
	const depth = new Int32Array(recording.length);
	const tasks = new Map<string, Task>();
	let latest: string | null = null;
	let task: Task = {count: 0, stack: []};
	for (let seq = 0; seq < recording.length; seq += 1) {
		const type = recording.typeAt(seq);
		const context = recording.contextAt(seq);
		// Mostly an event is of the context of the one before.
		if (context !== latest) task = taskOf(tasks, context);
		latest = context;
		task.count += 1;
		inside[seq] = task.stack.at(-1)?.seq ?? none;
		depth[seq] = task.stack.length;
		if (type !== 'call' && type !== 'return') continue;
		const event = recording.at(seq);
		if (event.type === 'call') task.stack.push({seq, fn: event.fn});
		else if (event.type === 'return') close(task, event.fn, seq, partner);
	}
	return {partner, inside, depth, contexts: eventsOf(recording, tasks)};
}

/** The events of each context: lists that grow would be copied again and again. */
function eventsOf(recording: Recording, tasks: ReadonlyMap<string, Task>) {
	const lists = new Map(
		Array.from(tasks, ([context, {count}]) => [
			context,
			{events: new Int32Array(count), length: 0},
		]),
	);
	for (let seq = 0; seq < recording.length; seq += 1) {
		const list = lists.get(recording.contextAt(seq));
		if (list === undefined) continue;
		list.events[list.length] = seq;
		list.length += 1;
	}
	return new Map(Array.from(lists, ([context, {events}]) => [context, events]));
}

/** The index of a recording: built when first asked for, in one pass over it. */
export function callIndexOf(recording: Recording): CallIndex {
	let index = indexes.get(recording);
	if (index === undefined) {
		index = build(recording);
		indexes.set(recording, index);
	}
	return index;
}

/** The first number of an ascending list that is `least` or more, or `none`. */
export function firstFrom(list: ArrayLike<number>, least: number): number {
	return list[countBelow(list, least)] ?? none;
}

/** The last number of an ascending list that is below `limit`, or `none`. */
export function lastBelow(list: ArrayLike<number>, limit: number): number {
	return list[countBelow(list, limit) - 1] ?? none;
}

/** How many numbers of an ascending list are below `limit`. */
export function countBelow(list: ArrayLike<number>, limit: number): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((list[middle] ?? limit) < limit) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The innermost call that is open in a context at a position, or `none`. */
export function innermostCall(recording: Recording, context: string, position: number): number {
	const index = callIndexOf(recording);
	const last = lastBelow(index.contexts.get(context) ?? [], position);
	if (last === none) return none;
	if (recording.at(last).type === 'call') return last;
	const closed = recording.at(last).type === 'return' ? (index.partner[last] ?? none) : none;
	return index.inside[closed === none ? last : closed] ?? none;
}

/** Calls that are open in a context at a position, innermost first. */
export function openCalls(
	recording: Recording,
	context: string,
	position: number,
): readonly number[] {
	const {inside} = callIndexOf(recording);
	const calls: number[] = [];
	let call = innermostCall(recording, context, position);
	while (call !== none) {
		calls.push(call);
		call = inside[call] ?? none;
	}
	return calls;
}

/**
The context that a person at a position is in: that of the event before it while that one has calls open, else that of
the event after it. Null in an empty recording.
*/
export function contextAt(recording: Recording, position: number): string | null {
	const before = position > 0 ? recording.at(position - 1).context : null;
	if (before !== null && innermostCall(recording, before, position) !== none) return before;
	return position < recording.length ? recording.at(position).context : before;
}
