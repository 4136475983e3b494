import type {LocatedError} from '../recording/located-error.ts';
import type {Recording} from '../recording/recording.ts';

/** A text as importers see it. */
export type LogText = {
	/** Every line, cleaned, without its line end. */
	readonly lines: readonly string[];

	/** As given on the command line; null for standard input. */
	readonly path: string | null;
};

/** What became of a text: read, not of this format at all, of it but damaged, or without anything to show. */
export type ImportOutcome =
	| {readonly verdict: 'read'; readonly recording: Recording}
	| {readonly verdict: 'not-my-format'}
	| {readonly verdict: 'broken' | 'empty'; readonly errors: readonly LocatedError[]};

/** Reads one kernel output format. */
export type Importer = {
	/** As used on the command line and in headers: `function_graph`. */
	readonly format: string;

	/** Lines of a sample that look like this format and like no other; 0 means that it can't be this one. */
	readonly recognise: (sample: readonly string[]) => number;

	/** Reads the whole text. Never throws for what stands in it. */
	readonly read: (log: LogText) => ImportOutcome;
};
