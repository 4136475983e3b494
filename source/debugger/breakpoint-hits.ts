import type {Recording} from '../recording/recording.ts';
import {type BreakpointTarget, loggedNodeEvents} from './breakpoint-target.ts';
import {countBelow, firstFrom, lastBelow, none} from './call-index.ts';
import {compileCondition} from './expression.ts';
import type {Breakpoint, Session} from './session.ts';

const hitsByRecording = new WeakMap<Recording, Map<string, readonly number[]>>();

/** Events that the target names, whatever the condition. */
function candidates(recording: Recording, {kind, name}: BreakpointTarget): readonly number[] {
	switch (kind) {
		case 'function':
			return recording.callsOf(name);
		case 'event':
			return recording.ofType(name as Parameters<Recording['ofType']>[0]);
		case 'node':
			return loggedNodeEvents
				.flatMap((type) => recording.ofType(type))
				.filter((seq) => (recording.at(seq) as {name?: string}).name === name)
				.sort((a, b) => a - b);
	}
}

/** Events whose condition holds. A condition that is wrong, or that can't be answered there, doesn't hold. */
function meeting(
	recording: Recording,
	events: readonly number[],
	condition: string | null,
): readonly number[] {
	if (condition === null) return events;
	const compiled = compileCondition(condition);
	if (!compiled.ok) return [];
	return events.filter((seq) => {
		const evaluated = compiled.expression.evaluate(recording, seq + 1);
		return evaluated.ok && evaluated.value === true;
	});
}

/** Ordinals of all events in the recording that a breakpoint matches, ascending, whether or not it is enabled. */
export function hitsOf(recording: Recording, breakpoint: Breakpoint): readonly number[] {
	const {target, condition} = breakpoint;
	let known = hitsByRecording.get(recording);
	if (known === undefined) {
		known = new Map();
		hitsByRecording.set(recording, known);
	}
	const key = JSON.stringify([target.kind, target.name, condition]);
	let hits = known.get(key);
	if (hits === undefined) {
		hits = meeting(recording, candidates(recording, target), condition);
		known.set(key, hits);
	}
	return hits;
}

/** How many hits of a breakpoint lie before the session's position. */
export function hitCount(session: Session, breakpoint: Breakpoint): number {
	return countBelow(hitsOf(session.recording, breakpoint), session.position);
}

/** Where a run stops, and the breakpoints that stop it. */
export type Hit = {readonly position: number; readonly ids: readonly number[]};

/** The first stop of an enabled breakpoint between the session's position and `target`, `target` included. */
export function nearestHit(session: Session, target: number): Hit | null {
	const {recording, position} = session;
	const forward = target > position;
	let nearest = none;
	let ids: number[] = [];
	for (const breakpoint of session.breakpoints) {
		if (!breakpoint.enabled) continue;
		const hits = hitsOf(recording, breakpoint);
		const hit = forward ? firstFrom(hits, position) : lastBelow(hits, position - 1);
		if (hit === none || (forward ? hit >= target : hit + 1 < target)) continue;
		if (hit === nearest) ids.push(breakpoint.id);
		else if (nearest === none || (forward ? hit < nearest : hit > nearest)) {
			nearest = hit;
			ids = [breakpoint.id];
		}
	}
	return nearest === none ? null : {position: nearest + 1, ids};
}
