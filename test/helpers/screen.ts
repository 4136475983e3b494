import {createSession, type Session} from '../../source/debugger/session.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {drawScreen} from '../../source/tui/draw.ts';
import {press} from '../../source/tui/press.ts';
import type {Screen} from '../../source/tui/screen.ts';
import {createTheme} from '../../source/tui/theme.ts';
import {initialView, type ScreenState} from '../../source/tui/view-state.ts';

export function screenOf(
	columns: number,
	rows: number,
	look = {color: false, ascii: false},
): Screen {
	return {columns, rows, theme: createTheme(look)};
}

/** A screen that has just been opened. */
export function stateOf(session: Session): ScreenState {
	return {title: 'ccp-reload.yaml', session, chooser: null, view: initialView, exit: null};
}

export function openedState(recording: Recording): ScreenState {
	return stateOf(createSession(recording));
}

/** The state after keys, as a reader types them: names of keys, or a text of one-letter keys. */
export function pressed(
	state: ScreenState,
	keys: string | readonly string[],
	screen = screenOf(120, 36),
) {
	const list = typeof keys === 'string' ? Array.from(keys) : keys;
	return list.reduce((before, key) => press(before, key, screen), state);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this removes.
const sequences = /\u001B\[[\d;]*m/g;

export function withoutLooks(text: string): string {
	return text.replace(sequences, '');
}

/** The lines of a screen as they read. */
export function linesOn(state: ScreenState, screen = screenOf(120, 36)): readonly string[] {
	return drawScreen(state, screen).map(withoutLooks);
}
