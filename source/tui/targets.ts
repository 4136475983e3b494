import {
	addBreakpoint,
	addWatch,
	enableBreakpoint,
	removeBreakpoint,
} from '../debugger/breakpoint.ts';
import {hitsOf} from '../debugger/breakpoint-hits.ts';
import {firstFrom, none} from '../debugger/call-index.ts';
import type {Session} from '../debugger/session.ts';
import {goTo} from '../debugger/step.ts';
import type {BreakAt, Target} from './pane-list.ts';
import type {ScreenState} from './view-state.ts';

/** Says something in the line under the panes. */
export function saying(state: ScreenState, message: string): ScreenState {
	return {...state, view: {...state.view, message}};
}

function toNextHit(session: Session, id: number): Session {
	const breakpoint = session.breakpoints.find((each) => each.id === id);
	if (breakpoint === undefined) return session;
	const hits = hitsOf(session.recording, breakpoint);
	const next = firstFrom(hits, session.position);
	const hit = next === none ? hits[0] : next;
	return hit === undefined ? session : goTo(session, hit + 1);
}

/** Follows a row: jumps to its place in the recording, or opens the story of its node. */
export function follow(state: ScreenState, session: Session, target: Target | null): ScreenState {
	switch (target?.kind) {
		case undefined:
			return saying(state, 'There is nothing to jump to in this row.');
		case 'position':
			return {...state, session: goTo(session, target.position)};
		case 'breakpoint':
			return {...state, session: toNextHit(session, target.id)};
		case 'finding': {
			const overlay = {kind: 'finding', index: target.index, selected: null} as const;
			return {...state, view: {...state.view, overlay}};
		}
		case 'node': {
			const {id} = target;
			const overlay = {kind: 'story', id, selected: 0} as const;
			return {...state, view: {...state.view, overlay, node: id}};
		}
	}
}

/** Sets a breakpoint at what a row names; clears it where there is one. */
export function toggleBreakpointAt(
	state: ScreenState,
	session: Session,
	at: BreakAt | null,
): ScreenState {
	if (at === null) return saying(state, 'There is nothing to break at in this row.');
	const existing = session.breakpoints.find(
		({target}) => target.kind === at.kind && target.name === at.name,
	);
	const changed =
		existing === undefined
			? addBreakpoint(session, `${at.kind} ${at.name}`)
			: removeBreakpoint(session, existing.id);
	if (!changed.ok) return saying(state, changed.errors[0] ?? '');
	const {id, target} = changed.breakpoint;
	const done = existing === undefined ? 'set at' : 'cleared at';
	return saying({...state, session: changed.session}, `breakpoint ${id} ${done} ${target.name}`);
}

/** Watches an expression; no longer where it is watched already. */
export function toggleWatch(state: ScreenState, session: Session, expression: string): ScreenState {
	const existing = session.breakpoints.find(
		({target}) => target.kind === 'watch' && target.name === expression,
	);
	const changed =
		existing === undefined ? addWatch(session, expression) : removeBreakpoint(session, existing.id);
	if (!changed.ok) return saying(state, changed.errors[0] ?? '');
	const {id} = changed.breakpoint;
	const text =
		existing === undefined ? `watchpoint ${id}: stops where` : `watchpoint ${id} cleared:`;
	return saying({...state, session: changed.session}, `${text} ${expression} changes`);
}

/** Switches a breakpoint off or on. */
export function switchBreakpoint(state: ScreenState, session: Session, id: number): ScreenState {
	const breakpoint = session.breakpoints.find((each) => each.id === id);
	if (breakpoint === undefined) return state;
	const changed = enableBreakpoint(session, id, !breakpoint.enabled);
	if (!changed.ok) return saying(state, changed.errors[0] ?? '');
	const now = breakpoint.enabled ? 'off' : 'on';
	return saying({...state, session: changed.session}, `breakpoint ${id} is ${now}`);
}
