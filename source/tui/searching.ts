import {findHits} from '../debugger/breakpoint-hits.ts';
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
	return {...state, searching: {search: attempted.search, change, waiting: [], share: null}};
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

/** What one key does; what takes long is searched for first. Meanwhile Escape and Ctrl+C stop that, and other keys wait. */
export function pressOrSearch(state: ScreenState, key: string, screen: Screen): ScreenState {
	const {searching = null} = state;
	const change: Change = (before) => press(before, key, screen);
	if (searching === null) return changed(state, change);
	if (key !== 'escape' && key !== 'ctrl-c') return waitingFor(state, searching, change);
	return saying({...state, searching: null}, 'The search was stopped: nothing has changed.');
}

/** The screen once a search is over: what needed it happens, and then what waited. */
export function searchEnded(state: ScreenState, search: Search): ScreenState {
	const {searching = null} = state;
	if (searching?.search !== search) return state;
	const {change, waiting} = searching;
	return changedInTurn({...state, searching: null}, [change, ...waiting]);
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
