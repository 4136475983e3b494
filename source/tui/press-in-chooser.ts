import {chooserList} from './chooser.ts';
import {bindingOf} from './keymap.ts';
import type {Loaded} from './screen.ts';
import {isSelectCommand, selectedAfter} from './selection.ts';
import {type Chooser, initialView, type ScreenState, type ViewState} from './view-state.ts';

/** An exercise begins with its task. */
const lessonView: ViewState = {...initialView, overlay: {kind: 'lesson', selected: 0}};

/** The screen after the chosen recording was opened, or could not be. */
export function opened(state: ScreenState, loaded: Loaded): ScreenState {
	const {chooser} = state;
	if (chooser === null || chooser.opening === null) return state;
	const done = {...chooser, opening: null};
	if (!loaded.ok) return {...state, chooser: {...done, errors: loaded.errors}};
	const {title, session, lesson} = loaded;
	const view = lesson === undefined ? initialView : lessonView;
	return {...state, title, session, lesson: lesson ?? null, chooser: done, view};
}

function openChosen(state: ScreenState, chooser: Chooser): ScreenState {
	const entry = chooser.entries[chooser.selected];
	if (entry === undefined) return state;
	return {...state, chooser: {...chooser, opening: entry.path, errors: []}};
}

/** A key in the list of recordings to open. */
export function pressInChooser(state: ScreenState, key: string): ScreenState {
	const {chooser} = state;
	const command = bindingOf(key)?.screen;
	if (chooser === null || command === 'quit' || command === 'back') return {...state, exit: 0};
	if (chooser.opening !== null) return state;
	if (command === 'open') return openChosen(state, chooser);
	if (command === undefined || !isSelectCommand(command)) return state;
	const selected = selectedAfter(chooserList(chooser), chooser.selected, command, 10) ?? 0;
	return {...state, chooser: {...chooser, selected, errors: []}};
}
