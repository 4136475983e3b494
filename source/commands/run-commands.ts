import {runCommand} from '../debugger/command.ts';
import type {FailedCheck} from '../debugger/command-row.ts';
import {
	runScript,
	type Script,
	type ScriptResult,
	type TranscriptLine,
} from '../debugger/script.ts';
import type {Session} from '../debugger/session.ts';
import {cleanText} from '../recording/clean-text.ts';
import {readCommands} from './environment.ts';
import {type ExitCode, exitCode, type Failure, failure} from './failure.ts';
import type {CommandSource} from './flags.ts';

/** What came of the commands of the command line. */
export type CommandsRun = {
	/** Afterwards. */
	readonly session: Session;

	/** What was run and answered. */
	readonly transcript: readonly TranscriptLine[];

	/** Assertions that don't hold. */
	readonly failed: readonly FailedCheck[];

	/** The line that was refused, or the file that can't be read; null for none. Nothing ran behind it. */
	readonly error: Failure | null;

	/** A command asked to leave: nothing ran behind it. */
	readonly quit: boolean;
};

/**
The scripts to run. Neighbouring single commands are one script, so that a block may go over several; their line is
their number, as in `-e:2:5`.
*/
function scriptsOf(sources: readonly CommandSource[]): readonly (Script | Failure)[] {
	const scripts: (Script | Failure)[] = [];
	let single: string[] = [];
	let before: CommandSource['kind'] = 'file';
	for (const {kind, text} of sources) {
		if (kind === 'file') {
			const read = readCommands(text);
			scripts.push(
				read.ok
					? {name: cleanText(text), lines: read.text.split('\n')}
					: failure(exitCode.usage, read.error),
			);
		} else {
			const earlier = before === 'command' ? single : single.map(() => '');
			single = [...earlier, cleanText(text)];
			if (before === 'command') scripts.pop();
			scripts.push({name: '-e', lines: single});
		}
		before = kind;
	}
	return scripts;
}

/** `check.dbg:3:7: what is wrong`, and below it an expression with a caret under the place. */
function problemText({at, errors}: NonNullable<ScriptResult['error']>): string {
	const [first, second, ...rest] = errors;
	const caret = /^(?<caret> *\^) (?<message>.*)$/.exec(second ?? '')?.groups;
	if (caret === undefined) return `${at}: ${errors.join('\n  ')}`;
	return [`${at}: ${caret['message']}`, first, caret['caret'], ...rest].join('\n  ');
}

/** Runs files of commands and single ones, in order, until one is refused. */
export function runCommands(given: Session, sources: readonly CommandSource[]): CommandsRun {
	let session = given;
	const transcript: TranscriptLine[] = [];
	const failed: FailedCheck[] = [];
	const ended = (error: Failure | null, quit: boolean): CommandsRun => ({
		session,
		transcript,
		failed,
		error,
		quit,
	});
	for (const script of scriptsOf(sources)) {
		if ('ok' in script) return ended(script, false);
		const result = runScript(session, script, runCommand);
		({session} = result);
		transcript.push(...result.transcript);
		failed.push(...result.failed);
		if (result.error !== null) {
			return ended(failure(exitCode.usage, problemText(result.error)), false);
		}
		if (result.quit) return ended(null, true);
	}
	return ended(null, false);
}

/** Tells what went wrong, each with its place, and gives the code to exit with. */
export function tellProblems({failed, error}: CommandsRun): ExitCode {
	for (const {at, text} of failed) process.stderr.write(`${at}: ${text}\n`);
	if (error !== null) process.stderr.write(error.message);
	if (error !== null) return error.exitCode;
	return failed.length === 0 ? exitCode.fine : exitCode.failed;
}
