import type {Recording} from '../recording/recording.ts';
import {type BreakpointTarget, loggedNodeEvents} from './breakpoint-target.ts';
import {countBelow, firstFrom, lastBelow, none} from './call-index.ts';
import {compileCondition} from './expression.ts';
import {Budget} from './expression-budget.ts';
import type {Breakpoint, Session} from './session.ts';

const searches = new WeakMap<Recording, Map<string, Search>>();

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

type Search = {readonly hits: readonly number[]; readonly error: string | null};

/** Events for which the condition holds. Where it has no value, it doesn't hold. */
function meeting(recording: Recording, events: readonly number[], condition: string): Search {
	const compiled = compileCondition(condition);
	if (!compiled.ok) return {hits: [], error: compiled.error.message};
	const budget = new Budget('search');
	const hits: number[] = [];
	for (const seq of events) {
		const evaluated = compiled.expression.evaluate(recording, seq + 1, budget);
		if (budget.isSpent) return {hits: [], error: 'this takes too long here'};
		if (evaluated.ok && evaluated.value === true) hits.push(seq);
	}
	return {hits, error: null};
}

function search(recording: Recording, {target, condition}: Breakpoint): Search {
	let known = searches.get(recording);
	if (known === undefined) {
		known = new Map();
		searches.set(recording, known);
	}
	const key = JSON.stringify([target.kind, target.name, condition]);
	let found = known.get(key);
	if (found === undefined) {
		const events = candidates(recording, target);
		found =
			condition === null ? {hits: events, error: null} : meeting(recording, events, condition);
		known.set(key, found);
	}
	return found;
}

/** Ordinals of all events in the recording that a breakpoint matches, ascending, whether or not it is enabled. */
export function hitsOf(recording: Recording, breakpoint: Breakpoint): readonly number[] {
	return search(recording, breakpoint).hits;
}

/** Why a breakpoint can have no hits: its condition is wrong or takes too long. Null for a good one. */
export function conditionError(recording: Recording, breakpoint: Breakpoint): string | null {
	return search(recording, breakpoint).error;
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
