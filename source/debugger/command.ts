import {withAsides, withCommands} from './after-move.ts';
import {breakpointCommands, collectLine} from './breakpoint-commands.ts';
import {checkCommands} from './check-commands.ts';
import {
	type Command,
	type CommandGroup,
	type CommandResult,
	done,
	type Refusal,
	refused,
} from './command-row.ts';
import {type Completion, completeExpression, completeWord, noCompletion} from './completion.ts';
import {lookCommands} from './look-commands.ts';
import {markCommands} from './mark-commands.ts';
import {moveCommands} from './move-commands.ts';
import {findByName} from './name-lookup.ts';
import {rerunCommands} from './rerun-commands.ts';
import {sourceFile} from './script.ts';
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
	...markCommands,
	...rerunCommands,
	...checkCommands,
	{
		name: 'source',
		aliases: [],
		arguments: 'FILE',
		help: 'run a file of commands',
		group: 'other',
		run: (session, _, text, depth) =>
			sourceFile(session, text, depth, (each, line) => runDeep(each, line, depth + 1)),
	},
	{
		name: 'help',
		aliases: ['h', '?'],
		arguments: '[COMMAND]',
		help: 'the commands, or one of them',
		group: 'other',
		offers: () => commands.map(({name}) => name),
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

/** What may stand at the end of a line, in place of what was begun there. */
export function completions(session: Session, line: string): Completion {
	const {name, nameStart, text, textStart} = partsOf(line);
	if (textStart === line.length && text === '' && !/\s$/.test(line)) {
		return completeWord(
			line,
			nameStart,
			commands.map((each) => each.name),
		);
	}
	const found = findByName(commands, name, 'command');
	if (!found.ok || found.row.offers === undefined) return noCompletion;
	const typed = line.slice(textStart);
	const begun = typed.split(/\s/).at(-1) ?? '';
	const before = wordsOf(typed.slice(0, typed.length - begun.length));
	const offered = found.row.offers(session, before);
	if (offered === 'expression') return completeExpression(session.recording, line, textStart);
	return completeWord(line, line.length - begun.length, offered);
}

/** A line in its parts: the name as a word and where it stands, and what is behind it. */
type Parts = {
	readonly name: string;
	readonly nameStart: number;
	readonly text: string;
	readonly textStart: number;
};

/** `reverse next` and `rev n` are `reverse-next`. */
function partsOf(line: string): Parts {
	const reversed = /^\s*(?:reverse|rev)\s+(\S+)\s*/.exec(line);
	const forward =
		reversed?.[1] === undefined ? null : findByName(reversible, reversed[1], 'command');
	const [all, lead = '', word = ''] = /^(\s*)(\S*)\s*/.exec(line) ?? [''];
	const isReversed = reversed !== null && forward?.ok === true;
	const textStart = isReversed ? reversed[0].length : all.length;
	return {
		name: isReversed ? `reverse-${forward.row.name}` : word,
		nameStart: lead.length,
		text: line.slice(textStart).trimEnd(),
		textStart,
	};
}

/** Moves that go either way. */
const reversible = moveCommands.filter(({name}) =>
	moveCommands.some((other) => other.name === `reverse-${name}`),
);

/** Words between blanks; what stands in quotation marks keeps its blanks. */
function wordsOf(text: string): readonly string[] {
	return text.match(/(?:"[^"]*"|\S)+/g) ?? [];
}

/** A line among those of a block; one that is no command is refused at once, not where the breakpoint stops. */
function runInBlock(session: Session, line: string): CommandResult {
	const {name, nameStart} = partsOf(line);
	if (name !== '' && !name.startsWith('#') && name !== 'end') {
		const found = findByName(commands, name, 'command');
		if (!found.ok) return {...refused(found.error), column: nameStart + 1};
		if (found.row.name === 'commands') return refused('One block of commands at a time.');
	}
	return collectLine(session, line);
}

/** Runs one line, without the commands of the breakpoints that it stops at. */
function runAlone(session: Session, line: string, depth: number): CommandResult {
	if (session.block !== null) return runInBlock(session, line);
	const {name, nameStart, text, textStart} = partsOf(line);
	if (name === '' || name.startsWith('#')) return done(session);
	const found = findByName(commands, name, 'command');
	if (!found.ok) return {...refused(found.error), column: nameStart + 1};
	const {row} = found;
	const start = text === '' ? nameStart : textStart;
	const placed = (refusal: Refusal): Refusal => {
		const column = refusal.column === undefined ? start + 1 : textStart + refusal.column;
		return {...refusal, column};
	};
	if (row.arguments === '' && text !== '') {
		return placed(refused(`"${row.name}" takes no arguments.`));
	}
	const result = row.run(session, wordsOf(text), text, depth);
	if (result.ok) return withAsides(session, result);
	const usage =
		row.arguments === '' || result.at !== undefined ? [] : [`Usage: ${row.name} ${row.arguments}`];
	return placed({...result, errors: [...result.errors, ...usage]});
}

function runDeep(session: Session, line: string, depth: number): CommandResult {
	const result = runAlone(session, line, depth);
	if (!result.ok) return result;
	return withCommands(result, (each, inner) => runAlone(each, inner, depth + 1));
}

/**
Runs a line as a person types it. Nothing moves when it is not understood.

An empty line does nothing: whoever reads the lines decides whether it repeats the last one. While the session collects
a block of commands, a line becomes one of them.
*/
export function runCommand(session: Session, line: string): CommandResult {
	return runDeep(session, line, 0);
}
