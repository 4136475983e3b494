import type {Session} from './session.ts';

/** Headings of the help, in its order. */
export type CommandGroup = 'move' | 'break' | 'look' | 'other';

/** The session afterwards and what to print; or why nothing was done, line by line. */
export type CommandResult =
	| {
			readonly ok: true;
			readonly session: Session;

			/** Lines of text without line ends. */
			readonly output: readonly string[];

			/** The person wants to leave. */
			readonly quit?: true;
	  }
	| {readonly ok: false; readonly errors: readonly string[]};

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

	/** `args` are the words behind the name. */
	run(session: Session, args: readonly string[]): CommandResult;
};

/** Done, with these lines to print. */
export function done(session: Session, output: readonly string[] = []): CommandResult {
	return {ok: true, session, output};
}

/** Not done: the session stays as it is. */
export function refused(...errors: readonly string[]): CommandResult {
	return {ok: false, errors};
}

/** A whole number from `least` on, or null. */
export function wholeNumber(text: string, least = 0): number | null {
	if (!/^\d{1,15}$/.test(text)) return null;
	const value = Number(text);
	return value >= least ? value : null;
}
