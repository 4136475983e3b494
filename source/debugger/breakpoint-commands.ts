import {addBreakpoint, type Changed, enableBreakpoint, removeBreakpoint} from './breakpoint.ts';
import {conditionError, hitCount, hitsOf} from './breakpoint-hits.ts';
import {type Command, type CommandResult, done, refused, wholeNumber} from './command-row.ts';
import type {Breakpoint, Session} from './session.ts';

/** `1 function pcim_intx if depth > 3, hit 1 of 2`. */
export function describeBreakpoint(session: Session, breakpoint: Breakpoint): string {
	const {id, target, condition, enabled} = breakpoint;
	const when = condition === null ? '' : ` if ${condition}`;
	const wrong = conditionError(session.recording, breakpoint);
	const hits = `hit ${hitCount(session, breakpoint)} of ${hitsOf(session.recording, breakpoint).length}`;
	const state = wrong === null ? hits : `no hits, ${wrong}`;
	return `${id} ${target.kind} ${target.name}${when}, ${state}${enabled ? '' : ', disabled'}`;
}

function add(session: Session, args: readonly string[]): CommandResult {
	const split = args.indexOf('if');
	const target = (split === -1 ? args : args.slice(0, split)).join(' ');
	const condition = split === -1 ? undefined : args.slice(split + 1).join(' ');
	const added = addBreakpoint(session, target, condition);
	if (!added.ok) return refused(...added.errors);
	return done(added.session, [
		`Breakpoint ${describeBreakpoint(added.session, added.breakpoint)}.`,
	]);
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

/** Commands that change the breakpoints. */
export const breakpointCommands: readonly Command[] = [
	{
		name: 'break',
		aliases: ['b', 'br'],
		arguments: '[function|event|node] NAME [if CONDITION]',
		help: 'stop just after such an event, in either direction',
		group: 'break',
		run: add,
	},
	{
		name: 'delete',
		aliases: ['d'],
		arguments: '[NUMBER…]',
		help: 'delete breakpoints, or all',
		group: 'break',
		run: forEach(removeBreakpoint, 'deleted'),
	},
	{
		name: 'enable',
		aliases: ['en'],
		arguments: '[NUMBER…]',
		help: 'let breakpoints stop again, or all',
		group: 'break',
		run: forEach((session, id) => enableBreakpoint(session, id, true), 'enabled'),
	},
	{
		name: 'disable',
		aliases: ['dis'],
		arguments: '[NUMBER…]',
		help: 'let breakpoints stop nothing, or all',
		group: 'break',
		run: forEach((session, id) => enableBreakpoint(session, id, false), 'disabled'),
	},
];
