import type {Recording} from '../recording/recording.ts';
import {type BreakpointTarget, targetOf} from './breakpoint-target.ts';
import {type Environment, noEnvironment} from './environment.ts';
import type {HitCondition} from './hit-condition.ts';

export type {BreakpointTarget} from './breakpoint-target.ts';

/** Time's arrow of a move. One implementation serves both. */
export type Direction = 'forward' | 'backward';

/** Why the debugger stands where it stands. */
export type StopReason =
	| {readonly kind: 'start' | 'end' | 'step' | 'goto' | 'until' | 'fence'}
	| {
			readonly kind: 'breakpoint';
			readonly ids: readonly number[];

			/** Those of them that stop once and are no longer in the list; absent where there is none. */
			readonly gone?: readonly Breakpoint[];
	  };

/** A place to stop at. Immutable: a change makes a new one. */
export type Breakpoint = {
	/** From 1, never reused in a session. */
	readonly id: number;

	/** What it waits for. */
	readonly target: BreakpointTarget;

	/** False: it stops nothing, but stays in the list. */
	readonly enabled: boolean;

	/** Text of its condition: only events for which it holds are hits. */
	readonly condition: string | null;

	/** Which of its hits count; null for all. */
	readonly hitCondition: HitCondition | null;

	/** Text with expressions in braces, to be told instead of stopping; null for a breakpoint that stops. */
	readonly log: string | null;

	/** It is deleted where it stops. */
	readonly once: boolean;

	/** Lines of the command language that run where it stops. */
	readonly commands: readonly string[];
};

/** An expression whose value is told at every stop. */
export type Display = {
	/** From 1, never reused in a session. */
	readonly id: number;

	/** Text of the expression. */
	readonly expression: string;
};

/** A place with a name. */
export type Mark = {
	/** Letters, digits, `_` and `-`, beginning with a letter. */
	readonly name: string;

	/** Number of events that have happened there. */
	readonly position: number;

	/** What the reader wrote about it; empty for nothing. */
	readonly note: string;
};

/** Lines that are being collected until `end`, to be run where breakpoints stop. */
export type Block = {
	/** The breakpoints. */
	readonly ids: readonly number[];

	/** So far. */
	readonly lines: readonly string[];
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

	/** Frame of the call stack to look at; 0 is the innermost. A move goes back to that. */
	readonly frame: number;

	/** By ascending id. */
	readonly displays: readonly Display[];

	/** Id that the next display gets. */
	readonly nextDisplay: number;

	/** In the order they were made. */
	readonly marks: readonly Mark[];

	/** Revision that `run` makes the recording under; null leaves it as it is. */
	readonly kernel: string | null;

	/** Null while lines are commands. */
	readonly block: Block | null;

	/** What it may ask of the world. */
	readonly environment: Environment;

	/** What was asked last with `why`, where, and how many links were told: asking again goes further back. */
	readonly asked?: {readonly what: string; readonly position: number; readonly links: number};
};

/** What a breakpoint is where nothing else was asked for. */
export const plainBreakpoint = {
	enabled: true,
	condition: null,
	hitCondition: null,
	log: null,
	once: false,
	commands: [],
} as const;

/** A session at the start of a recording, with the breakpoints that its author suggests. */
export function createSession(
	recording: Recording,
	environment: Environment = noEnvironment,
): Session {
	const breakpoints = recording.header.breakpoints.map((suggested, index) => ({
		...plainBreakpoint,
		id: index + 1,
		target: targetOf(recording, suggested.break),
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
		frame: 0,
		displays: [],
		nextDisplay: 1,
		marks: [],
		kernel: null,
		block: null,
		environment,
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
