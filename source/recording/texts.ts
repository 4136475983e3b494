/** Texts by number, each once. Mostly the one that is asked for is the one before. */
export class Texts {
	readonly #texts: string[] = [''];
	readonly #numbers = new Map<string, number>([['', 0]]);
	#latest = '';
	#latestNumber = 0;

	/** Texts there are, the empty one included: numbers are below. */
	get length(): number {
		return this.#texts.length;
	}

	/** Number of a text, which is known from then on. */
	numberOf(text: string): number {
		if (text === this.#latest) return this.#latestNumber;
		let number = this.#numbers.get(text);
		if (number === undefined) {
			number = this.add(text);
		}
		this.#latest = text;
		this.#latestNumber = number;
		return number;
	}

	/** Makes a text known that is not. Returns its number. */
	add(text: string): number {
		const number = this.#texts.push(text) - 1;
		this.#numbers.set(text, number);
		return number;
	}

	/** Number of a text that is known; -1 for any other. */
	known(text: string): number {
		return this.#numbers.get(text) ?? -1;
	}

	/** The text with a number. */
	textOf(number: number): string {
		return this.#texts[number] ?? '';
	}
}
