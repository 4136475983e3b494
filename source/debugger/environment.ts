import type {Recording} from '../recording/recording.ts';

/** A text from outside, or a sentence that says why there is none. */
export type ReadText =
	| {readonly ok: true; readonly text: string}
	| {readonly ok: false; readonly error: string};

/** What a session may ask of the world around it: the debugger itself knows no files and no simulation. */
export type Environment = {
	/** Reads a file of commands. */
	readFile(path: string): ReadText;

	/** Writes lines to a file. A sentence says why it could not; null when it could. */
	saveFile(path: string, lines: Iterable<string>): string | null;

	/** Revisions that the recording can be made under; empty where it came from a log. */
	readonly kernels: readonly string[];

	/** Makes the recording again under a revision. */
	rerun(
		kernel: string,
	):
		| {readonly ok: true; readonly recording: Recording}
		| {readonly ok: false; readonly errors: readonly string[]};

	/** What is wrong in a recording, a line each; absent where nobody looks. */
	findings?(recording: Recording): readonly string[];
};

/** A world without files and simulations. */
export const noEnvironment: Environment = {
	readFile: () => ({ok: false, error: "Files can't be read here."}),
	saveFile: () => "Files can't be written here.",
	kernels: [],
	rerun: () => ({ok: false, errors: ['There is nothing to run again here.']}),
};
