import type {Input} from './read-input.ts';

/** Letters that tell what an input is. */
const startLength = 4000;

/** A pipe that says nothing for so long, in milliseconds, has said for now what it had to say. */
const quiet = 250;

/** The text of an input as it comes: nothing of it is lost while others wait for something else. */
export class InputText {
	readonly input: Input;

	/** Nothing more comes. */
	ended = false;

	/** A piece that was asked for and has not come yet. */
	#coming: Promise<IteratorResult<string>> | null = null;

	constructor(input: Input) {
		this.input = input;
	}

	/** The next piece; empty at the end. */
	async next(): Promise<string> {
		this.#coming ??= this.input.pieces.next();
		return this.#receive(await this.#coming);
	}

	/** The next piece; null when nothing comes for a moment. */
	async nextOrQuiet(): Promise<string | null> {
		this.#coming ??= this.input.pieces.next();
		let timer: NodeJS.Timeout | undefined;
		const silence = new Promise<null>((resolve) => {
			timer = setTimeout(resolve, quiet, null);
		});
		const next = await Promise.race([this.#coming, silence]);
		clearTimeout(timer);
		return next === null ? null : this.#receive(next);
	}

	/** So much of the beginning as tells what it is; less of a pipe that pauses. To be asked for first. */
	async start(): Promise<string> {
		const isPipe = this.input.progress() === null;
		let start = '';
		let since: number | null = null;
		while (start.length < startLength && !this.ended) {
			const piece = since === null ? await this.next() : await this.nextOrQuiet();
			if (piece === null) break;
			start += piece;
			if (isPipe && start.trim() !== '') since ??= performance.now();
			if (since !== null && performance.now() - since > quiet) break;
		}
		return start;
	}

	#receive(next: IteratorResult<string>): string {
		this.#coming = null;
		if (!next.done) return next.value;
		this.ended = true;
		return '';
	}
}
