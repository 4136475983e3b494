import {cleanText} from '../recording/clean-text.ts';
import {ExportText, isJournalExport} from './journal-export.ts';

/** What a text may hold besides letters and line ends without being cleaned. */
const needsCleaning = /[^\n -~\u00A0-\u0600]/;

/** No kernel prints longer lines. What is behind is left out: a line may go on for gigabytes. */
const longestLine = 65_536;

/** Cuts a text that comes in pieces into lines: cleaned, and without their ends. */
export class LineSplitter {
	/** Lines that were too long and are cut. */
	cut = 0;
	#rest = '';
	#isCutting = false;
	#isFirst = true;

	/** A text with values between its lines that are not text. */
	#export: ExportText | null = null;

	/** Lines that a piece of text completes. */
	push(piece: string): string[] {
		const plain = this.#isFirst && piece.startsWith('\uFEFF') ? piece.slice(1) : piece;
		if (this.#isFirst && isJournalExport(plain)) this.#export = new ExportText();
		this.#isFirst = false;
		return this.#cut(this.#export === null ? plain : this.#export.push(plain));
	}

	#cut(text: string): string[] {
		const end = text.lastIndexOf('\n');
		if (end === -1) {
			this.#keep(text);
			return [];
		}
		const lines = text.slice(0, end).split('\n');
		lines[0] = this.#rest + (this.#isCutting ? '' : lines[0]);
		this.#rest = '';
		this.#isCutting = false;
		this.#keep(text.slice(end + 1));
		return this.#clean(lines, text);
	}

	/** The text is over: the last line may have no end. */
	end(): string[] {
		const lines = this.#export === null ? [] : this.#cut(this.#export.end());
		const rest = this.#rest;
		this.#rest = '';
		return rest === '' ? lines : [...lines, ...this.#clean([rest], rest)];
	}

	#keep(text: string): void {
		if (!this.#isCutting) this.#rest += text;
		if (this.#rest.length <= longestLine) return;
		this.#rest = this.#rest.slice(0, longestLine);
		if (!this.#isCutting) this.cut += 1;
		this.#isCutting = true;
	}

	/** Most texts are clean: then nothing is copied. */
	#clean(lines: string[], text: string): string[] {
		const first = lines[0] ?? '';
		if (!needsCleaning.test(text) && !needsCleaning.test(first)) {
			return lines.some(({length}) => length > longestLine) ? lines.map(this.#shorten) : lines;
		}
		return lines.map((line) => cleanText(this.#shorten(line)));
	}

	readonly #shorten = (line: string): string => {
		if (line.length <= longestLine) return line;
		this.cut += 1;
		return line.slice(0, longestLine);
	};
}
