import type {EventType, RecordedEvent} from './event.ts';
import type {EventSource} from './event-columns.ts';
import {type EventIndex, indexEvents} from './event-index.ts';
import {FoldedStates} from './folded-states.ts';
import type {Lines} from './lines.ts';
import type {NodeId} from './node-id.ts';
import {copyState, type MachineState} from './state.ts';

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
	readonly text: Lines;
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

	/** The type of an event: as all single facts of it, faster than the whole event where there are a million. */
	typeAt(seq: number): EventType;

	/** The context of an event. */
	contextAt(seq: number): string;

	/** The device that an event concerns; empty for none. */
	deviceAt(seq: number): string;

	/** The number of the node that an event is of; 0 for none. */
	nodeNumberAt(seq: number): number;

	/** A copy of the state after `position` events; clamped to 0 … length. The caller may keep it. */
	stateAt(position: number): MachineState;

	/** Ordinals of all events of a type, ascending. */
	ofType(type: EventType): readonly number[];

	/** Ordinals of all calls of a function, ascending. */
	callsOf(fn: string): readonly number[];

	/** A short number for a node, from 1 in order of first appearance; 0 for a node that never appears. */
	nodeNumber(id: NodeId): number;

	/** Nodes that appear: the highest number. */
	readonly nodeCount: number;

	/** The node with such a number; null where none has it. */
	nodeWithNumber(number: number): NodeId | null;

	/**
	Makes what is needed to jump everywhere at once, for the next `count` events. False when that is done.

	Nobody has to: what is missing is made when it is asked for.
	*/
	prepare(count: number): boolean;

	/** Device addresses in order of first appearance. */
	readonly devices: readonly string[];
};

class StoredRecording implements Recording {
	readonly header: RecordingHeader;
	readonly length: number;
	readonly #events: EventSource;
	readonly #states: FoldedStates;
	#index: EventIndex | null = null;
	#nextPrepared = 0;

	constructor(header: RecordingHeader, events: EventSource) {
		this.header = header;
		this.length = events.length;
		this.#events = events;
		this.#states = new FoldedStates(events, this.length);
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
		return copyState(this.#states.at(Math.max(0, Math.min(position, this.length))));
	}

	ofType(type: EventType): readonly number[] {
		return this.#indexed.types.get(type) ?? [];
	}

	callsOf(fn: string): readonly number[] {
		return this.#indexed.calls.get(fn) ?? [];
	}

	typeAt(seq: number): EventType {
		return this.#events.columns?.typeAt(seq) ?? this.at(seq).type;
	}

	contextAt(seq: number): string {
		return this.#events.columns?.contextAt(seq) ?? this.at(seq).context;
	}

	deviceAt(seq: number): string {
		return this.#events.columns?.deviceAt(seq) ?? this.at(seq).device ?? '';
	}

	nodeNumberAt(seq: number): number {
		return this.#indexed.nodes.at(seq);
	}

	nodeNumber(id: NodeId): number {
		return this.#indexed.nodes.numberOf(id);
	}

	get nodeCount(): number {
		return this.#indexed.nodes.count;
	}

	nodeWithNumber(number: number): NodeId | null {
		return this.#indexed.nodes.idOf(number);
	}

	prepare(count: number): boolean {
		const target = Math.min(this.length, this.#nextPrepared + count);
		this.#nextPrepared = target;
		this.#states.at(target);
		return target < this.length;
	}

	get #indexed(): EventIndex {
		this.#index ??= indexEvents(this.#events, this.length);
		return this.#index;
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
