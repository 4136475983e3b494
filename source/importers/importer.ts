import type {EventSource} from '../recording/event-columns.ts';
import type {Lines} from '../recording/lines.ts';
import type {Clock} from '../recording/recording.ts';
import type {LineBytes} from './line-bytes.ts';

/** Where a line went: made into events, of no concern, a quotation of another line, or not understood. */
export type LineUse = 'used' | 'ignored' | 'quoted' | 'unparsed';

/** What a log tells about itself. */
export type LogFacts = {
	/** Release of the kernel; null where not told. */
	readonly kernel: string | null;

	/** What its times count; undefined for seconds since boot. */
	readonly clock: Clock | undefined;

	/** Sentences that a reader should know, without a full stop. */
	readonly remarks: readonly string[];
};

/** Reads the lines of one log, one after the other. Never throws for what stands in them. */
export type LineReader = {
	/** In order of `seq`. Grows while lines are read. */
	readonly events: EventSource;

	/** Reads the next line, cleaned and without its line end; `origin` is its number, from 1. */
	readonly read: (line: string, origin: number) => LineUse;

	/**
	Reads a line from its bytes, between two places, where it is of the kind that such logs are full of.

	False, and nothing has happened, for any other: `read` takes it. Absent where a format has none.
	*/
	readonly readBytes?: (line: LineBytes, start: number, end: number, origin: number) => boolean;

	/** Decides what waits for later lines: none are known for now. More may be read afterwards. */
	readonly flush: () => void;

	/** The log is over. */
	readonly end: () => void;

	/** Events that the log says are missing, so far. */
	readonly lost: () => number;

	/** As far as it is read. */
	readonly facts: () => LogFacts;
};

/** Reads one kernel output format. */
export type Importer = {
	/** As used on the command line and in headers: `function_graph`. */
	readonly format: string;

	/** What it is an output of: for messages. */
	readonly kind: 'trace' | 'log';

	/** Such logs come wrapped in other text, as in mails: that most lines are not understood is no sign of damage. */
	readonly allowsProse?: true;

	/** Lines of a sample that look like this format and like no other; 0 means that it can't be this one. */
	readonly recognise: (sample: readonly string[]) => number;

	/** Why such a text can't be read although it is of this kind, and what to do; null where it can. */
	readonly refusalOf?: (lines: Lines) => {readonly message: string; readonly hint: string} | null;

	/** A reader for a log; `lines` are those there are at the start, for what must be known beforehand. */
	readonly open: (lines: Lines) => LineReader;
};
