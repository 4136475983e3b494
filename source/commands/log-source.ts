import {setImmediate} from 'node:timers/promises';
import {type ImportOptions, startImport} from '../importers/import-log.ts';
import type {ImportRun} from '../importers/import-run.ts';
import {LogLines} from '../importers/log-lines.ts';
import type {LoadResult} from '../recording/load.ts';
import type {InputText} from './input-text.ts';
import type {Progress} from './progress-line.ts';

/** Nobody waits longer for a pipe that goes on and on, in milliseconds: what has come is shown. */
const patience = 1000;

/** Lines that are read before others get a turn. */
const linesAtOnce = 20_000;

/** More letters than these are not kept in memory. */
const mostText = 1_000_000_000;

/** Reads lines from an input as they come. */
export class LogSource {
	/** Lines so far. Whoever imports them adds nothing. */
	readonly lines = new LogLines();

	/** Nothing more comes. */
	ended = false;
	readonly #text: InputText;
	#size = 0;

	/** `start` was taken from the text before. */
	constructor(text: InputText, start: string) {
		this.#text = text;
		this.#take(start);
	}

	/** What a reader should know of the input. */
	get remarks(): readonly string[] {
		const {cut} = this.lines;
		const damage = this.#text.input.damage();
		return [
			...(damage === null ? [] : [`${damage}: what stands before it was read`]),
			...(cut === 0 ? [] : [`lines that are too long were cut: ${cut}`]),
			...(this.#size > mostText ? ['the log is too long: its end was left out'] : []),
		];
	}

	/** Reads to the end; or, where `untilQuiet`, what there is for now: a file to its end, a pipe until it pauses. */
	async fill(progress: Progress, untilQuiet: boolean): Promise<void> {
		const start = performance.now();
		while (!this.ended) {
			const share = this.#text.input.progress();
			progress.tell('reading', share);
			if (untilQuiet && share === null && performance.now() - start > patience) return;
			const piece = await (untilQuiet ? this.#text.nextOrQuiet() : this.#text.next());
			if (piece === null) return;
			this.#take(piece);
		}
	}

	/** Waits for more. Resolves when some has come, or the end. */
	async more(): Promise<void> {
		this.#take(await this.#text.next());
	}

	/** Nobody wants the rest. */
	close(): void {
		this.#text.input.close();
	}

	#take(piece: string): void {
		this.#size += piece.length;
		this.lines.push(piece);
		this.ended = this.#text.ended || this.#size > mostText;
		if (this.ended) this.lines.end();
	}
}

/** Reads all lines that an import has, in pieces, so that a terminal can show how far it is. */
export async function advance(run: ImportRun, progress: Progress): Promise<void> {
	while (run.advance(linesAtOnce)) {
		progress.tell('importing', run.position / run.length);
		await setImmediate();
	}
}

/** Imports a log that ends. */
export async function importWhole(
	source: LogSource,
	options: ImportOptions,
	progress: Progress,
): Promise<LoadResult> {
	await source.fill(progress, false);
	const started = startImport(source.lines, options);
	if (!started.ok) return started;
	await advance(started.run, progress);
	return started.run.finish(source.remarks);
}
