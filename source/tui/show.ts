import {type Row, rowOf, span} from './row.ts';
import type {Screen} from './screen.ts';
import type {Glyphs} from './theme.ts';
import type {Playing, Scene, ScreenState, Show} from './view-state.ts';

const showKeys: ReadonlySet<string> = new Set([' ', 'left', 'right', 'ctrl-z']);

/** Whether a key steers the show. Any other takes over. */
export function isShowKey(key: string): boolean {
	return showKeys.has(key);
}

/** The screen of a show that plays. */
function stateOf(playing: Playing): ScreenState {
	return {...playing.scene.state, playing};
}

/** A show at its first scene, playing. */
export function playing(show: Show, first: Scene): ScreenState {
	return stateOf({show, past: [], scene: first, isPaused: false});
}

/** The next scene that is to be seen. */
function nextSeen({show, past, scene, isPaused}: Playing, screen: Screen): Playing {
	let next = {show, past: [...past, scene], scene: show.next(scene, screen), isPaused};
	while (next.scene.duration === 0 && !next.scene.isLast) {
		next = {...next, scene: show.next(next.scene, screen)};
	}
	return next;
}

/** The screen once the time of a scene is over. Unchanged where another scene is seen by now. */
export function advanced(state: ScreenState, given: Playing, screen: Screen): ScreenState {
	if (state.playing !== given || given.scene.isLast) return state;
	return stateOf(nextSeen(given, screen));
}

function stepForward(given: Playing, screen: Screen): Playing {
	let after = given;
	while (!after.scene.isLast) {
		after = nextSeen(after, screen);
		if (after.scene.isStop) break;
	}
	return after;
}

function stepBack({show, past, scene}: Playing): Playing {
	// Behind a stop that a pause prolongs, the same is still to be seen.
	const found = past.findLastIndex(({isStop, state}) => isStop && state !== scene.state);
	const index = Math.max(0, found);
	return {show, past: past.slice(0, index), scene: past[index] ?? scene, isPaused: true};
}

/** What a key does that steers the show. Stepping holds it. */
export function pressInShow(
	state: ScreenState,
	given: Playing,
	key: string,
	screen: Screen,
): ScreenState {
	switch (key) {
		case ' ':
			return stateOf({...given, isPaused: !given.isPaused});
		case 'right':
			return stateOf({...stepForward(given, screen), isPaused: true});
		case 'left':
			return stateOf(stepBack(given));
		default:
			return state;
	}
}

/** From here on it is the reader's. What the show had begun to type is dropped. */
export function takenOver(state: ScreenState): ScreenState {
	const {session, view} = state;
	return {
		...state,
		session: session === null ? null : {...session, block: null},
		view: {...view, prompt: null},
		caption: null,
		playing: null,
	};
}

/** The line of keys while a show plays. */
export function showKeysRow({scene, isPaused}: Playing, glyphs: Glyphs): Row {
	const state = scene.isLast ? 'the end' : isPaused ? 'paused' : `${glyphs.here} playing`;
	const pause = scene.isLast
		? []
		: [span(' Space ', 'key'), span(isPaused ? 'go on ' : 'pause ', 'dim')];
	return rowOf(
		span(` ${state} `, 'here'),
		...pause,
		span(' Left Right ', 'key'),
		span('step ', 'dim'),
		span(' any other key ', 'key'),
		span('takes over', 'dim'),
	);
}
