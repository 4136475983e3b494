import type {WrongExpression} from './breakpoint.ts';
import {underline} from './expression.ts';
import type {Session} from './session.ts';

/** Headings of the help, in its order. */
export type CommandGroup = 'move' | 'break' | 'look' | 'other';

/** A check of the reader's own that does not hold. */
export type FailedCheck = {
	/** `check.dbg:12`; null where the line was typed. */
	readonly at: string | null;

	/** What does not hold, in one line. */
	readonly text: string;
};

/** Nothing was done, and why. */
export type Refusal = {
	readonly ok: false;

	/** Line by line. */
	readonly errors: readonly string[];

	/** 1-based column in the line that the first error is about; absent where nobody knows. */
	readonly column?: number;

	/** `check.dbg:12:3`, where the line came from a file that was read on the way. */
	readonly at?: string;
};

/** Done: the session afterwards and what to print. */
export type Done = {
	readonly ok: true;
	readonly session: Session;

	/** Lines of text without line ends. */
	readonly output: readonly string[];

	/** What of the output is no description of the stop: log messages, and what commands of breakpoints print. */
	readonly told?: readonly string[];

	/** It was a move: the stop is described. A jump passes log messages unsaid. */
	readonly move?: 'run' | 'jump';

	/** Position that the move began at; absent for that of the session before. */
	readonly from?: number;

	/** The person wants to leave. */
	readonly quit?: true;

	/** Assertions that don't hold. */
	readonly failed?: readonly FailedCheck[];
};

/** What came of a command. */
export type CommandResult = Done | Refusal;

/** A command, whoever gives it: prompt, key, command file or line mode. */
export type Command = {
	/** What the prompt and files of commands call it. */
	readonly name: string;

	/** Short forms, as gdb has them. */
	readonly aliases: readonly string[];

	/** `[COUNT]`, `TARGET [if CONDITION]`; empty for none. */
	readonly arguments: string;

	/** One line, lower case, without a full stop. */
	readonly help: string;
	readonly group: CommandGroup;

	/**
	Words that may stand where one is being typed, behind those before it, for completion; absent where only the person
	knows.
	*/
	offers?(session: Session, before: readonly string[]): Iterable<string> | 'expression';

	/**
	`args` are the words behind the name, `text` is the same as it was typed; `depth` counts the files and blocks of
	commands that the line stands in.
	*/
	run(session: Session, args: readonly string[], text: string, depth: number): CommandResult;
};

/** Done, with these lines to print. */
export function done(session: Session, output: readonly string[] = []): Done {
	return {ok: true, session, output};
}

/** Not done: the session stays as it is. */
export function refused(...errors: readonly string[]): Refusal {
	return {ok: false, errors};
}

/** Not done because of an expression, which stands somewhere in the line: `text` is the line behind the command's name. */
export function refusedExpression(
	text: string,
	{text: expression, error}: WrongExpression,
): Refusal {
	const start = Math.max(0, text.indexOf(expression));
	return {ok: false, errors: underline(expression, error), column: start + error.column};
}

/** A whole number from `least` on, or null. */
export function wholeNumber(text: string, least = 0): number | null {
	if (!/^\d{1,15}$/.test(text)) return null;
	const value = Number(text);
	return value >= least ? value : null;
}
