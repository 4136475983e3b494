import {setImmediate} from 'node:timers/promises';
import {findHits} from '../debugger/breakpoint-hits.ts';
import {makeIndexes} from '../debugger/indexes.ts';
import type {Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import {attempt} from '../recording/search.ts';
import type {Progress} from './progress-line.ts';

/** Events that are looked at before others get a turn. */
const eventsAtOnce = 20_000;

/** Of the work, what comes before the indexes. */
const folding = 0.8;

/** Makes what a recording needs so that every jump in it is quick: a long one takes a moment, which is better shown than felt later. */
export async function prepare(recording: Recording, progress: Progress): Promise<void> {
	for (let done = eventsAtOnce; recording.prepare(eventsAtOnce); done += eventsAtOnce) {
		progress.tell('preparing', (folding * done) / recording.length);
		await setImmediate();
	}
	for (const _ of makeIndexes(recording)) {
		progress.tell('preparing', folding);
		await setImmediate();
	}
	progress.end();
}

/** Looks for the hits of a session's breakpoints, which the first screen shows. */
export async function prepareHits(session: Session, progress: Progress): Promise<void> {
	for (let found = attempt(() => findHits(session)); !found.ok; ) {
		progress.tell('searching', found.search.share);
		await setImmediate();
		if (!found.search.advance()) found = attempt(() => findHits(session));
	}
	progress.end();
}
