import {parseTarget} from './breakpoint-target.ts';
import {compileCondition, underline} from './expression.ts';
import type {Breakpoint, Session} from './session.ts';

/** The session after a change and the breakpoint it concerns; or why nothing changed, line by line. */
export type Changed =
	| {readonly ok: true; readonly session: Session; readonly breakpoint: Breakpoint}
	| {readonly ok: false; readonly errors: readonly string[]};

/** Sets a breakpoint at what `text` names: `pcim_intx`, `devres-add`, `node devm_irq_release`. */
export function addBreakpoint(session: Session, text: string, condition?: string): Changed {
	const parsed = parseTarget(session.recording, text);
	if (!parsed.ok) return {ok: false, errors: [parsed.error]};
	if (condition !== undefined) {
		const compiled = compileCondition(condition);
		if (!compiled.ok) return {ok: false, errors: underline(condition, compiled.error)};
	}
	const breakpoint: Breakpoint = {
		id: session.nextBreakpoint,
		target: parsed.target,
		enabled: true,
		condition: condition ?? null,
	};
	const breakpoints = [...session.breakpoints, breakpoint];
	const added = {...session, breakpoints, nextBreakpoint: breakpoint.id + 1};
	return {ok: true, session: added, breakpoint};
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
