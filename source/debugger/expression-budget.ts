/** Items of lists that one evaluation may read: under a second. */
const mostReads = 1_000_000;

/** Items that the search for all hits of a condition may read: about a second … */
const mostReadsOfSearch = 5_000_000;

/** … and some more for each event of the recording. */
const mostReadsOfEvent = 10;

function isIndex(key: string): boolean {
	return key.charCodeAt(0) <= 57 && key.charCodeAt(0) >= 48;
}

/** An evaluation read more than it may. */
export class BudgetError extends Error {}

/**
What evaluations may cost: the language has loops, and lists are as long as a recording makes them.

A list made here counts each item that is read. Past the budget every read throws, so that even a loop which ignores
errors ends: it reads its own list outside of what it catches.
*/
export class Budget {
	#left: number;

	/** `searched` is the number of events of a search; absent for a single evaluation. */
	constructor(searched?: number) {
		this.#left =
			searched === undefined ? mostReads : mostReadsOfSearch + searched * mostReadsOfEvent;
	}

	/** Nothing more may be read. */
	get isSpent(): boolean {
		return this.#left < 0;
	}

	/** Items that may still be read; below 0 once it is spent. */
	get left(): number {
		return this.#left;
	}

	/** The same list, whose reads count. Each item is made when it is read, at the cost of so many plain ones. */
	count<T, Value>(list: readonly T[], make: (item: T) => Value, cost = 1): readonly Value[] {
		return new Proxy(list, {
			get: (target, key, receiver) => {
				const item = Reflect.get(target, key, receiver);
				if (key === 'length' || typeof key === 'symbol') return item;
				const isItem = isIndex(key) && item !== undefined;
				this.#spend(isItem ? cost : 1);
				return isItem ? make(item) : item;
			},
		}) as unknown as readonly Value[];
	}

	/** What was counted may be read freely from here on. */
	release(): void {
		this.#left = Number.POSITIVE_INFINITY;
	}

	#spend(cost: number): void {
		this.#left -= cost;
		if (this.#left < 0) throw new BudgetError('this takes too long');
	}
}
