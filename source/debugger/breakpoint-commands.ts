import {parseBreakArguments} from './break-clauses.ts';
import {
	addBreakpoint,
	addWatch,
	type Changed,
	changeCommands,
	changeCondition,
	changeHitCondition,
	enableBreakpoint,
	removeBreakpoint,
	type Unchanged,
} from './breakpoint.ts';
import {hitCount} from './breakpoint-hits.ts';
import {offeredTargets} from './breakpoint-target.ts';
import {describeBreakpoint} from './breakpoint-view.ts';
import {
	type Command,
	type CommandResult,
	done,
	type Refusal,
	refused,
	refusedExpression,
	wholeNumber,
} from './command-row.ts';
import {tellHits} from './hits-table.ts';
import type {Session} from './session.ts';

function notChanged({errors, expression}: Unchanged, text: string): Refusal {
	return expression === undefined ? refused(...errors) : refusedExpression(text, expression);
}

function adding(what: 'break' | 'tbreak' | 'watch'): Command['run'] {
	return (session, _, text) => {
		const parsed = parseBreakArguments(text);
		if (!parsed.ok) return refused(parsed.error);
		const {target, clauses} = parsed;
		if (clauses.condition === '') return refused('Which condition?');
		if (what === 'watch' && target === '') return refused('Which expression?');
		const added =
			what === 'watch'
				? addWatch(session, target, clauses)
				: addBreakpoint(session, target, {...clauses, once: what === 'tbreak'});
		if (!added.ok) return notChanged(added, text);
		const word = what === 'watch' ? 'Watchpoint' : 'Breakpoint';
		return done(added.session, [`${word} ${describeBreakpoint(added.session, added.breakpoint)}.`]);
	};
}

/** Does the same to each breakpoint that is named by its number, or to all; to none if one is unknown. */
function forEach(change: (session: Session, id: number) => Changed, word: string): Command['run'] {
	return (session, args) => {
		const ids = args.length === 0 ? session.breakpoints.map(({id}) => `${id}`) : args;
		if (ids.length === 0) return refused('There are no breakpoints.');
		let changed = session;
		const output: string[] = [];
		for (const text of ids) {
			const id = wholeNumber(text, 1);
			if (id === null) return refused(`"${text}" is no number of a breakpoint.`);
			const result = change(changed, id);
			if (!result.ok) return refused(...result.errors);
			changed = result.session;
			output.push(`Breakpoint ${id} ${word}.`);
		}
		return done(changed, output);
	};
}

function told(changed: Changed, text: string): CommandResult {
	if (!changed.ok) return notChanged(changed, text);
	return done(changed.session, [
		`Breakpoint ${describeBreakpoint(changed.session, changed.breakpoint)}.`,
	]);
}

function condition(session: Session, args: readonly string[], text: string): CommandResult {
	const [first = ''] = args;
	const id = wholeNumber(first, 1);
	if (id === null) return refused(`"${first}" is no number of a breakpoint.`);
	const expression = text.slice(text.indexOf(first) + first.length).trim();
	return told(changeCondition(session, id, expression === '' ? null : expression), text);
}

/** A bare number counts from the position, as gdb's does; what comes of it is a fixed number of the hit. */
function ignore(session: Session, [first = '', ...rest]: readonly string[]): CommandResult {
	const breakpoint = session.breakpoints.find(({id}) => `${id}` === first);
	if (breakpoint === undefined)
		return refused(`There is no breakpoint ${first}.`.replace(' .', '.'));
	const text = rest.join('');
	const count = wholeNumber(text);
	if (text === '') return refused('Ignore how many hits?');
	if (count === 0) return told(changeHitCondition(session, breakpoint.id, null), text);
	const hits = count === null ? text : `>${hitCount(session, breakpoint) + count}`;
	return told(changeHitCondition(session, breakpoint.id, hits), text);
}

function collect(session: Session, args: readonly string[]): CommandResult {
	const last = session.breakpoints.at(-1)?.id;
	const ids = args.length === 0 ? [last ?? 0] : args.map((text) => wholeNumber(text, 1) ?? 0);
	for (const [index, id] of ids.entries()) {
		if (session.breakpoints.some((each) => each.id === id)) continue;
		return refused(`There is no breakpoint ${args[index] ?? 'yet'}.`);
	}
	const which = `breakpoint${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`;
	return done({...session, block: {ids, lines: []}}, [
		`Commands for ${which}, one a line. "end" ends them.`,
	]);
}

/** Takes a line of a block of commands: `end` gives the block to its breakpoints. */
export function collectLine(session: Session, line: string): CommandResult {
	const {block} = session;
	if (block === null) throw new Error('no commands are being collected');
	const text = line.trim();
	if (text === '' || text.startsWith('#')) return done(session);
	if (text !== 'end') {
		return done({...session, block: {...block, lines: [...block.lines, text]}});
	}
	let after: Session = {...session, block: null};
	for (const id of block.ids) {
		const changed = changeCommands(after, id, block.lines);
		if (changed.ok) after = changed.session;
	}
	return done(after);
}

function numbersOf({breakpoints}: Session): readonly string[] {
	return breakpoints.map(({id}) => `${id}`);
}

const breakArguments =
	'[function|event|node|device|line] NAME [hits >N] [log "TEXT"] [if CONDITION]';

/** Commands that change the breakpoints, or tell about one. */
export const breakpointCommands: readonly Command[] = [
	{
		name: 'break',
		aliases: ['b', 'br'],
		arguments: breakArguments,
		help: 'stop just after such an event, in either direction',
		group: 'break',
		offers: offeredTargets,
		run: adding('break'),
	},
	{
		name: 'tbreak',
		aliases: ['tb'],
		arguments: breakArguments,
		help: 'as break, but it is deleted where it stops',
		group: 'break',
		offers: offeredTargets,
		run: adding('tbreak'),
	},
	{
		name: 'watch',
		aliases: ['wa'],
		arguments: 'EXPRESSION [hits >N] [log "TEXT"] [if CONDITION]',
		help: 'stop just after its value changes, in either direction',
		group: 'break',
		offers: () => 'expression',
		run: adding('watch'),
	},
	{
		name: 'condition',
		aliases: ['cond'],
		arguments: 'NUMBER [CONDITION]',
		help: 'give a breakpoint another condition, or none',
		group: 'break',
		offers: (session, before) => (before.length === 0 ? numbersOf(session) : 'expression'),
		run: condition,
	},
	{
		name: 'ignore',
		aliases: [],
		arguments: 'NUMBER COUNT|>N|>=N|<N|=N|%N',
		help: 'pass so many hits from here on, or let only some count; 0 for none',
		group: 'break',
		offers: numbersOf,
		run: ignore,
	},
	{
		name: 'delete',
		aliases: ['d'],
		arguments: '[NUMBER…]',
		help: 'delete breakpoints, or all',
		group: 'break',
		offers: numbersOf,
		run: forEach(removeBreakpoint, 'deleted'),
	},
	{
		name: 'enable',
		aliases: ['en'],
		arguments: '[NUMBER…]',
		help: 'let breakpoints stop again, or all',
		group: 'break',
		offers: numbersOf,
		run: forEach((session, id) => enableBreakpoint(session, id, true), 'enabled'),
	},
	{
		name: 'disable',
		aliases: ['dis'],
		arguments: '[NUMBER…]',
		help: 'let breakpoints stop nothing, or all',
		group: 'break',
		offers: numbersOf,
		run: forEach((session, id) => enableBreakpoint(session, id, false), 'disabled'),
	},
	{
		name: 'commands',
		aliases: [],
		arguments: '[NUMBER…]',
		help: 'run the lines that follow, up to "end", where a breakpoint stops; the newest one without NUMBER',
		group: 'break',
		offers: numbersOf,
		run: collect,
	},
	{
		name: 'hits',
		aliases: [],
		arguments: 'NUMBER [EXPRESSION, …]',
		help: 'every hit of a breakpoint, with values there; goto NUMBER.HIT jumps to one',
		group: 'break',
		offers: (session, before) => (before.length === 0 ? numbersOf(session) : 'expression'),
		run: tellHits,
	},
];
