import {completions} from '../debugger/command.ts';
import type {Session} from '../debugger/session.ts';
import {runLine} from './run-line.ts';
import type {Screen} from './screen.ts';
import {findFrom} from './screen-command.ts';
import {saying} from './targets.ts';
import type {Prompt, ScreenState} from './view-state.ts';

/** Longer texts are nobody's command. */
const longest = 1000;

/** Lines that can be recalled. */
const longestHistory = 100;

function withPrompt(state: ScreenState, prompt: Prompt | null): ScreenState {
	return {...state, view: {...state.view, prompt}};
}

/** The line can be recalled at the prompt. */
export function remembering(state: ScreenState, line: string): ScreenState {
	const others = state.view.history.filter((each) => each !== line);
	const history = [...others, line].slice(-longestHistory);
	return {...state, view: {...state.view, history}};
}

function finish(
	state: ScreenState,
	session: Session,
	{kind, text}: Prompt,
	screen: Screen,
): ScreenState {
	const entered = text.trim();
	// A block of commands goes on until its end.
	if (entered === '') return session.block === null ? state : withPrompt(state, {kind, text: ''});
	switch (kind) {
		case 'goto': {
			const after = runLine(state, session, `goto ${entered}`);
			return after.view.prompt === null ? after : withPrompt(after, {kind, text: entered});
		}
		case 'command':
			return runLine(remembering(state, entered), session, entered);
		case 'find':
			return findFrom({...state, view: {...state.view, found: entered}}, session, 1, screen);
	}
}

/** Shows an earlier line, or a later one; behind the last what was typed. */
function recall(state: ScreenState, {kind, text, recalled}: Prompt, by: 1 | -1): ScreenState {
	const {history} = state.view;
	const {back, typed} = recalled ?? {back: 0, typed: text};
	const wanted = Math.max(0, Math.min(back + by, history.length));
	if (kind !== 'command' || wanted === back) return state;
	if (wanted === 0) return withPrompt(state, {kind, text: typed});
	const shown = history.at(-wanted) ?? '';
	return withPrompt(state, {kind, text: shown, recalled: {back: wanted, typed}});
}

function commonStart(words: readonly string[]): string {
	const [first = '', ...rest] = words;
	let length = first.length;
	for (const word of rest) while (!word.startsWith(first.slice(0, length))) length -= 1;
	return first.slice(0, length);
}

/** Completes the word at the end as far as it is clear, and names the ways to go on. */
function complete(state: ScreenState, session: Session, prompt: Prompt): ScreenState {
	if (prompt.kind !== 'command') return state;
	const {start, words} = completions(session, prompt.text);
	if (words.length === 0) return saying(state, 'nothing is known that begins so');
	const blank = words.length === 1 && !/["(]$/.test(words[0] ?? '') ? ' ' : '';
	const text = prompt.text.slice(0, start) + commonStart(words) + blank;
	const after = withPrompt(state, {kind: prompt.kind, text});
	return words.length === 1 ? after : saying(after, words.join('  '));
}

/** Closes the prompt. A block of commands that is not ended is given up. */
function leave(state: ScreenState, session: Session): ScreenState {
	const closed = withPrompt(state, null);
	if (session.block === null) return closed;
	return saying({...closed, session: {...session, block: null}}, 'the commands are dropped');
}

/** A key while something is typed in the last line. */
export function pressInPrompt(
	given: ScreenState,
	session: Session,
	prompt: Prompt,
	key: string,
	screen: Screen,
): ScreenState {
	const state = {...given, view: {...given.view, message: null}};
	if (key === 'escape') return leave(state, session);
	if (key === 'return') return finish(withPrompt(state, null), session, prompt, screen);
	if (key === 'up' || key === 'down') return recall(state, prompt, key === 'up' ? 1 : -1);
	if (key === 'tab') return complete(state, session, prompt);
	const {kind, text} = prompt;
	if (key === 'backspace' || key === 'delete') {
		if (text === '') return leave(state, session);
		return withPrompt(state, {kind, text: Array.from(text).slice(0, -1).join('')});
	}
	if (key === 'ctrl-u') return withPrompt(state, {kind, text: ''});
	// Named keys have more than one character; what can be typed is one.
	if (Array.from(key).length !== 1 || text.length >= longest) return state;
	return withPrompt(state, {kind, text: text + key});
}
