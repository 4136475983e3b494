import {beforeEach, describe, expect, test} from 'vitest';
import type {Search} from '../../source/recording/search.ts';
import {pressOrSearch, searchEnded, searchTold, withGrown} from '../../source/tui/searching.ts';
import type {ScreenState} from '../../source/tui/view-state.ts';
import {longLog} from '../helpers/long-log.ts';
import {imported} from '../helpers/real-recordings.ts';
import {linesOn, openedState, pressed, screenOf} from '../helpers/screen.ts';

const screen = screenOf(120, 36);
const text = [...longLog({format: 'ftrace', lines: 20_000})].join('\n');

/** Takes several slices, and holds nowhere. */
const never = Array.from({length: 25}, () => 'position * position < 0').join(' || ');
const asked = [...`:watch ${never}`, 'return'];

let opened: ScreenState;

beforeEach(() => {
	opened = openedState(imported(text));
});

function typedOn(state: ScreenState, keys: readonly string[]): ScreenState {
	return keys.reduce((before, key) => pressOrSearch(before, key, screen), state);
}

function searchIn({searching}: ScreenState): Search {
	if (searching == null) throw new Error('nothing is searched for');
	return searching.search;
}

/** Goes on with what is searched for until nothing is. */
function ended(state: ScreenState): ScreenState {
	let current = state;
	while (current.searching != null) {
		const search = searchIn(current);
		while (search.advance());
		current = searchEnded(current, search);
	}
	return current;
}

/** All that a reader can find out, but for the recording itself. */
function shown(state: ScreenState) {
	const {session, view} = state;
	return {lines: linesOn(state, screen), view, session: {...session, recording: null}};
}

test('x in a long recording, whose findings are not known yet, waits for them as for any search', () => {
	const begun = typedOn(opened, ['x']);
	expect(begun.session).toBe(opened.session);
	expect(linesOn(begun, screen)).toEqual(linesOn(opened, screen));
	expect(linesOn(ended(begun), screen)).toEqual(linesOn(pressed(opened, ['x'], screen), screen));
});

describe('a key that needs a long search', () => {
	test('leaves the screen as it is, and says after a moment how far it has come', () => {
		const typed = typedOn(opened, asked.slice(0, -1));
		const begun = typedOn(typed, ['return']);
		expect(begun.session).toBe(typed.session);
		expect(linesOn(begun, screen)).toEqual(linesOn(typed, screen));
		const search = searchIn(begun);
		search.advance();
		const said = linesOn(searchTold(begun, search), screen);
		expect(said.at(-2)).toMatch(/^ searching … \d+ %, Esc stops +$/);
		expect(said.toSpliced(-2, 1)).toEqual(linesOn(typed, screen).toSpliced(-2, 1));
	});

	test('does in the end what it does at once', () => {
		const state = ended(typedOn(opened, [...asked, 'C']));
		expect(shown(state)).toEqual(
			shown(pressed(openedState(imported(text)), [...asked, 'C'], screen)),
		);
		expect(state.session?.breakpoints).toHaveLength(1);
	});

	test('can be stopped: nothing has changed, and it goes on where it was', () => {
		const typed = typedOn(opened, asked.slice(0, -1));
		for (const key of ['escape', 'ctrl-c']) {
			const stopped = typedOn(typed, ['return', key]);
			expect(stopped.searching).toBe(null);
			expect(stopped.session).toBe(typed.session);
			expect(stopped.exit).toBe(null);
			const {message, ...view} = stopped.view;
			expect(message).toBe('The search was stopped: nothing has changed.');
			expect({...view, message: null}).toEqual(typed.view);
		}
		const search = searchIn(typedOn(typed, ['return']));
		expect(searchIn(typedOn(typed, ['return', 'escape', 'return']))).toBe(search);
		expect(typedOn(typed, ['return', 'ctrl-c', 'ctrl-c']).exit).toBe(130);
	});

	test('does not let Ctrl+C leave that comes a moment too late to stop it', () => {
		const begun = typedOn(opened, asked);
		const search = searchIn(begun);
		search.advance();
		const over = ended(searchTold(begun, search));
		const late = typedOn(over, ['ctrl-c']);
		expect(late.exit).toBe(null);
		expect(late.view.message).toBe('The search is over; Ctrl+C again leaves.');
		expect(typedOn(late, ['ctrl-c']).exit).toBe(130);
		expect(typedOn(over, ['s', 'ctrl-c']).exit).toBe(130);
		expect(typedOn(ended(begun), ['ctrl-c']).exit).toBe(130);
	});

	test('lets other keys wait, and drops them where it is stopped', () => {
		const waiting = typedOn(opened, [...asked, 's', 's', 'S']);
		expect(waiting.session).toBe(opened.session);
		expect(ended(waiting).session?.position).toBe(1);
		const stopped = typedOn(waiting, ['escape', 'escape', 's']);
		expect(stopped.session?.position).toBe(1);
		expect(stopped.session?.breakpoints).toEqual([]);
	});

	test('can wait for another one', () => {
		const lines = [...asked, ...asked.with(-2, '1'), 's'];
		const state = ended(typedOn(opened, lines));
		expect(state.session?.breakpoints).toHaveLength(2);
		expect(state.session?.position).toBe(1);
	});

	test('lets a recording that grows wait: the search ends though the log does not', () => {
		const longer = imported(`${text}\n${text}`);
		const twice = [...asked, ...asked.with(-2, '1'), '>'];
		let state = typedOn(opened, twice);
		for (let searches = 0; searches < 2; searches += 1) {
			state = withGrown(state, longer);
			expect(state.session?.recording).toBe(opened.session?.recording);
			const search = searchIn(state);
			while (search.advance());
			state = searchEnded(state, search);
		}
		expect(state.searching).toBe(null);
		expect(state.session?.breakpoints).toHaveLength(2);
		expect(state.session?.recording).toBe(longer);
		expect(state.session?.position).toBe(longer.length);
		const stopped = typedOn(withGrown(typedOn(opened, asked), longer), ['escape']);
		expect(stopped.session?.recording).toBe(longer);
	});

	test('is not concerned by a search that is over already', () => {
		const begun = typedOn(opened, asked);
		const stopped = typedOn(begun, ['escape']);
		expect(searchEnded(stopped, searchIn(begun))).toBe(stopped);
		expect(searchTold(stopped, searchIn(begun))).toBe(stopped);
	});

	test('may be one that finds a text', () => {
		const long = openedState(imported([...longLog({format: 'dmesg', lines: 20_000})].join('\n')));
		const keys = [...'/nowhere', 'return'];
		const begun = typedOn(long, keys);
		expect(searchIn(begun).share).toBeGreaterThan(0);
		expect(ended(begun).view.message).toBe('"nowhere" is nowhere in the execution.');
		expect(typedOn(begun, ['escape']).view.prompt?.text).toBe('nowhere');
	});
});

test('a key that needs no long search is done at once', () => {
	for (const keys of [...'snfcSNFC<>', ...[':break devres-release if depth > 9', '/irq']]) {
		const state = typedOn(opened, [...keys, 'return']);
		expect(state.searching ?? null).toBe(null);
	}
});
