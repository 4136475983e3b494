import {runCommand} from '../debugger/command.ts';
import {compile} from '../debugger/expression.ts';
import {runScript, type Script} from '../debugger/script.ts';
import {createSession, type Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';

/** Where commands lead, or why they lead nowhere. */
export type Stand =
	| {readonly ok: true; readonly session: Session}
	| {readonly ok: false; readonly at: string; readonly errors: readonly string[]};

/** A session at the start, without the breakpoints that the recording's author suggests. */
export function bareSession(recording: Recording): Session {
	return {...createSession(recording), breakpoints: [], nextBreakpoint: 1};
}

/** Runs commands to their end. */
export function standAfter(session: Session, script: Script): Stand {
	const result = runScript(session, script, runCommand);
	if (result.error !== null) return {ok: false, ...result.error};
	return {ok: true, session: result.session};
}

/** Value of an expression where a session stands. */
export function valueAt({recording, position}: Session, text: string) {
	const compiled = compile(text);
	return compiled.ok ? compiled.expression.evaluate(recording, position) : compiled;
}

/** Whether a condition holds where a session stands; one without a value does not. */
export function holdsAt(session: Session, condition: string): boolean {
	const value = valueAt(session, condition);
	return value.ok && value.value === true;
}
