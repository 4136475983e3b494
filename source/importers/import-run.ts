import type {LoadResult} from '../recording/load.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {createRecording, type LineCounts, type Recording} from '../recording/recording.ts';
import type {Importer, LineReader} from './importer.ts';

/** Errors shown of a file that is mostly not understood. */
const shownErrors = 3;

/** Letters of a wrong line that are shown. */
const excerptLength = 80;

const emptyHints = {
	trace: 'the tracer was on, but nothing was traced: check set_graph_function and events',
	log: 'nothing stands in it',
} as const;

/** One import under way: reads the lines there are, a piece at a time, and takes more. */
export class ImportRun {
	readonly #importer: Importer;
	readonly #reader: LineReader;
	readonly #path: string | null;
	readonly #lines: readonly string[];
	readonly #uses = {used: 0, ignored: 0, quoted: 0, unparsed: 0};
	readonly #unparsed: number[] = [];
	#next = 0;

	/** `lines` are cleaned and without line ends, and may grow; `path` as given on the command line. */
	constructor(importer: Importer, lines: readonly string[], path: string | null) {
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
		const lines = this.#lines;
		const end = Math.min(lines.length, this.#next + count);
		for (let index = this.#next; index < end; index += 1) {
			const use = this.#reader.read(lines[index] ?? '', index + 1);
			this.#uses[use] += 1;
			if (use === 'unparsed') this.#unparsed.push(index);
		}
		this.#next = end;
		return end < lines.length;
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
		return {ok: true, recording: this.#recording(remarks)};
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
		if (this.#unparsed.length > 0 && this.#uses.used === 0) {
			const message = `this is no ${this.#importer.format} text`;
			return {line: null, column: null, message};
		}
		const {kind} = this.#importer;
		return {line: null, column: null, message: `the ${kind} is empty`, hint: emptyHints[kind]};
	}

	#broken(): LocatedError[] {
		const count = this.#unparsed.length;
		const {format, kind} = this.#importer;
		return this.#unparsed.slice(0, shownErrors).map((index) => ({
			line: index + 1,
			column: null,
			message: `this line is no line of a ${format} ${kind}`,
			text: (this.#lines[index] ?? '').slice(0, excerptLength),
			hint: `${count} of ${this.#lines.length} lines are not understood: save the ${kind} again`,
		}));
	}
}
