import {findHits} from '../debugger/breakpoint-hits.ts';
import {grown} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import {attempt, type Search} from '../recording/search.ts';
import {press} from './press.ts';
import type {Screen} from './screen.ts';
import type {Searching} from './search-view.ts';
import {saying} from './targets.ts';
import type {ScreenState} from './view-state.ts';

type Change = (state: ScreenState) => ScreenState;

/** Keys that wait for a search; more are nobody's plan. */
const mostWaiting = 2000;

/** Changes the screen, with all the hits that it shows; or begins the search which that takes. */
function changed(state: ScreenState, change: Change): ScreenState {
	const attempted = attempt(() => {
		const after = change(state);
		if (after.session !== null && after.session !== state.session) findHits(after.session);
		return after;
	});
	if (attempted.ok) return attempted.result;
	return {
		...state,
		searching: {search: attempted.search, change, waiting: [], grown: null, share: null},
	};
}

function changedInTurn(state: ScreenState, [change, ...rest]: readonly Change[]): ScreenState {
	if (change === undefined) return state;
	const after = changed(state, change);
	const {searching = null} = after;
	if (searching === null) return changedInTurn(after, rest);
	return {...after, searching: {...searching, waiting: rest}};
}

function waitingFor(
	state: ScreenState,
	searching: Searching<ScreenState>,
	change: Change,
): ScreenState {
	const waiting = [...searching.waiting, change].slice(0, mostWaiting);
	return {...state, searching: {...searching, waiting}};
}

/**
The screen of a recording that has grown, if it has. That waits for a search: it would begin anew each time, and not end
before the log does.
*/
export function withGrown(state: ScreenState, recording: Recording | null): ScreenState {
	const {session, searching = null} = state;
	if (session === null || recording === null) return state;
	if (searching !== null) return {...state, searching: {...searching, grown: recording}};
	return {...state, session: grown(session, recording)};
}

/** What one key does; what takes long is searched for first. Meanwhile Escape and Ctrl+C stop that, and other keys wait. */
export function pressOrSearch(state: ScreenState, key: string, screen: Screen): ScreenState {
	const {searching = null, searchEnded: isOver = false} = state;
	const change: Change = (before) => press(before, key, screen);
	if (searching === null) {
		const before = isOver ? {...state, searchEnded: false} : state;
		if (!isOver || key !== 'ctrl-c') return changed(before, change);
		return saying(before, 'The search is over; Ctrl+C again leaves.');
	}
	if (key !== 'escape' && key !== 'ctrl-c') return waitingFor(state, searching, change);
	const stopped = withGrown({...state, searching: null}, searching.grown);
	return saying(stopped, 'The search was stopped: nothing has changed.');
}

/** The screen once a search is over: what needed it happens, and then what waited. */
export function searchEnded(state: ScreenState, search: Search): ScreenState {
	const {searching = null} = state;
	if (searching?.search !== search) return state;
	const {change, waiting, share} = searching;
	// Whoever is told that it goes on may want to stop it, and be late.
	const over = {...state, searching: null, searchEnded: share !== null};
	return withGrown(changedInTurn(over, [change, ...waiting]), searching.grown);
}

/** The screen that says how far a search has come. */
export function searchTold(state: ScreenState, search: Search): ScreenState {
	const {searching = null} = state;
	if (searching?.search !== search) return state;
	return {...state, searching: {...searching, share: search.share}};
}

/** `searching … 42 %, Esc stops`; null where nothing is to be told. */
export function searchText({searching = null}: ScreenState, ellipsis: string): string | null {
	if (searching === null || searching.share === null) return null;
	return `searching ${ellipsis} ${Math.floor(searching.share * 100)} %, Esc stops`;
}
