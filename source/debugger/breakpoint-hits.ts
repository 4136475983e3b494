import type {Recording} from '../recording/recording.ts';
import {type BreakpointTarget, loggedNodeEvents} from './breakpoint-target.ts';
import {countBelow, firstFrom, lastBelow, none} from './call-index.ts';
import {compile, compileCondition} from './expression.ts';
import {describeHitCondition, isHitCounted} from './hit-condition.ts';
import type {Breakpoint, Session} from './session.ts';
import {lineIndexOf} from './source-line.ts';
import {sweep} from './sweep.ts';
import {type Change, changesOf} from './watch.ts';

const searches = new WeakMap<Recording, Map<string, Search>>();

/** What a recording holds for a breakpoint, whether or not it is enabled. */
type Search = {
	/** Ordinals of the events that it matches, ascending. */
	readonly hits: readonly number[];

	/** Of a watched value, the change at each hit; else empty. */
	readonly changes: ReadonlyMap<number, Change>;

	/** Why there can be no hits; null for a good breakpoint. */
	readonly error: string | null;
};

const tooLong = 'this takes too long here';

function found(hits: readonly number[]): Search {
	return {hits, changes: new Map(), error: null};
}

function failed(error: string): Search {
	return {hits: [], changes: new Map(), error};
}

function search(recording: Recording, key: string, make: () => Search): Search {
	let known = searches.get(recording);
	if (known === undefined) {
		known = new Map();
		searches.set(recording, known);
	}
	const made = known.get(key) ?? make();
	known.set(key, made);
	return made;
}

function watched(recording: Recording, text: string): Search {
	const compiled = compile(text);
	if (!compiled.ok) return failed(compiled.error.message);
	const changes = changesOf(recording, compiled.expression, sweep(recording));
	if (changes === null) return failed(tooLong);
	const bySeq = new Map(changes.map((change) => [change.seq, change]));
	return {hits: [...bySeq.keys()], changes: bySeq, error: null};
}

/** Events that the target names, whatever the condition. */
function matching(recording: Recording, {kind, name}: BreakpointTarget): Search {
	switch (kind) {
		case 'function':
			return found(recording.callsOf(name));
		case 'event':
			return found(recording.ofType(name as Parameters<Recording['ofType']>[0]));
		case 'node':
			return found(
				loggedNodeEvents
					.flatMap((type) => recording.ofType(type))
					.filter((seq) => (recording.at(seq) as {name?: string}).name === name)
					.sort((a, b) => a - b),
			);
		case 'device': {
			const all = Array.from({length: recording.length}, (_, seq) => seq);
			return found(all.filter((seq) => recording.at(seq).device === name));
		}
		case 'line':
			return found(lineIndexOf(recording).get(Number(name)) ?? []);
		case 'watch':
			return watched(recording, name);
	}
}

/** Events for which the condition holds. Where it has no value, it doesn't hold. */
function meeting(recording: Recording, given: Search, condition: string): Search {
	const compiled = compileCondition(condition);
	if (!compiled.ok) return failed(compiled.error.message);
	const reading = sweep(recording);
	const hits: number[] = [];
	for (const seq of given.hits) {
		const evaluated = compiled.expression.evaluate(recording, seq + 1, reading);
		if (reading.budget.isSpent) return failed(tooLong);
		if (evaluated.ok && evaluated.value === true) hits.push(seq);
	}
	return {...given, hits};
}

function searchFor(recording: Recording, {target, condition}: Breakpoint): Search {
	const {kind, name} = target;
	const all = search(recording, JSON.stringify([kind, name]), () => matching(recording, target));
	if (condition === null) return all;
	const key = JSON.stringify([kind, name, condition]);
	return search(recording, key, () => meeting(recording, all, condition));
}

/** Ordinals of all events in the recording that a breakpoint matches, ascending, whether or not it is enabled. */
export function hitsOf(recording: Recording, breakpoint: Breakpoint): readonly number[] {
	return searchFor(recording, breakpoint).hits;
}

/** The hits that its hit condition lets count: those it stops at, or says something. */
export function countedHitsOf(recording: Recording, breakpoint: Breakpoint): readonly number[] {
	const {hitCondition} = breakpoint;
	const hits = hitsOf(recording, breakpoint);
	if (hitCondition === null) return hits;
	const {kind, name} = breakpoint.target;
	const counted = describeHitCondition(hitCondition);
	const key = JSON.stringify([kind, name, breakpoint.condition, counted]);
	const make = () => found(hits.filter((_, index) => isHitCounted(hitCondition, index + 1)));
	return search(recording, key, make).hits;
}

/** What a watched value was and is, at a hit of its breakpoint; null for any other. */
export function changeAt(recording: Recording, breakpoint: Breakpoint, seq: number): Change | null {
	return searchFor(recording, breakpoint).changes.get(seq) ?? null;
}

/** Why a breakpoint can have no hits: its condition is wrong or takes too long. Null for a good one. */
export function conditionError(recording: Recording, breakpoint: Breakpoint): string | null {
	return searchFor(recording, breakpoint).error;
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
