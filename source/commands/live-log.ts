import {setTimeout} from 'node:timers/promises';
import {type ImportOptions, startImport} from '../importers/import-log.ts';
import type {ImportRun} from '../importers/import-run.ts';
import type {Recording} from '../recording/recording.ts';
import {advance, type LogSource} from './log-source.ts';
import {type Progress, silent} from './progress-line.ts';

/** A new recording is made at most so often, in milliseconds, and never while making one takes longer. */
const interval = 200;

/** A log that is still being written. */
export class LiveLog {
	/** What has come so far. */
	recording: Recording;
	readonly #source: LogSource;
	readonly #run: ImportRun;

	constructor(source: LogSource, run: ImportRun) {
		this.#source = source;
		this.#run = run;
		this.recording = run.recordingSoFar();
	}

	/** Nobody wants to know how it goes on. */
	stop(): void {
		this.#source.close();
	}

	/** Longer and longer recordings, as the log grows; ends with the log. */
	async *growth(): AsyncGenerator<Recording> {
		while (!this.#source.ended) {
			await this.#source.more();
			await setTimeout(interval);
			await this.#source.fill(silent, true);
			await advance(this.#run, silent);
			this.recording = this.#run.recordingSoFar();
			yield this.recording;
		}
	}
}

/** Reads what a log has to say for now. Null where it is over already, or nobody can tell yet what it is. */
export async function followLog(
	source: LogSource,
	options: ImportOptions,
	progress: Progress,
): Promise<LiveLog | null> {
	await source.fill(progress, true);
	if (source.ended) return null;
	const started = startImport(source.lines, options);
	if (!started.ok) return null;
	await advance(started.run, progress);
	const live = new LiveLog(source, started.run);
	return live.recording.length === 0 ? null : live;
}
