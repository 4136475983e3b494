import type {Recording} from '../recording/recording.ts';
import type {Slices} from '../recording/search.ts';
import type {BreakpointTarget} from './breakpoint-target.ts';
import {compile, compileCondition} from './expression.ts';
import {type HitCondition, isHitCounted} from './hit-condition.ts';
import {loggedNodeEvents} from './node-index.ts';
import {remembering} from './remember.ts';
import {lineIndexOf} from './source-line.ts';
import {sweep} from './sweep.ts';
import {eventsThat, visitEvents} from './visit-events.ts';
import {type Change, changesOf} from './watch.ts';

/** What a recording holds for a breakpoint, whether or not it is enabled. */
export type Hits = {
	/** Ordinals of the events that it matches, ascending. */
	readonly seqs: readonly number[];

	/** Of a watched value, the change at each hit; else empty. */
	readonly changes: ReadonlyMap<number, Change>;

	/** Why there can be no hits; null for a good breakpoint. */
	readonly error: string | null;
};

const tooLong = 'this takes too long here';

function found(seqs: readonly number[]): Hits {
	return {seqs, changes: new Map(), error: null};
}

function failed(error: string): Hits {
	return {seqs: [], changes: new Map(), error};
}

function* watched(recording: Recording, text: string): Slices<Hits> {
	const compiled = compile(text);
	if (!compiled.ok) return failed(compiled.error.message);
	const changes = yield* changesOf(recording, compiled.expression);
	if (changes === null) return failed(tooLong);
	const bySeq = new Map(changes.map((change) => [change.seq, change]));
	return {seqs: [...bySeq.keys()], changes: bySeq, error: null};
}

/** Events that the target names, whatever the condition. */
export function* matching(recording: Recording, {kind, name}: BreakpointTarget): Slices<Hits> {
	switch (kind) {
		case 'function':
			return found(recording.callsOf(name));
		case 'event':
			return found(recording.ofType(name as Parameters<Recording['ofType']>[0]));
		case 'node': {
			const types: ReadonlySet<string> = new Set(loggedNodeEvents);
			const isOfNode = (seq: number) =>
				types.has(recording.typeAt(seq)) && (recording.at(seq) as {name?: string}).name === name;
			return found(yield* eventsThat(recording, isOfNode));
		}
		case 'device':
			return found(yield* eventsThat(recording, (seq) => recording.deviceAt(seq) === name));
		case 'line':
			return found(lineIndexOf(recording).get(Number(name)) ?? []);
		case 'watch':
			return yield* watched(recording, name);
	}
}

/** Events for which the condition holds. Where it has no value, it doesn't hold. */
export function* meeting(recording: Recording, given: Hits, condition: string): Slices<Hits> {
	const compiled = compileCondition(condition);
	if (!compiled.ok) return failed(compiled.error.message);
	const {expression} = compiled;
	const reading = sweep(recording, expression.devices);
	const holds = remembering(expression, recording, reading, (position) => {
		const evaluated = expression.evaluate(recording, position, reading);
		return evaluated.ok && evaluated.value === true;
	});
	const seqs: number[] = [];
	yield* visitEvents(recording, given.seqs, reading, expression, (seq) => {
		if (holds(seq + 1)) seqs.push(seq);
		return !reading.budget.isSpent;
	});
	return reading.budget.isSpent ? failed(tooLong) : {...given, seqs};
}

/** Those hits that count, by their number. */
export function* counting(hits: readonly number[], condition: HitCondition): Slices<Hits> {
	return found(hits.filter((_, index) => isHitCounted(condition, index + 1)));
}
