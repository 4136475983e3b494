/** Odd, so that no information is lost when it is multiplied (FNV). */
const prime = 0x0100_0193;

/** Shorter texts are not looked up: they are read as words of four bytes, the last of which may overlap the one before. */
const shortest = 4;

/** A text that isn't found after so many tries is not kept here: nobody can make a search long on purpose. */
const mostTries = 32;

/** Whether two stretches of the same bytes are equal; both have `length` bytes, four or more. */
export function isSame(view: DataView, one: number, other: number, length: number): boolean {
	const last = length - shortest;
	for (let at = 0; at < last; at += shortest) {
		if (view.getInt32(one + at) !== view.getInt32(other + at)) return false;
	}
	return view.getInt32(one + last) === view.getInt32(other + last);
}

function hashOf(view: DataView, start: number, end: number): number {
	const last = end - shortest;
	let hash = end - start;
	for (let at = start; at < last; at += shortest) {
		hash = Math.imul(hash ^ view.getInt32(at), prime);
	}
	hash = Math.imul(hash ^ view.getInt32(last), prime);
	// What differs in high bits must differ in low ones: they are the place.
	hash ^= hash >>> 16;
	return hash ^ (hash >>> 8);
}

/**
What is known of texts that are looked up by their bytes: making a string of each first would take longer than all else.

For ASCII: what looks alike is the same.
*/
export class ByteTexts<T extends object> {
	/** Of each place: the hash, and where the entry begins among the words; 0 where there is none. Side by side, as they are read. */
	#slots = new Int32Array(2 * 1024);
	readonly #values: T[] = [];

	/** Of each entry: the number of its value, its length, then its bytes in words. The first word is nobody's. */
	#words = new Int32Array(4096);
	#wordCount = 1;

	/** What is known of the text between two places; null where nothing is. */
	find(view: DataView, start: number, end: number): T | null {
		if (end - start < shortest) return null;
		const slots = this.#slots;
		const mask = slots.length - 1;
		const hash = hashOf(view, start, end);
		let slot = (2 * hash) & mask;
		for (let tries = 0; tries < mostTries; tries += 1) {
			const entry = slots[slot + 1] ?? 0;
			if (entry === 0) return null;
			if (slots[slot] === hash && this.#equals(entry, view, start, end)) {
				return this.#values[this.#words[entry] ?? 0] ?? null;
			}
			slot = (slot + 2) & mask;
		}
		return null;
	}

	/** Keeps what is known of a text that `find` doesn't find. */
	add(view: DataView, start: number, end: number, value: T): void {
		if (end - start < shortest) return;
		if (4 * this.#values.length >= this.#slots.length) this.#grow();
		if (!this.#place(hashOf(view, start, end), this.#wordCount)) return;
		this.#addWord(this.#values.push(value) - 1);
		this.#addWord(end - start);
		const last = end - shortest;
		for (let at = start; at < last; at += shortest) this.#addWord(view.getInt32(at));
		this.#addWord(view.getInt32(last));
	}

	#equals(entry: number, view: DataView, start: number, end: number): boolean {
		const words = this.#words;
		let word = entry + 1;
		if (words[word] !== end - start) return false;
		const last = end - shortest;
		for (let at = start; at < last; at += shortest) {
			word += 1;
			if (words[word] !== view.getInt32(at)) return false;
		}
		return words[word + 1] === view.getInt32(last);
	}

	#place(hash: number, entry: number): boolean {
		const mask = this.#slots.length - 1;
		let slot = (2 * hash) & mask;
		for (let tries = 0; tries < mostTries; tries += 1) {
			if (this.#slots[slot + 1] === 0) {
				this.#slots[slot] = hash;
				this.#slots[slot + 1] = entry;
				return true;
			}
			slot = (slot + 2) & mask;
		}
		return false;
	}

	#grow(): void {
		const smaller = this.#slots;
		this.#slots = new Int32Array(smaller.length * 2);
		for (let slot = 0; slot < smaller.length; slot += 2) {
			const entry = smaller[slot + 1] ?? 0;
			if (entry !== 0) this.#place(smaller[slot] ?? 0, entry);
		}
	}

	#addWord(word: number): void {
		if (this.#wordCount === this.#words.length) {
			const grown = new Int32Array(this.#words.length * 2);
			grown.set(this.#words);
			this.#words = grown;
		}
		this.#words[this.#wordCount] = word;
		this.#wordCount += 1;
	}
}
