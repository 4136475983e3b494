import type {EventSource} from './event-columns.ts';
import {apply} from './fold.ts';
import {copyState, initialState, type MachineState, stateSize} from './state.ts';

/** Events between checkpoints: at least this many, and more where a state is large, so that memory stays linear. */
const minimumInterval = 256;

/** And at most so many in a recording, as a power of two: to go on from one takes a few milliseconds then. */
const checkpointBits = 10;

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

/** The states of some events, folded as they are asked for. */
export class FoldedStates {
	readonly #events: EventSource;
	readonly #interval: number;
	readonly #checkpoints: MachineState[] = [initialState()];
	#nextCheckpoint: number;

	/** The state that was folded last: stepping forwards goes on from here. */
	#current: MachineState = initialState();

	/** There are `length` events. */
	constructor(events: EventSource, length: number) {
		this.#events = events;
		this.#interval = Math.max(minimumInterval, length >> checkpointBits);
		this.#nextCheckpoint = this.#interval;
	}

	/** The state at a position from 0 to the number of events. It is changed by the next call: copy it to keep it. */
	at(position: number): MachineState {
		const base = checkpointBefore(this.#checkpoints, position);
		if (this.#current.position > position || this.#current.position < base.position) {
			this.#current = copyState(base);
		}
		while (this.#current.position < position) this.#advance();
		return this.#current;
	}

	#advance(): void {
		const state = this.#current;
		const event = this.#events.at(state.position);
		if (event === undefined) throw new RangeError(`there is no event ${state.position}`);
		apply(state, event);
		if (state.position < this.#nextCheckpoint) return;
		this.#checkpoints.push(copyState(state));
		this.#nextCheckpoint = state.position + Math.max(this.#interval, 2 * stateSize(state));
	}
}
