import type {LinePiece} from './log-lines.ts';

/** Whoever reads a line may look so many bytes beyond it. */
const slack = 64;
const encoder = new TextEncoder();

/** Bytes of lines that are ASCII alone: their places are those of letters. Whoever reads them looks at one piece at a time. */
export class LineBytes {
	#bytes = new Uint8Array(1 << 16);
	#view = new DataView(this.#bytes.buffer);
	#piece: LinePiece | null = null;
	#isAscii = false;

	/** Counts the pieces: places in another one mean nothing. */
	generation = 0;

	/** The bytes, and some more that mean nothing. */
	get bytes(): Uint8Array {
		return this.#bytes;
	}

	/** The same, to read several at once. */
	get view(): DataView {
		return this.#view;
	}

	/** Holds the bytes of a piece from now on. False where it is not ASCII. */
	load(piece: LinePiece): boolean {
		if (piece === this.#piece) return this.#isAscii;
		const {text} = piece;
		this.#reserve(text.length + slack);
		const {read, written} = encoder.encodeInto(text, this.#bytes);
		this.#piece = piece;
		this.#isAscii = read === text.length && written === text.length;
		this.generation += 1;
		return this.#isAscii;
	}

	/** The text between two places. */
	textOf(start: number, end: number): string {
		return this.#piece?.text.slice(start, end) ?? '';
	}

	#reserve(size: number): void {
		if (size <= this.#bytes.length) return;
		this.#bytes = new Uint8Array(2 * size);
		this.#view = new DataView(this.#bytes.buffer);
	}
}
