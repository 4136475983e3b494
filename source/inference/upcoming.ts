/** What comes next, as far as it has been read: `peek(0)` is the next one, undefined is not read yet or never comes. */
export type Upcoming<T> = {
	readonly peek: (distance: number) => T | undefined;

	/** All has been read: what is undefined never comes. */
	readonly isOver: boolean;

	/** Items that came before the next one. */
	readonly position: number;
};

/** Items that were taken are let go of in pieces of this size. */
const pieceSize = 4096;

/** Items are passed on so many at a time: whoever makes them and whoever takes them both stay in the processor's caches. */
const atOnce = 512;

/** Passes items on with a delay, so that whoever takes one can look at those behind it. */
export class LookAhead<T> implements Upcoming<T> {
	readonly #distance: number;
	readonly #take: (item: T) => void;
	isOver = false;
	#items: T[] = [];
	#next = 0;

	/** Items that were let go of. */
	#gone = 0;

	/** Items are passed to `take` when `distance` more have come, or somewhat later. */
	constructor(distance: number, take: (item: T) => void) {
		this.#distance = distance;
		this.#take = take;
	}

	get position(): number {
		return this.#gone + this.#next;
	}

	/** Adds the next item. */
	push(item: T): void {
		this.#items.push(item);
		if (this.#items.length - this.#next < this.#distance + atOnce) return;
		while (this.#items.length - this.#next > this.#distance) this.#takeOne();
	}

	/** Passes on what is left: nothing more is known for now. */
	flush(): void {
		while (this.#next < this.#items.length) this.#takeOne();
	}

	/** As `flush`, and nothing comes any more. */
	finish(): void {
		this.isOver = true;
		this.flush();
	}

	peek(distance: number): T | undefined {
		return this.#items[this.#next + distance];
	}

	#takeOne(): void {
		const item = this.#items[this.#next] as T;
		this.#next += 1;
		this.#take(item);
		if (this.#next < pieceSize) return;
		this.#items = this.#items.slice(this.#next);
		this.#gone += this.#next;
		this.#next = 0;
	}
}
