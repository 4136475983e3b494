import {isSame} from './byte-texts.ts';
import type {LineBytes} from './line-bytes.ts';

/** A text that many lines in a row share, and what is known of it: to compare it costs less than to look it up. */
export class RepeatedBytes<T extends object> {
	#start = 0;
	#length = 0;
	#generation = -1;
	#value: T | null = null;

	/** What is known of the text that was found last. */
	get value(): T | null {
		return this.#value;
	}

	/** Length of the text where it stands here again; 0 where it doesn't. */
	lengthAt({view, generation}: LineBytes, start: number): number {
		if (generation !== this.#generation) return 0;
		return isSame(view, this.#start, start, this.#length) ? this.#length : 0;
	}

	/** The text stands between two places, four bytes apart or more. */
	found({generation}: LineBytes, start: number, end: number, value: T): void {
		this.#generation = generation;
		this.#start = start;
		this.#length = end - start;
		this.#value = value;
	}
}
