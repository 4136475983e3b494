import {checkArguments} from '../command-line/check-arguments.ts';
import type {SubcommandName} from '../command-line/subcommands.ts';
import {exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';

/** Runs a subcommand on its operands, of which there are as many as its row says. */
type Runner = (operands: readonly string[], flags: Flags) => Promise<number>;

const runners: {readonly [name in SubcommandName]: Runner} = {
	'': async ([file], flags) => (await import('./open.ts')).open(file ?? null, flags),
	run: async ([file = ''], flags) => (await import('./run.ts')).run(file, flags),
	convert: async ([file = ''], flags) => (await import('./convert.ts')).convert(file, flags),
	check: async (files, flags) => (await import('./check.ts')).check(files, flags),
	diff: async ([a = '', b = ''], flags) => (await import('./diff.ts')).diff(a, b, flags),
	demo: async ([name], flags) => (await import('./demo.ts')).demo(name ?? null, flags),
	workshop: async (words, flags) => (await import('./workshop.ts')).workshop(words, flags),
	list: async (_, flags) => (await import('./list.ts')).list(flags),
	schema: async () => (await import('./schema.ts')).schema(),
	completion: async ([shell = '']) => (await import('./completion.ts')).completion(shell),
};

/** Runs the subcommand that the words name. */
export async function dispatch(
	words: readonly string[],
	flags: Flags,
	argv: readonly string[],
): Promise<number> {
	const checked = checkArguments(words, argv);
	if (!checked.ok) return tell(failure(exitCode.usage, checked.message, checked.hint));
	return runners[checked.name](checked.operands, flags);
}
