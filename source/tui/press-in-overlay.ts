import type {Session} from '../debugger/session.ts';
import {bindingOf} from './keymap.ts';
import {overlayList} from './overlay.ts';
import {inputOf} from './panes.ts';
import type {Screen} from './screen.ts';
import {isSelectCommand, selectedAfter} from './selection.ts';
import {follow} from './targets.ts';
import type {Overlay, ScreenState} from './view-state.ts';

/** Rows of the screen around an overlay: header, borders, timeline, stop reason, keys. */
const around = 6;

/** Columns that the borders take. */
const borders = 2;

function withOverlay(state: ScreenState, overlay: Overlay | null): ScreenState {
	return {...state, view: {...state.view, overlay}};
}

function openSelected(
	state: ScreenState,
	session: Session,
	overlay: Overlay,
	screen: Screen,
): ScreenState {
	const closed = withOverlay(state, null);
	if (overlay.kind === 'devices') {
		const device = session.recording.devices[overlay.selected - 1] ?? null;
		const view = {...closed.view, device, selection: {}};
		return {...closed, session: {...session, device}, view};
	}
	if (overlay.kind !== 'story' && overlay.kind !== 'why' && overlay.kind !== 'finding') {
		return closed;
	}
	const input = inputOf(session, state.view, screen.theme.glyphs, state.lesson);
	const list = overlayList(overlay, input, screen.columns - borders);
	const target = list.targetAt(overlay.selected ?? list.here);
	// A row of an explanation leads nowhere: it stays to be read.
	return follow(target === null ? state : closed, session, target);
}

/** A key while something lies over the panes. */
export function pressInOverlay(
	state: ScreenState,
	session: Session,
	overlay: Overlay,
	key: string,
	screen: Screen,
): ScreenState {
	const command = bindingOf(key)?.screen;
	if (command === 'back' || command === 'quit') return withOverlay(state, null);
	if (command === 'help' && overlay.kind === 'help') return withOverlay(state, null);
	if (command === 'open') return openSelected(state, session, overlay, screen);
	if (command === undefined || !isSelectCommand(command)) return state;
	const input = inputOf(session, state.view, screen.theme.glyphs, state.lesson);
	const list = overlayList(overlay, input, screen.columns - borders);
	const page = screen.rows - around;
	const selected = selectedAfter(list, overlay.selected, command, page) ?? 0;
	return withOverlay(state, {...overlay, selected});
}
