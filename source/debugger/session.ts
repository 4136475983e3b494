import type {Recording} from '../recording/recording.ts';
import {type BreakpointTarget, targetOf} from './breakpoint-target.ts';

export type {BreakpointTarget} from './breakpoint-target.ts';

/** Time's arrow of a move. One implementation serves both. */
export type Direction = 'forward' | 'backward';

/** Why the debugger stands where it stands. */
export type StopReason =
	| {readonly kind: 'start' | 'end' | 'step' | 'goto' | 'until'}
	| {readonly kind: 'breakpoint'; readonly ids: readonly number[]};

/** A place to stop at. Immutable: a change makes a new one. */
export type Breakpoint = {
	/** From 1, never reused in a session. */
	readonly id: number;

	/** What it waits for. */
	readonly target: BreakpointTarget;

	/** False: it stops nothing, but stays in the list. */
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

	/** Why the last move ended where it ended. */
	readonly stop: StopReason;

	/** By ascending id. */
	readonly breakpoints: readonly Breakpoint[];

	/** Id that the next breakpoint gets. */
	readonly nextBreakpoint: number;

	/** Address of the device to look at; null follows the events. */
	readonly device: string | null;

	/** What was asked last with `why`, where, and how many links were told: asking again goes further back. */
	readonly asked?: {readonly what: string; readonly position: number; readonly links: number};
};

/** A session at the start of a recording, with the breakpoints that its author suggests. */
export function createSession(recording: Recording): Session {
	const breakpoints = recording.header.breakpoints.map((suggested, index) => ({
		id: index + 1,
		target: targetOf(recording, suggested.break),
		enabled: true,
		condition: suggested.if ?? null,
	}));
	return {
		recording,
		position: 0,
		previous: 0,
		stop: {kind: 'start'},
		breakpoints,
		nextBreakpoint: breakpoints.length + 1,
		device: null,
	};
}

/** The session on a recording that has grown. Who stood at the end stands at the new one; anybody else stays. */
export function grown(session: Session, recording: Recording): Session {
	const {position} = session;
	if (position === 0 || position < session.recording.length) return {...session, recording};
	return {
		...session,
		recording,
		position: recording.length,
		previous: position,
		stop: {kind: 'end'},
	};
}
