import {breakpointCommands} from './breakpoint-commands.ts';
import {type Command, type CommandGroup, type CommandResult, done, refused} from './command-row.ts';
import {lookCommands} from './look-commands.ts';
import {moveCommands} from './move-commands.ts';
import {findByName} from './name-lookup.ts';
import type {Session} from './session.ts';
import {whyCommands} from './why-command.ts';

export type {Command, CommandGroup, CommandResult} from './command-row.ts';

const groupTitles: {readonly [group in CommandGroup]: string} = {
	move: 'Moving',
	break: 'Breakpoints',
	look: 'Looking',
	other: 'Others',
};

/** `next, n [COUNT]: over a call, forwards`. */
function describeCommand(command: Command): string {
	const names = [command.name, ...command.aliases].join(', ');
	return `${names}${command.arguments === '' ? '' : ` ${command.arguments}`}: ${command.help}`;
}

function help(session: Session, [name]: readonly string[]): CommandResult {
	if (name !== undefined) {
		const found = findByName(commands, name, 'command');
		return found.ok ? done(session, [describeCommand(found.row)]) : refused(found.error);
	}
	const groups = (Object.keys(groupTitles) as CommandGroup[]).flatMap((group) => [
		`${groupTitles[group]}:`,
		...commands.filter((each) => each.group === group).map((each) => `  ${describeCommand(each)}`),
	]);
	return done(session, groups);
}

/** Every command of the product, once: prompt, keys, line mode, command files and documentation use it. */
export const commands: readonly Command[] = [
	...moveCommands,
	...breakpointCommands,
	...lookCommands,
	...whyCommands,
	{
		name: 'help',
		aliases: ['h', '?'],
		arguments: '[COMMAND]',
		help: 'the commands, or one of them',
		group: 'other',
		run: help,
	},
	{
		name: 'quit',
		aliases: ['q', 'exit'],
		arguments: '',
		help: 'leave',
		group: 'other',
		run: (session) => ({ok: true, session, output: [], quit: true}),
	},
];

/** `reverse next` and `rev n` are `reverse-next`. */
function joinReverse(words: readonly string[]): readonly string[] {
	const [first = '', second = '', ...rest] = words;
	if (first !== 'reverse' && first !== 'rev') return words;
	const forward = findByName(
		moveCommands.filter(({name}) => !name.includes('-')),
		second,
		'command',
	);
	return forward.ok && second !== '' ? [`reverse-${forward.row.name}`, ...rest] : words;
}

/** Words between blanks; what stands in quotation marks keeps its blanks. */
function wordsOf(line: string): readonly string[] {
	return line.match(/(?:"[^"]*"|\S)+/g) ?? [];
}

/**
Runs a line as a person types it. Nothing moves when it is not understood.

An empty line does nothing: whoever reads the lines decides whether it repeats the last one.
*/
export function runCommand(session: Session, line: string): CommandResult {
	const [name = '', ...args] = joinReverse(wordsOf(line));
	if (name === '') return done(session);
	const found = findByName(commands, name, 'command');
	if (!found.ok) return refused(found.error);
	const {row} = found;
	if (row.arguments === '' && args.length > 0) return refused(`"${row.name}" takes no arguments.`);
	const result = row.run(session, args);
	return result.ok || row.arguments === ''
		? result
		: {ok: false, errors: [...result.errors, `Usage: ${row.name} ${row.arguments}`]};
}
