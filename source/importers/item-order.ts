import type {GiveItem, KernelItem, KernelLine} from './kernel-line.ts';

/** How the lines of a log are ordered in its text: `excerpt` quotes parts as somebody explains them. */
export type ItemOrder = 'as-read' | 'reversed' | 'excerpt';

/** Keeps what was read until the text is over, and gives it in the order in which it happened. */
export type OrderedItems = {
	/** Takes the next item. False for a line that stands in the text already. */
	readonly add: (item: KernelItem) => boolean;

	/** Something else than the log stands here. */
	readonly interrupt: () => void;

	/** The text is over. */
	readonly end: (give: GiveItem) => void;

	/** What a reader should know. */
	readonly remarks: () => readonly string[];
};

/** For logs whose last line happened first. */
class ReversedItems implements OrderedItems {
	readonly #items: KernelItem[] = [];

	add(item: KernelItem): boolean {
		this.#items.push(item);
		return true;
	}

	interrupt(): void {}

	end(give: GiveItem): void {
		for (const item of this.#items.toReversed()) give(item);
	}

	remarks(): readonly string[] {
		return ['the log begins with its last line and was read backwards'];
	}
}

function isStart(item: KernelItem): boolean {
	return 'bootsAt' in item || ('text' in item && item.text.startsWith('Linux version '));
}

function timeOf(item: KernelItem | undefined): number | null {
	return item !== undefined && 'time' in item ? item.time : null;
}

/**
For texts that quote a log between sentences: a line that stands there twice happened once, and a block whose times lie
before what stands above it is put where they belong, as a whole. Nothing is moved over the start of a kernel.
*/
class ExcerptedItems implements OrderedItems {
	readonly #seen = new Set<string>();

	/** Of kernels before the one that is running, in order. */
	readonly #done: KernelItem[] = [];

	/** In the order of the text, which is the order of time as far as there are times. */
	#inPlace: KernelItem[] = [];

	/** Blocks that belong before what stands above them. */
	#late: KernelItem[][] = [];
	#block: KernelItem[] = [];
	#latest: number | null = null;
	#moved = 0;

	add(item: KernelItem): boolean {
		if (isStart(item)) this.#closeBoot();
		if (isLine(item) && item.time !== null) {
			const line = `${item.time} ${item.text.trim()}`;
			if (this.#seen.has(line)) return false;
			this.#seen.add(line);
		}
		this.#block.push(item);
		return true;
	}

	interrupt(): void {
		const block = this.#block;
		if (block.length === 0) return;
		this.#block = [];
		const first = timeOf(block[0]);
		if (first !== null && this.#latest !== null && first < this.#latest) {
			this.#late.push(block);
			this.#moved += block.length;
			return;
		}
		for (const item of block) this.#inPlace.push(item);
		this.#latest = timeOf(block.findLast((item) => timeOf(item) !== null)) ?? this.#latest;
	}

	end(give: GiveItem): void {
		this.#closeBoot();
		for (const item of this.#done) give(item);
	}

	remarks(): readonly string[] {
		if (this.#moved === 0) return [];
		const lines = this.#moved === 1 ? '1 line stands' : `${this.#moved} lines stand`;
		return [`${lines} later in the text than their time: they were put where their time belongs`];
	}

	#closeBoot(): void {
		this.interrupt();
		const late = this.#late.toSorted((a, b) => (timeOf(a[0]) ?? 0) - (timeOf(b[0]) ?? 0));
		for (const item of merged(this.#inPlace, late)) this.#done.push(item);
		this.#inPlace = [];
		this.#late = [];
		this.#latest = null;
		this.#seen.clear();
	}
}

/** Puts each block behind the last item that is not later than it. */
function merged(items: readonly KernelItem[], blocks: readonly KernelItem[][]): KernelItem[] {
	const result: KernelItem[] = [];
	const waiting = blocks.toReversed();
	/** Earliest time of each item and those behind it. */
	const earliest: number[] = new Array(items.length).fill(Number.POSITIVE_INFINITY);
	let least = Number.POSITIVE_INFINITY;
	for (let index = items.length - 1; index >= 0; index -= 1) {
		least = Math.min(least, timeOf(items[index]) ?? least);
		earliest[index] = least;
	}
	for (const [index, item] of items.entries()) {
		for (let block = waiting.at(-1); block !== undefined; block = waiting.at(-1)) {
			if ((timeOf(block[0]) ?? 0) >= (earliest[index] ?? 0)) break;
			for (const each of block) result.push(each);
			waiting.pop();
		}
		result.push(item);
	}
	for (const block of waiting.toReversed()) for (const each of block) result.push(each);
	return result;
}

/** Null for logs that are given as they are read. */
export function orderedItems(order: ItemOrder): OrderedItems | null {
	switch (order) {
		case 'as-read':
			return null;
		case 'reversed':
			return new ReversedItems();
		case 'excerpt':
			return new ExcerptedItems();
	}
}

/** Whether the times of a log go down, as `journalctl -r` prints it: of lines that differ, nearly all. */
export function isReversed(times: Iterable<number>): boolean {
	let before: number | null = null;
	let up = 0;
	let down = 0;
	for (const time of times) {
		if (before !== null && time > before) up += 1;
		if (before !== null && time < before) down += 1;
		before = time;
	}
	return down > 4 * up;
}

/** Narrows an item to a line. */
export function isLine(item: KernelItem): item is KernelLine {
	return 'text' in item;
}
