import type {Recording} from './recording.ts';

/** Work in slices of a few milliseconds: gives the share that is done after each, from 0 to 1, and at last what it found. */
export type Slices<Found> = Generator<number, Found>;

/** A search that is under way. */
export type Search = {
	/** From 0 to 1. */
	readonly share: number;

	/** Does the next slice. False once nothing is left to do. */
	advance(): boolean;
};

/** A search that somebody needs the result of. */
export type SearchFor<Found> = Search & {
	/** What was found; null before the end. */
	readonly found: {readonly result: Found} | null;
};

/** Thrown through what needs the result of a search that takes longer than it may. */
class TakesLonger extends Error {
	readonly search: Search;

	constructor(search: Search) {
		super('a search takes longer than it may');
		this.search = search;
	}
}

/** Slices that may be done before what needs them is given up. */
let slicesLeft = Number.POSITIVE_INFINITY;

/** Begins a search; nothing of it is done yet. */
export function beginSearch<Found>(slices: Slices<Found>): SearchFor<Found> {
	let share = 0;
	let found: {readonly result: Found} | null = null;
	return {
		get share() {
			return share;
		},
		get found() {
			return found;
		},
		advance() {
			if (found !== null) return false;
			const {done, value} = slices.next();
			if (done === true) found = {result: value};
			else share = value;
			return found === null;
		},
	};
}

/** What a search finds. It is gone through with where that is not known yet. */
export function resultOf<Found>(search: SearchFor<Found>): Found {
	while (search.advance()) {
		slicesLeft -= 1;
		if (slicesLeft <= 0) throw new TakesLonger(search);
	}
	if (search.found === null) throw new Error('a search ended without a result');
	return search.found.result;
}

const searches = new WeakMap<Recording, Map<string, SearchFor<unknown>>>();

/** Searches that are known by the key and have ended stay; so do those under way: they go on where they were. */
export function searched<Found>(
	recording: Recording,
	key: string,
	make: () => Slices<Found>,
): Found {
	let known = searches.get(recording);
	if (known === undefined) {
		known = new Map();
		searches.set(recording, known);
	}
	// One key is always of one kind of search.
	const search = (known.get(key) as SearchFor<Found> | undefined) ?? beginSearch(make());
	known.set(key, search);
	return resultOf(search);
}

/** What such a search has found; null before its end. Nothing is done for it. */
export function foundBefore<Found>(recording: Recording, key: string): Found | null {
	const search = searches.get(recording)?.get(key) as SearchFor<Found> | undefined;
	return search?.found?.result ?? null;
}

/** What came of some work, or the search that it needs first. */
export type Attempt<Result> =
	| {readonly ok: true; readonly result: Result}
	| {readonly ok: false; readonly search: Search};

/**
Does some work, unless it takes a search that is longer than one slice: that one is given back, to be advanced to its
end before the work is attempted again. Nothing may come of the work but its result.

Outside of an attempt, whoever needs what a search finds waits for it.
*/
export function attempt<Result>(work: () => Result): Attempt<Result> {
	slicesLeft = 1;
	try {
		return {ok: true, result: work()};
	} catch (error) {
		if (error instanceof TakesLonger) return {ok: false, search: error.search};
		throw error;
	} finally {
		slicesLeft = Number.POSITIVE_INFINITY;
	}
}
