import {type EventType, type NodeId, nodeKey, type RecordedEvent} from './event.ts';
import type {EventSource} from './event-columns.ts';
import {apply} from './fold.ts';
import {copyState, initialState, type MachineState, stateSize} from './state.ts';

/** Where every line of an imported file went. Sums up to `total`. */
export type LineCounts = {
	/** Lines in the file. */
	readonly total: number;

	/** Became events. */
	readonly used: number;

	/** Understood and of no concern: headers, blank lines, other subsystems. */
	readonly ignored: number;

	/** Of the ignored ones, those that quote a line that stands in the file already; absent where none does. */
	readonly quoted?: number;

	/** Not understood. */
	readonly unparsed: number;

	/** Said by the source itself to be lost before it was written. */
	readonly lost: number;
};

/**
What times of a log count, where it isn't seconds since boot.

`wall`: seconds of a calendar, from 1970 where the log tells the year, in the zone that the log is written in.
`relative`: seconds since some moment of the log. `ticks`: units that are no seconds.
*/
export type Clock = 'wall' | 'relative' | 'ticks';

/** A breakpoint that the scenario's author found worth stopping at. */
export type SuggestedBreakpoint = {
	/** A function, event type, or node name. */
	readonly break: string;

	/** Condition in the expression language. */
	readonly if?: string;
};

/** What is known of a recording as a whole; saved as its first line. */
export type RecordingHeader = {
	/** What the events were made from. */
	readonly source: {
		readonly kind: 'scenario' | 'import';

		/** As given on the command line; null for standard input and for built-in texts. */
		readonly path: string | null;

		/** Revision's name in simulations; what the log says in imports, else null. */
		readonly kernel: string | null;

		/** Importer that read it. */
		readonly format?: string;

		/** What the events' times count. Absent: seconds since boot. */
		readonly clock?: Clock;
	};

	/** One line; empty where there is none. */
	readonly title: string;

	/** Zeros for scenarios. */
	readonly lines: LineCounts;

	/** In the order of the file. */
	readonly breakpoints: readonly SuggestedBreakpoint[];

	/** What a reader should know of how it was read: sentences, without a full stop. Absent where there is nothing. */
	readonly remarks?: readonly string[];

	/** Text that the events' `origin` points into, by line: the scenario or log; empty when not kept. */
	readonly text: readonly string[];
};

/**
What happened, in order, and the state at every position. Immutable.

Position p means that p events are applied: 0 is before everything, `length` is the end; `at(p)` is the next event.
*/
export type Recording = {
	readonly header: RecordingHeader;

	/** Number of events. */
	readonly length: number;

	/** The event with that `seq`. Throws outside 0 … length-1: that's a bug of the caller. */
	at(seq: number): RecordedEvent;

	/** A copy of the state after `position` events; clamped to 0 … length. The caller may keep it. */
	stateAt(position: number): MachineState;

	/** Ordinals of all events of a type, ascending. */
	ofType(type: EventType): readonly number[];

	/** Ordinals of all calls of a function, ascending. */
	callsOf(fn: string): readonly number[];

	/** A short number for a node, from 1 in order of first appearance; 0 for a node that never appears. */
	nodeNumber(id: NodeId): number;

	/** Device addresses in order of first appearance. */
	readonly devices: readonly string[];
};

/** Events between checkpoints: at least this many, and more where a state is large, so that memory stays linear. */
const minimumInterval = 256;

type Index = {
	readonly types: Map<EventType, number[]>;
	readonly calls: Map<string, number[]>;
	readonly nodes: Map<string, number>;
	readonly devices: readonly string[];
};

function append<K>(map: Map<K, number[]>, key: K, seq: number): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [seq]);
	else list.push(seq);
}

function buildIndex(events: EventSource, length: number): Index {
	const types = new Map<EventType, number[]>();
	const calls = new Map<string, number[]>();
	const nodes = new Map<string, number>();
	const devices = new Set<string>();
	for (let seq = 0; seq < length; seq += 1) {
		const event = events.at(seq);
		if (event === undefined) break;
		append(types, event.type, event.seq);
		if (event.type === 'call') append(calls, event.fn, event.seq);
		if (event.device !== undefined) devices.add(event.device);
		if ('node' in event) {
			const key = nodeKey(event);
			if (!nodes.has(key)) nodes.set(key, nodes.size + 1);
		}
	}
	return {types, calls, nodes, devices: [...devices]};
}

/** Finds the last checkpoint at or before a position. */
function checkpointBefore(checkpoints: readonly MachineState[], position: number): MachineState {
	let low = 0;
	let high = checkpoints.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((checkpoints[middle]?.position ?? 0) <= position) low = middle;
		else high = middle - 1;
	}
	return checkpoints[low] ?? initialState();
}

class StoredRecording implements Recording {
	readonly header: RecordingHeader;
	readonly length: number;
	readonly #events: EventSource;
	readonly #checkpoints: MachineState[] = [initialState()];
	#nextCheckpoint = minimumInterval;

	/** The state that was folded last: stepping forwards goes on from here. */
	#current: MachineState = initialState();
	#index: Index | null = null;

	constructor(header: RecordingHeader, events: EventSource) {
		this.header = header;
		this.length = events.length;
		this.#events = events;
	}

	get devices(): readonly string[] {
		return this.#indexed.devices;
	}

	at(seq: number): RecordedEvent {
		const event = seq < 0 || seq >= this.length ? undefined : this.#events.at(seq);
		if (event === undefined) throw new RangeError(`no event ${seq} of ${this.length}`);
		return event;
	}

	stateAt(position: number): MachineState {
		const target = Math.max(0, Math.min(position, this.length));
		const base = checkpointBefore(this.#checkpoints, target);
		if (this.#current.position > target || this.#current.position < base.position) {
			this.#current = copyState(base);
		}
		while (this.#current.position < target) this.#advance();
		return copyState(this.#current);
	}

	ofType(type: EventType): readonly number[] {
		return this.#indexed.types.get(type) ?? [];
	}

	callsOf(fn: string): readonly number[] {
		return this.#indexed.calls.get(fn) ?? [];
	}

	nodeNumber(id: NodeId): number {
		return this.#indexed.nodes.get(nodeKey(id)) ?? 0;
	}

	get #indexed(): Index {
		this.#index ??= buildIndex(this.#events, this.length);
		return this.#index;
	}

	#advance(): void {
		const state = this.#current;
		apply(state, this.at(state.position));
		if (state.position < this.#nextCheckpoint) return;
		this.#checkpoints.push(copyState(state));
		this.#nextCheckpoint = state.position + Math.max(minimumInterval, 2 * stateSize(state));
	}
}

/**
Events must be numbered from 0 without gaps, as `place` and the loader do.

They may grow afterwards: the recording has those there are now.
*/
export function createRecording(header: RecordingHeader, events: EventSource): Recording {
	return new StoredRecording(header, events);
}

/** For recordings that no file of lines was read for. */
export const noLines: LineCounts = {total: 0, used: 0, ignored: 0, unparsed: 0, lost: 0};
