import {type CommandResult, done, type FailedCheck, refused} from './command-row.ts';
import type {Session} from './session.ts';

/** Lines of the command language from one source. */
export type Script = {
	/** How messages call it: a file's path. */
	readonly name: string;

	/** Without line ends. */
	readonly lines: readonly string[];
};

/** A line of a transcript: what was run, or what was answered. */
export type TranscriptLine = {readonly kind: 'command' | 'answer'; readonly text: string};

/** What came of a script, as far as it ran. */
export type ScriptResult = {
	readonly session: Session;

	/** In the order of the script. */
	readonly transcript: readonly TranscriptLine[];

	/** Assertions that don't hold; the script goes on behind them. */
	readonly failed: readonly FailedCheck[];

	/** The line that was refused, and why: the script ends there. Null where it ran to its end. */
	readonly error: {readonly at: string; readonly errors: readonly string[]} | null;

	/** The script asked to leave. */
	readonly quit: boolean;
};

/** Runs one line; `runCommand` is one. */
export type RunLine = (session: Session, line: string) => CommandResult;

/** Stands before a command in a transcript, as in gdb's. */
const prompt = '(devresdbg) ';
const promptInBlock = '> ';

type Growing = {
	session: Session;
	readonly transcript: TranscriptLine[];
	readonly failed: FailedCheck[];
};

/** Runs the lines in order until one is refused. Blank lines and those that begin with `#` are passed. */
export function runScript(given: Session, script: Script, run: RunLine): ScriptResult {
	const grown: Growing = {session: given, transcript: [], failed: []};
	const ended = (error: ScriptResult['error'], quit: boolean) => ({...grown, error, quit});
	for (const [index, line] of script.lines.entries()) {
		if (/^\s*(?:#|$)/.test(line)) continue;
		const at = `${script.name}:${index + 1}`;
		const mark = grown.session.block === null ? prompt : promptInBlock;
		grown.transcript.push({kind: 'command', text: `${mark}${line.trim()}`});
		const result = run(grown.session, line);
		if (!result.ok) {
			if (result.at === undefined) {
				return ended({at: `${at}:${result.column ?? 1}`, errors: result.errors}, false);
			}
			// A file that was read on the way has said where, in a line of its own.
			return ended({at: result.at, errors: result.errors.slice(1)}, false);
		}
		for (const text of result.output) grown.transcript.push({kind: 'answer', text});
		for (const each of result.failed ?? []) grown.failed.push({...each, at: each.at ?? at});
		grown.session = result.session;
		if (result.quit) return ended(null, true);
	}
	if (grown.session.block === null) return ended(null, false);
	const errors = ['"commands" is never ended: a line "end" is missing.'];
	return ended({at: `${script.name}:${script.lines.length}:1`, errors}, false);
}

/** Files of commands that may read each other. */
const deepest = 10;

/** Runs a file of commands. If one of its lines is refused, nothing of it was done. */
export function sourceFile(
	session: Session,
	path: string,
	depth: number,
	run: RunLine,
): CommandResult {
	if (path === '') return refused('Which file?');
	if (depth >= deepest) return refused(`Files of commands may be ${deepest} deep, not more.`);
	const read = session.environment.readFile(path);
	if (!read.ok) return refused(read.error);
	const result = runScript(session, {name: path, lines: read.text.split(/\r?\n/)}, run);
	const {error, failed, quit} = result;
	if (error !== null) {
		return {ok: false, errors: [`${error.at}:`, ...error.errors], at: error.at};
	}
	const output = result.transcript.filter(({kind}) => kind === 'answer').map(({text}) => text);
	return {...done(result.session, output), told: output, failed, ...(quit ? {quit} : {})};
}
