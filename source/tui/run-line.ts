import {runCommand} from '../debugger/command.ts';
import type {Session} from '../debugger/session.ts';
import {parseWhy} from '../debugger/why-question.ts';
import {saying} from './targets.ts';
import type {ScreenState} from './view-state.ts';

/** Runs one line of the command language. What it answers is shown, unless the answer is that it moved. */
export function runLine(state: ScreenState, session: Session, line: string): ScreenState {
	const result = runCommand(session, line);
	if (!result.ok) {
		// A caret only means something below the text that it points into.
		const hasCaret = result.errors.some((error) => /^ *\^/.test(error));
		return answering(state, line, hasCaret ? result.errors : [result.errors.join(' ')]);
	}
	if (result.quit) return {...state, exit: 0};
	const after = {...state, session: result.session};
	const {asked} = result.session;
	if (asked !== undefined && asked !== session.asked) return explaining(after, session, asked.what);
	const hasMoved = result.session.position !== session.position;
	if (hasMoved || result.output.length === 0) return after;
	return answering(after, line, result.output);
}

/** One line stands where stops are explained; more lie over the panes, each whole. */
function answering(state: ScreenState, title: string, lines: readonly string[]): ScreenState {
	if (lines.length === 1) return saying(state, lines[0] ?? '');
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

/** Runs the command of a key: it answers with a new stop, even at the ends of the recording. */
export function runKey(state: ScreenState, session: Session, command: string): ScreenState {
	const result = runCommand(session, command);
	return result.ok ? {...state, session: result.session} : saying(state, result.errors.join(' '));
}
