import {
	type Command,
	type CommandResult,
	done,
	refused,
	refusedExpression,
	wholeNumber,
} from './command-row.ts';
import {compile, printValue} from './expression.ts';
import type {Display, Session} from './session.ts';

/** The value of a displayed expression at a position; `no value` where it has none. */
export function displayedValue(session: Session, {expression}: Display, position: number): string {
	const compiled = compile(expression);
	if (!compiled.ok) return 'no value';
	const evaluated = compiled.expression.evaluate(session.recording, position);
	return evaluated.ok ? printValue(evaluated.value) : 'no value';
}

/** `1: fn = "pcim_intx"` for each display, at the session's position. */
export function describeDisplays(session: Session): readonly string[] {
	return session.displays.map((each) => {
		const value = displayedValue(session, each, session.position);
		return `${each.id}: ${each.expression} = ${value}`;
	});
}

function display(session: Session, _: readonly string[], text: string): CommandResult {
	if (text === '') {
		const lines = describeDisplays(session);
		return done(session, lines.length === 0 ? ['Nothing is displayed.'] : lines);
	}
	const compiled = compile(text);
	if (!compiled.ok) return refusedExpression(text, {text, error: compiled.error});
	const added = {id: session.nextDisplay, expression: text};
	const displays = [...session.displays, added];
	const after = {...session, displays, nextDisplay: added.id + 1};
	return done(after, describeDisplays({...after, displays: [added]}));
}

function undisplay(session: Session, args: readonly string[]): CommandResult {
	const {displays} = session;
	if (displays.length === 0) return refused('Nothing is displayed.');
	const ids = args.map((text) => wholeNumber(text, 1));
	const wrong = args.find((_, index) => !displays.some(({id}) => id === ids[index]));
	if (wrong !== undefined) return refused(`There is no display ${wrong}.`);
	const left = args.length === 0 ? [] : displays.filter(({id}) => !ids.includes(id));
	return done({...session, displays: left});
}

/** Commands about what is told at every stop. */
export const displayCommands: readonly Command[] = [
	{
		name: 'display',
		aliases: [],
		arguments: '[EXPRESSION]',
		help: 'tell the value of an expression now and at every stop',
		group: 'look',
		offers: () => 'expression',
		run: display,
	},
	{
		name: 'undisplay',
		aliases: [],
		arguments: '[NUMBER…]',
		help: 'no longer tell these, or any',
		group: 'look',
		offers: ({displays}) => displays.map(({id}) => `${id}`),
		run: undisplay,
	},
];
