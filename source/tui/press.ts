import type {Session} from '../debugger/session.ts';
import {screenBeside} from './caption.ts';
import {bindingOf} from './keymap.ts';
import {pressInLesson} from './lesson.ts';
import {pressInChooser} from './press-in-chooser.ts';
import {pressInOverlay} from './press-in-overlay.ts';
import {pressInPrompt} from './press-in-prompt.ts';
import {runKey} from './run-line.ts';
import type {Screen} from './screen.ts';
import {runScreenCommand} from './screen-command.ts';
import {isShowKey, pressInShow, takenOver} from './show.ts';
import type {ScreenState} from './view-state.ts';

/** Exit code of a reader who interrupts. */
const interrupted = 130;

/** A screen that follows the position again, where the key moved it. */
export function following(state: ScreenState, before: Session | null): ScreenState {
	const {session, view} = state;
	const isSame = session?.position === before?.position && session?.recording === before?.recording;
	if (session === null || isSame) return state;
	const node = session.recording === before?.recording ? view.node : null;
	return {...state, view: {...view, selection: {}, node}};
}

function pressInPanes(
	state: ScreenState,
	session: Session,
	key: string,
	screen: Screen,
): ScreenState {
	const binding = bindingOf(key);
	if (binding === null) return state;
	const quiet = {...state, view: {...state.view, message: null}};
	if (binding.command !== undefined) return runKey(quiet, session, binding.command);
	if (binding.screen === undefined) return quiet;
	return runScreenCommand(quiet, session, binding.screen, screen);
}

/** What one key does. The whole behaviour of the screen, without a screen. */
export function press(state: ScreenState, key: string, whole: Screen): ScreenState {
	if (state.exit !== null) return state;
	if (key === 'ctrl-c') return {...state, exit: interrupted};
	if (state.playing != null) {
		if (isShowKey(key)) return pressInShow(state, state.playing, key, whole);
		return press(takenOver(state), key, whole);
	}
	const {session, view} = state;
	const screen = screenBeside(state.caption ?? null, whole);
	if (session === null) return pressInChooser(state, key);
	if (view.prompt !== null) {
		return following(pressInPrompt(state, session, view.prompt, key, screen), session);
	}
	const inLesson = pressInLesson(state, key, screen);
	if (inLesson !== null) return inLesson;
	if (view.overlay !== null) {
		return following(pressInOverlay(state, session, view.overlay, key, screen), session);
	}
	return following(pressInPanes(state, session, key, screen), session);
}
