import type {Session} from '../debugger/session.ts';
import {runLine} from './run-line.ts';
import type {Screen} from './screen.ts';
import {findFrom} from './screen-command.ts';
import type {Prompt, ScreenState} from './view-state.ts';

/** Longer texts are nobody's command. */
const longest = 1000;

function withPrompt(state: ScreenState, prompt: Prompt | null): ScreenState {
	return {...state, view: {...state.view, prompt}};
}

function finish(
	state: ScreenState,
	session: Session,
	{kind, text}: Prompt,
	screen: Screen,
): ScreenState {
	const entered = text.trim();
	if (entered === '') return state;
	switch (kind) {
		case 'goto':
			return runLine(state, session, `goto ${entered}`);
		case 'command':
			return runLine(state, session, entered);
		case 'find':
			return findFrom({...state, view: {...state.view, found: entered}}, session, 1, screen);
	}
}

/** A key while something is typed in the last line. */
export function pressInPrompt(
	state: ScreenState,
	session: Session,
	prompt: Prompt,
	key: string,
	screen: Screen,
): ScreenState {
	if (key === 'escape') return withPrompt(state, null);
	if (key === 'return') return finish(withPrompt(state, null), session, prompt, screen);
	if (key === 'backspace' || key === 'delete') {
		if (prompt.text === '') return withPrompt(state, null);
		return withPrompt(state, {...prompt, text: Array.from(prompt.text).slice(0, -1).join('')});
	}
	if (key === 'ctrl-u') return withPrompt(state, {...prompt, text: ''});
	// Named keys have more than one character; what can be typed is one.
	if (Array.from(key).length !== 1 || prompt.text.length >= longest) return state;
	return withPrompt(state, {...prompt, text: prompt.text + key});
}
