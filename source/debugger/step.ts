import {type Hit, nearestHit} from './breakpoint-hits.ts';
import {callIndexOf, contextAt, firstFrom, innermostCall, none} from './call-index.ts';
import type {Direction, Session, StopReason} from './session.ts';

/** How far to go, in the words of gdb. */
export type Verb = 'step' | 'next' | 'finish' | 'continue';

/** A way to another position. */
export type Move = {
	/** One event, over calls, out of the innermost call, or until a breakpoint. */
	readonly verb: Verb;
	readonly direction: Direction;

	/** How often; 1 where absent. Ends of the recording and, but for `continue`, breakpoints cut it short. */
	readonly count?: number;

	/** Position that is not passed; it stops a move in whose way it lies. */
	readonly fence?: number;
};

function endOf(session: Session, direction: Direction): number {
	return direction === 'forward' ? session.recording.length : 0;
}

/** Just behind the return that closes a call; the end for one that never returns. */
function afterCall({recording}: Session, call: number): number {
	const closing = callIndexOf(recording).partner[call] ?? none;
	return closing === none ? recording.length : closing + 1;
}

function overForward(session: Session): number {
	const {recording, position} = session;
	const context = contextAt(recording, position) ?? '';
	const event = firstFrom(callIndexOf(recording).contexts.get(context) ?? [], position);
	if (event === none) return recording.length;
	return recording.at(event).type === 'call' ? afterCall(session, event) : event + 1;
}

/** Stays with the context of the event that just happened: that is the one to undo. */
function overBackward({recording, position}: Session): number {
	const event = position - 1;
	if (event < 0) return 0;
	const call = callIndexOf(recording).partner[event] ?? none;
	return recording.at(event).type === 'return' && call !== none ? call : event;
}

function outOf(session: Session, direction: Direction): number {
	const {recording, position} = session;
	const call = innermostCall(recording, contextAt(recording, position) ?? '', position);
	if (call === none) return endOf(session, direction);
	return direction === 'forward' ? afterCall(session, call) : call;
}

/** Where a move leads if no breakpoint stops it. */
function destination(session: Session, verb: Verb, direction: Direction): number {
	switch (verb) {
		case 'step':
			return session.position + (direction === 'forward' ? 1 : -1);
		case 'next':
			return direction === 'forward' ? overForward(session) : overBackward(session);
		case 'finish':
			return outOf(session, direction);
		case 'continue':
			return endOf(session, direction);
	}
}

/** Goes to a position unless a breakpoint stops it on the way or there. */
function runTo(session: Session, target: number, arrival: StopReason): Session {
	if (target === session.position) return {...session, stop: arrival};
	const hit = nearestHit(session, target);
	const position = hit?.position ?? target;
	return hit === null ? {...session, position, stop: arrival} : stoppedAt(session, hit);
}

/** At a hit. Breakpoints that stop once are gone from there on. */
function stoppedAt(session: Session, {position, ids}: Hit): Session {
	const gone = session.breakpoints.filter(({id, once}) => once && ids.includes(id));
	const stop = {kind: 'breakpoint', ids} as const;
	if (gone.length === 0) return {...session, position, stop};
	const breakpoints = session.breakpoints.filter((each) => !gone.includes(each));
	return {...session, position, breakpoints, stop: {...stop, gone}};
}

function moveOnce(session: Session, {verb, direction, fence}: Move): Session {
	const wanted = destination(session, verb, direction);
	const forward = direction === 'forward';
	const end = endOf(session, direction);
	const limit = fence ?? end;
	const target = forward ? Math.min(wanted, limit, end) : Math.max(wanted, limit, end);
	if (target === end) return runTo(session, target, {kind: forward ? 'end' : 'start'});
	return runTo(session, target, {kind: target === fence ? 'fence' : 'step'});
}

/** What changed is told since the stop before; a move that leads nowhere leaves the marks as they are. */
function from(session: Session, moved: Session): Session {
	if (moved.position === session.position) return moved;
	return {...moved, previous: session.position, frame: 0};
}

/** Makes a move, in either direction. At an end or a fence it stays and says so by its stop reason. */
export function move(session: Session, wanted: Move): Session {
	const {verb, direction, count = 1, fence} = wanted;
	const isBehind = fence !== undefined && fence > session.position !== (direction === 'forward');
	if (isBehind) return {...session, stop: {kind: 'fence'}};
	let moved = session;
	for (let done = 0; done < count; done += 1) {
		moved = moveOnce(moved, wanted);
		const {kind} = moved.stop;
		if (kind === 'start' || kind === 'end' || moved.position === fence) break;
		if (kind === 'breakpoint' && verb !== 'continue') break;
	}
	return from(session, moved);
}

/** Jumps to a position, clamped to the recording; no breakpoint stops it. */
export function goTo(session: Session, position: number): Session {
	const target = Math.max(0, Math.min(position, session.recording.length));
	return from(session, {...session, position: target, stop: {kind: 'goto'}});
}

/**
Runs until the event `seq` has just happened: to position seq + 1, unless a breakpoint stops it before.

Runs to the end, or the start, where a given direction leads away from the event.
*/
export function runUntil(session: Session, seq: number, direction?: Direction): Session {
	const target = Math.max(0, Math.min(seq + 1, session.recording.length));
	const towards = target >= session.position ? 'forward' : 'backward';
	if (direction !== undefined && direction !== towards && target !== session.position) {
		return move(session, {verb: 'continue', direction});
	}
	return from(session, runTo(session, target, {kind: 'until'}));
}
