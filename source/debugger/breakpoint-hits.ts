import type {Recording} from '../recording/recording.ts';
import {searched} from '../recording/search.ts';
import {countBelow, firstFrom, lastBelow, none} from './call-index.ts';
import {describeHitCondition} from './hit-condition.ts';
import {counting, type Hits, matching, meeting} from './hit-search.ts';
import type {Breakpoint, Session} from './session.ts';
import type {Change} from './watch.ts';

/** All hits of a breakpoint, made when it is first asked for them. */
function hitsFor(recording: Recording, {target, condition}: Breakpoint): Hits {
	const {kind, name} = target;
	const all = searched(recording, JSON.stringify([kind, name]), () => matching(recording, target));
	if (condition === null) return all;
	const key = JSON.stringify([kind, name, condition]);
	return searched(recording, key, () => meeting(recording, all, condition));
}

/** Ordinals of all events in the recording that a breakpoint matches, ascending, whether or not it is enabled. */
export function hitsOf(recording: Recording, breakpoint: Breakpoint): readonly number[] {
	return hitsFor(recording, breakpoint).seqs;
}

/** The hits that its hit condition lets count: those it stops at, or says something. */
export function countedHitsOf(recording: Recording, breakpoint: Breakpoint): readonly number[] {
	const {hitCondition} = breakpoint;
	const hits = hitsOf(recording, breakpoint);
	if (hitCondition === null) return hits;
	const {kind, name} = breakpoint.target;
	const counted = describeHitCondition(hitCondition);
	const key = JSON.stringify([kind, name, breakpoint.condition, counted]);
	const make = () => counting(hits, hitCondition);
	return searched(recording, key, make).seqs;
}

/** What a watched value was and is, at a hit of its breakpoint; null for any other. */
export function changeAt(recording: Recording, breakpoint: Breakpoint, seq: number): Change | null {
	return hitsFor(recording, breakpoint).changes.get(seq) ?? null;
}

/** Why a breakpoint can have no hits: its condition is wrong or takes too long. Null for a good one. */
export function conditionError(recording: Recording, breakpoint: Breakpoint): string | null {
	return hitsFor(recording, breakpoint).error;
}

/** Looks for all that anybody may ask about the breakpoints of a session, so that it is known. */
export function findHits({recording, breakpoints}: Session): void {
	for (const breakpoint of breakpoints) countedHitsOf(recording, breakpoint);
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
		if (!breakpoint.enabled || breakpoint.log !== null) continue;
		const hits = countedHitsOf(recording, breakpoint);
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
