import type {Recording} from '../recording/recording.ts';

/** Time's arrow of a move. One implementation serves both. */
export type Direction = 'forward' | 'backward';

/** Why the debugger stands where it stands. */
export type StopReason =
	| {readonly kind: 'start' | 'end' | 'step' | 'goto' | 'until'}
	| {readonly kind: 'breakpoint'; readonly ids: readonly number[]};

/** What a breakpoint waits for. An event i that matches stops the debugger at position i + 1: it has just happened. */
export type BreakpointTarget =
	| {readonly kind: 'function'; readonly name: string}
	| {readonly kind: 'event'; readonly name: string}
	| {readonly kind: 'node'; readonly name: string};

export type Breakpoint = {
	/** From 1, never reused in a session. */
	readonly id: number;
	readonly target: BreakpointTarget;
	readonly enabled: boolean;

	/** Text of its condition, where the scenario gives one. */
	readonly condition: string | null;
};

/** A place in a recording. Immutable: a move makes a new one. */
export type Session = {
	readonly recording: Recording;

	/** Number of events applied. 0 is before the first; `recording.length` is after the last. */
	readonly position: number;

	/** Position of the stop before this one: views mark what changed since. */
	readonly previous: number;
	readonly stop: StopReason;
	readonly breakpoints: readonly Breakpoint[];
};
