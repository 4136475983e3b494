import {type BreakpointTarget, parseTarget} from './breakpoint-target.ts';
import {compile, compileCondition, type ExpressionError, underline} from './expression.ts';
import {parseHitCondition} from './hit-condition.ts';
import {parseMessage} from './log-message.ts';
import {type Breakpoint, plainBreakpoint, type Session} from './session.ts';

/** An expression that was refused, and where. */
export type WrongExpression = {readonly text: string; readonly error: ExpressionError};

/** Why nothing changed, line by line. */
export type Unchanged = {
	readonly ok: false;
	readonly errors: readonly string[];

	/** Present where an expression is to blame. */
	readonly expression?: WrongExpression;
};

/** The session after a change and the breakpoint it concerns; or why nothing changed. */
export type Changed =
	| {readonly ok: true; readonly session: Session; readonly breakpoint: Breakpoint}
	| Unchanged;

/** What a breakpoint is besides its target, each as a text. All may stand together. */
export type Clauses = {
	/** An expression: only events for which it holds are hits. */
	readonly condition?: string | undefined;

	/** `>3`, `%2`, `=5`: which of the hits count. */
	readonly hits?: string | undefined;

	/** What to say instead of stopping. */
	readonly log?: string | undefined;

	/** Whether it is deleted where it stops. */
	readonly once?: boolean | undefined;
};

function wrong(text: string, error: ExpressionError): Unchanged {
	return {ok: false, errors: underline(text, error), expression: {text, error}};
}

/** Null where each clause means something. */
function checkClauses({condition, hits, log}: Clauses): Unchanged | null {
	if (condition !== undefined) {
		const compiled = compileCondition(condition);
		if (!compiled.ok) return wrong(condition, compiled.error);
	}
	if (hits !== undefined && parseHitCondition(hits) === null) {
		return {ok: false, errors: [`"${hits}" is no count of hits. Write >3, %2 or =5.`]};
	}
	if (log !== undefined) {
		const parsed = parseMessage(log);
		if (!parsed.ok) return wrong(parsed.expression, parsed.error);
	}
	return null;
}

function add(session: Session, target: BreakpointTarget, clauses: Clauses): Changed {
	const refused = checkClauses(clauses);
	if (refused !== null) return refused;
	const {condition = null, hits, log = null, once = false} = clauses;
	const breakpoint: Breakpoint = {
		...plainBreakpoint,
		id: session.nextBreakpoint,
		target,
		condition,
		hitCondition: hits === undefined ? null : parseHitCondition(hits),
		log,
		once,
	};
	const breakpoints = [...session.breakpoints, breakpoint];
	const added = {...session, breakpoints, nextBreakpoint: breakpoint.id + 1};
	return {ok: true, session: added, breakpoint};
}

/** Sets a breakpoint at what `text` names: `pcim_intx`, `devres-add`, `node devm_irq_release`, `line 42`. */
export function addBreakpoint(session: Session, text: string, clauses: Clauses = {}): Changed {
	const parsed = parseTarget(session.recording, text);
	return parsed.ok ? add(session, parsed.target, clauses) : {ok: false, errors: [parsed.error]};
}

/** Sets a breakpoint that stops wherever the value of an expression changes. */
export function addWatch(session: Session, expression: string, clauses: Clauses = {}): Changed {
	const compiled = compile(expression);
	if (!compiled.ok) return wrong(expression, compiled.error);
	return add(session, {kind: 'watch', name: expression}, clauses);
}

function changeOne(
	session: Session,
	id: number,
	change: (breakpoint: Breakpoint) => readonly Breakpoint[],
): Changed {
	const breakpoint = session.breakpoints.find((each) => each.id === id);
	if (breakpoint === undefined) return {ok: false, errors: [`There is no breakpoint ${id}.`]};
	const breakpoints = session.breakpoints.flatMap((each) =>
		each.id === id ? change(each) : [each],
	);
	const changed = breakpoints.find((each) => each.id === id) ?? breakpoint;
	return {ok: true, session: {...session, breakpoints}, breakpoint: changed};
}

/** Answers with the breakpoint that is gone. */
export function removeBreakpoint(session: Session, id: number): Changed {
	return changeOne(session, id, () => []);
}

/** A breakpoint that is not enabled stays in the list and stops nothing. */
export function enableBreakpoint(session: Session, id: number, enabled: boolean): Changed {
	return changeOne(session, id, (breakpoint) => [{...breakpoint, enabled}]);
}

/** Enables what is disabled and the reverse. The breakpoint stays in the list. */
export function toggleBreakpoint(session: Session, id: number): Changed {
	return changeOne(session, id, (breakpoint) => [{...breakpoint, enabled: !breakpoint.enabled}]);
}

/** Gives a breakpoint another condition; null takes it away. */
export function changeCondition(session: Session, id: number, condition: string | null): Changed {
	const refused = checkClauses({condition: condition ?? undefined});
	return refused ?? changeOne(session, id, (breakpoint) => [{...breakpoint, condition}]);
}

/** Says which hits of a breakpoint count, as `>3`; null for all. */
export function changeHitCondition(session: Session, id: number, hits: string | null): Changed {
	const refused = checkClauses({hits: hits ?? undefined});
	const hitCondition = hits === null ? null : parseHitCondition(hits);
	return refused ?? changeOne(session, id, (breakpoint) => [{...breakpoint, hitCondition}]);
}

/** Gives a breakpoint lines of the command language to run where it stops; none takes them away. */
export function changeCommands(session: Session, id: number, commands: readonly string[]): Changed {
	return changeOne(session, id, (breakpoint) => [{...breakpoint, commands}]);
}
