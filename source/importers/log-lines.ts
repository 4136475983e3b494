import {cleanText} from '../recording/clean-text.ts';
import type {Lines} from '../recording/lines.ts';
import {ExportText, isJournalExport} from './journal-export.ts';

/** No kernel prints longer lines. What is behind is left out: a line may go on for gigabytes. */
const longestLine = 65_536;

/** Letters of a piece at most: what is read at once is cut into pieces that a small buffer holds. */
const largestPiece = 1 << 20;

/** Part of a text that ends with a line. */
export type LinePiece = {
	/** As it came, line ends included. */
	readonly text: string;

	/** Index of its first line. */
	readonly first: number;

	/** Where each of its lines begins, and the end of the text. */
	readonly starts: Uint32Array;
};

/**
The lines of a text that comes in pieces: cleaned, and without their ends.

They are cut out when somebody asks for them: a million strings would take longer to make than to read.
*/
export class LogLines implements Lines {
	length = 0;

	/** Lines that were too long and are cut. */
	cut = 0;
	readonly #pieces: LinePiece[] = [];

	/** The piece that a line was taken from last: mostly the next one is in it too. */
	#latest = 0;

	/** Where lines begin, of the piece that is looked at; the first begins at 0. */
	readonly #starts = new Uint32Array(largestPiece + longestLine + 2);
	#rest = '';
	#isCutting = false;
	#isFirst = true;

	/** A text with values between its lines that are not text. */
	#export: ExportText | null = null;

	/** Adds the lines that a piece of text completes. */
	push(text: string): void {
		for (let start = 0; start < text.length; start += largestPiece) {
			this.#push(text.slice(start, start + largestPiece));
		}
	}

	/** The text is over: the last line may have no end. */
	end(): void {
		if (this.#export !== null) this.#cut(this.#export.end());
		const rest = this.#rest;
		this.#rest = '';
		if (rest !== '') this.#add(`${rest}\n`);
	}

	readonly at = (index: number): string | undefined => {
		if (index < 0 || index >= this.length) return undefined;
		const {text, starts, first} = this.pieceOf(index);
		const start = starts[index - first] ?? 0;
		const end = (starts[index - first + 1] ?? 0) - 1;
		return cleanText(text.slice(start, Math.min(end, start + longestLine)));
	};

	readonly slice = (start: number = 0, end: number = this.length): readonly string[] => {
		const stop = Math.min(end, this.length);
		const lines: string[] = [];
		for (let index = start; index < stop; index += 1) lines.push(this.at(index) ?? '');
		return lines;
	};

	readonly some = (test: (line: string) => boolean): boolean => {
		for (const line of this) if (test(line)) return true;
		return false;
	};

	readonly filter = (test: (line: string) => boolean): readonly string[] => {
		const lines: string[] = [];
		for (const line of this) if (test(line)) lines.push(line);
		return lines;
	};

	*[Symbol.iterator](): Generator<string> {
		for (let index = 0; index < this.length; index += 1) yield this.at(index) ?? '';
	}

	/** For those who write them out: a plain list. */
	toJSON(): readonly string[] {
		return this.slice();
	}

	/** The piece that holds a line. There must be one. */
	pieceOf(index: number): LinePiece {
		const latest = this.#pieces[this.#latest];
		if (latest !== undefined && isWithin(latest, index)) return latest;
		let low = 0;
		let high = this.#pieces.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#pieces[middle]?.first ?? 0) <= index) low = middle;
			else high = middle - 1;
		}
		this.#latest = low;
		return this.#pieces[low] as LinePiece;
	}

	#push(piece: string): void {
		const plain = this.#isFirst && piece.startsWith('\uFEFF') ? piece.slice(1) : piece;
		if (this.#isFirst && isJournalExport(plain)) this.#export = new ExportText();
		this.#isFirst = false;
		this.#cut(this.#export === null ? plain : this.#export.push(plain));
	}

	#cut(text: string): void {
		let start = 0;
		if (this.#rest !== '') {
			// Joined with its first half, the line is a piece of its own: the others need not be copied.
			const end = text.indexOf('\n');
			if (end !== -1) {
				this.#add(`${this.#rest}${this.#isCutting ? '' : text.slice(0, end)}\n`);
				this.#rest = '';
				this.#isCutting = false;
				start = end + 1;
			}
		}
		const end = text.lastIndexOf('\n') + 1;
		if (end > start) this.#add(text.slice(start, end));
		this.#keep(text.slice(Math.max(start, end)));
	}

	#keep(text: string): void {
		if (!this.#isCutting) this.#rest += text;
		if (this.#rest.length <= longestLine) return;
		this.#rest = this.#rest.slice(0, longestLine);
		if (!this.#isCutting) this.cut += 1;
		this.#isCutting = true;
	}

	/** Adds a piece that ends with a line end. */
	#add(text: string): void {
		let count = 0;
		let start = 0;
		for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
			if (end - start > longestLine) this.cut += 1;
			start = end + 1;
			count += 1;
			this.#starts[count] = start;
		}
		const starts = this.#starts.slice(0, count + 1);
		this.#pieces.push({text, first: this.length, starts});
		this.length += count;
	}
}

function isWithin({first, starts}: LinePiece, index: number): boolean {
	return index >= first && index < first + starts.length - 1;
}

/**
Whether the pattern matches anywhere in the first lines, as they came: a quick look before each of them is looked at.

It may look at some lines more.
*/
export function mayHold(lines: Lines, count: number, pattern: RegExp): boolean {
	if (!(lines instanceof LogLines)) return true;
	const end = Math.min(count, lines.length);
	for (let index = 0; index < end; ) {
		const {text, first, starts} = lines.pieceOf(index);
		if (pattern.test(text)) return true;
		index = first + starts.length - 1;
	}
	return false;
}
