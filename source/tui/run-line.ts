import {runCommand} from '../debugger/command.ts';
import type {CommandResult} from '../debugger/command-row.ts';
import type {Session} from '../debugger/session.ts';
import {parseWhy} from '../debugger/why-question.ts';
import {saying} from './targets.ts';
import type {ScreenState} from './view-state.ts';

/** Columns up to which a caret is drawn above the line that it points into. */
const widestCaret = 70;

/** Letters of an answer that fit into one line of the narrowest usual screen. */
const shortAnswer = 76;

/** Stands above the prompt: the first error, at the place in the line that it is about. */
function errorText(errors: readonly string[], column: number | undefined): string {
	const caret = /^ *\^ (?<message>.*)$/.exec(errors[1] ?? '')?.groups;
	const message = caret?.['message'] ?? errors.join(' ');
	if (caret === undefined || column === undefined) return message;
	if (column > widestCaret / 2) return `column ${column}: ${message}`;
	return `${' '.repeat(column)}v ${message}`;
}

/**
Runs one line of the command language. What it answers is shown, unless the answer is that it moved; a line that is
refused stays in the prompt, to be mended.
*/
export function runLine(state: ScreenState, session: Session, line: string): ScreenState {
	return showResult(state, session, line, runCommand(session, line));
}

/** Shows what came of a line that a session ran. */
export function showResult(
	state: ScreenState,
	session: Session,
	line: string,
	result: CommandResult,
): ScreenState {
	if (!result.ok) {
		const prompt = {kind: 'command', text: line} as const;
		const kept = {...state, view: {...state.view, prompt}};
		return saying(kept, errorText(result.errors, result.column));
	}
	if (result.quit) return {...state, exit: 0};
	const after = {...state, session: result.session};
	const {asked} = result.session;
	if (asked !== undefined && asked !== session.asked) return explaining(after, session, asked.what);
	const answer = result.move === undefined ? result.output : (result.told ?? []);
	const answered =
		answer.length === 0 ? after : answering(after, line, answer, result.session !== session);
	if (result.session.block === null) return answered;
	return {...answered, view: {...answered.view, prompt: {kind: 'command', text: ''}}};
}

/**
One line stands where stops are explained; more lie over the panes, each whole.

A long line may be cut where it only confirms what was done, and a list shows it again.
*/
function answering(
	state: ScreenState,
	title: string,
	lines: readonly string[],
	changed: boolean,
): ScreenState {
	const [first = ''] = lines;
	if (lines.length === 1 && (changed || first.length <= shortAnswer)) return saying(state, first);
	const overlay = {kind: 'output', title, lines, selected: 0} as const;
	return {...state, view: {...state.view, overlay}};
}

/** An answer to why: its steps can be jumped to. */
function explaining(state: ScreenState, session: Session, what: string): ScreenState {
	const parsed = parseWhy(session, what === '' ? [] : what.split(' '));
	if (!parsed.ok) return saying(state, parsed.error);
	const overlay = {kind: 'why', question: parsed.question, selected: 0} as const;
	return {...state, view: {...state.view, overlay}};
}

/**
Runs the command of a key: it answers with a new stop, even at the ends of the recording.

What breakpoints have to say takes one line, lest every key has to close something.
*/
export function runKey(state: ScreenState, session: Session, command: string): ScreenState {
	const result = runCommand(session, command);
	if (!result.ok) return saying(state, result.errors[0] ?? '');
	const after = {...state, session: result.session};
	const told = result.told ?? [];
	const more =
		told.length === 1 ? '' : `   (${told.length - 1} more before it: ":${command}" shows all)`;
	return told.length === 0 ? after : saying(after, `${told.at(-1)}${more}`);
}
