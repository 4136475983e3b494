import {runCommand} from '../debugger/command.ts';
import type {Session} from '../debugger/session.ts';
import {saying} from './targets.ts';
import type {ScreenState} from './view-state.ts';

/** Runs one line of the command language. What it answers is shown, unless the answer is that it moved. */
export function runLine(state: ScreenState, session: Session, line: string): ScreenState {
	const result = runCommand(session, line);
	if (!result.ok) return saying(state, result.errors.join(' '));
	if (result.quit) return {...state, exit: 0};
	const after = {...state, session: result.session};
	const hasMoved = result.session.position !== session.position;
	if (hasMoved || result.output.length === 0) return after;
	if (result.output.length === 1) return saying(after, result.output[0] ?? '');
	const overlay = {kind: 'output', title: line, lines: result.output, selected: 0} as const;
	return {...after, view: {...after.view, overlay}};
}

/** Runs the command of a key: it answers with a new stop, even at the ends of the recording. */
export function runKey(state: ScreenState, session: Session, command: string): ScreenState {
	const result = runCommand(session, command);
	return result.ok ? {...state, session: result.session} : saying(state, result.errors.join(' '));
}
