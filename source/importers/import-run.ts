import type {LoadResult} from '../recording/load.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {createRecording, type LineCounts, type Recording} from '../recording/recording.ts';
import {excerptOf, firstLineOf} from './excerpt.ts';
import type {Importer, LineReader} from './importer.ts';
import {LineBytes} from './line-bytes.ts';
import type {LinePiece, LogLines} from './log-lines.ts';
import {type OtherFormat, otherFormat} from './sniff.ts';

/** Errors shown of a file that is mostly not understood. */
const shownErrors = 3;

const emptyHints = {
	trace: 'the tracer was on, but nothing was traced: check set_graph_function and events',
	log: 'no line in it is one of the kernel',
} as const;

/** So many lines that are not understood are looked at. */
const looked = 10_000;

/** Fewer lines of another format are no part in that format. */
const fewestOthers = 3;

/** One import under way: reads the lines there are, a piece at a time, and takes more. */
export class ImportRun {
	readonly #importer: Importer;
	readonly #reader: LineReader;
	readonly #path: string | null;
	readonly #lines: LogLines;
	readonly #bytes = new LineBytes();
	readonly #uses = {used: 0, ignored: 0, quoted: 0, unparsed: 0};
	readonly #unparsed: number[] = [];
	#next = 0;

	/** `lines` are cleaned and without line ends, and may grow; `path` as given on the command line. */
	constructor(importer: Importer, lines: LogLines, path: string | null) {
		this.#importer = importer;
		this.#lines = lines;
		this.#path = path;
		this.#reader = importer.open(lines);
	}

	/** Lines there are. */
	get length(): number {
		return this.#lines.length;
	}

	/** Lines that were read. */
	get position(): number {
		return this.#next;
	}

	/** Reads up to so many lines more. False when all are read. */
	advance(count: number): boolean {
		const {length} = this.#lines;
		const end = Math.min(length, this.#next + count);
		while (this.#next < end) this.#readPiece(this.#lines.pieceOf(this.#next), end);
		return end < length;
	}

	#readPiece(piece: LinePiece, end: number): void {
		const {first, starts} = piece;
		const stop = Math.min(end, first + starts.length - 1);
		const hasBytes = this.#reader.readBytes !== undefined && this.#bytes.load(piece);
		for (let index = this.#next; index < stop; index += 1) {
			const start = starts[index - first] ?? 0;
			const next = starts[index - first + 1] ?? 0;
			if (hasBytes && this.#reader.readBytes?.(this.#bytes, start, next - 1, index + 1)) {
				this.#uses.used += 1;
			} else this.#readLine(index);
		}
		this.#next = stop;
	}

	#readLine(index: number): void {
		const use = this.#reader.read(this.#lines.at(index) ?? '', index + 1);
		this.#uses[use] += 1;
		if (use === 'unparsed') this.#unparsed.push(index);
	}

	/** What has been read so far. The log may go on; what it leaves open is decided as well as can be. */
	recordingSoFar(): Recording {
		this.#reader.flush();
		return this.#recording([]);
	}

	/** The log is over. Reads what is left. `remarks` are those of whoever read the file. */
	finish(remarks: readonly string[] = []): LoadResult {
		this.advance(this.#lines.length);
		this.#reader.end();
		const {used, quoted} = this.#uses;
		const isEmpty = this.#reader.events.length === 0;
		const isBroken = this.#unparsed.length > used + quoted && !this.#importer.allowsProse;
		if (isEmpty || isBroken) {
			const refusal = this.#importer.refusalOf?.(this.#lines) ?? null;
			if (refusal !== null) return {ok: false, errors: [{line: null, column: null, ...refusal}]};
			return {ok: false, errors: isEmpty ? [this.#nothing()] : this.#broken()};
		}
		return {ok: true, recording: this.#recording([...remarks, ...this.#mixture()])};
	}

	#recording(ofFile: readonly string[]): Recording {
		const {kernel, clock, remarks: ofLog} = this.#reader.facts();
		const remarks = [...ofFile, ...ofLog];
		const {format} = this.#importer;
		const source = {
			kind: 'import',
			path: this.#path,
			kernel,
			format,
			...(clock === undefined ? {} : {clock}),
		} as const;
		return createRecording(
			{
				source,
				title: '',
				lines: this.#counts(),
				breakpoints: [],
				...(remarks.length === 0 ? {} : {remarks}),
				text: this.#lines,
			},
			this.#reader.events,
		);
	}

	/** What the lines look like that this importer doesn't understand, or all where it uses none; null where they look like nothing. */
	#others(): OtherFormat | null {
		const isPart = this.#unparsed.length > 0;
		const lines = isPart
			? this.#unparsed.slice(0, looked).map((index) => this.#lines.at(index) ?? '')
			: this.#lines.slice(0, looked);
		return otherFormat(lines, this.#importer);
	}

	/** A file may hold several formats. */
	#mixture(): string[] {
		const others = this.#unparsed.length < fewestOthers ? null : this.#others();
		if (others === null || others.lines < fewestOthers) return [];
		const {format, lines} = others;
		const count = this.#unparsed.length > looked ? `at least ${lines}` : `${lines}`;
		return [`${count} lines look like ${format} and were not read: --input ${format} reads them`];
	}

	#counts(): LineCounts {
		const {used, ignored, quoted, unparsed} = this.#uses;
		const lost = this.#reader.lost();
		return {
			total: this.#next + lost,
			used,
			ignored: ignored + quoted,
			...(quoted === 0 ? {} : {quoted}),
			unparsed,
			lost,
		};
	}

	#nothing(): LocatedError {
		const {kind, format} = this.#importer;
		const others = this.#uses.used > 0 ? null : this.#others();
		if (others === null && (this.#unparsed.length === 0 || this.#uses.used > 0)) {
			return {line: null, column: null, message: `the ${kind} is empty`, hint: emptyHints[kind]};
		}
		const index = this.#unparsed[0] ?? firstLineOf(this.#lines);
		const text = excerptOf(this.#lines, index);
		const message = `this is no ${format} text`;
		const hint =
			others === null
				? {}
				: {hint: `it looks like ${others.format}: --input ${others.format} reads it`};
		return {line: index + 1, column: null, message, text, ...hint};
	}

	#broken(): LocatedError[] {
		const count = this.#unparsed.length;
		const {format, kind} = this.#importer;
		const others = this.#others();
		const advice =
			others === null
				? `save the ${kind} again`
				: `they look like ${others.format}: --input ${others.format}`;
		return this.#unparsed.slice(0, shownErrors).map((index) => ({
			line: index + 1,
			column: null,
			message: `this line is no line of a ${format} ${kind}`,
			text: excerptOf(this.#lines, index),
			hint: `${count} of ${this.#lines.length} lines are not understood: ${advice}`,
		}));
	}
}
