import {describe, expect, test} from 'vitest';
import {replied} from '../../source/tui/lesson.ts';
import {inLesson, lesson, session} from '../helpers/lesson.ts';
import {linesOn, pressed, screenOf, stateOf} from '../helpers/screen.ts';

const screen = screenOf(80, 24);

describe('an exercise on the screen', () => {
	test.each([
		[80, 24],
		[120, 36],
		[60, 16],
	])('fits %dx%d, its keys in the last line', (columns, rows) => {
		const lines = linesOn(inLesson(), screenOf(columns, rows));
		expect(lines).toHaveLength(rows);
		expect(new Set(lines.map(({length}) => length))).toEqual(new Set([columns]));
		expect(lines[1]).toContain('[exercise test]');
		expect(lines.at(-1)).toMatch(/^ a b answer {2}v verify {2}h hint {2}n next .* l list $/);
		expect(lines.join('\n')).toContain('  b  that');
	});

	test('drops keys from its last line where there is no room, but not the way out', () => {
		const answers = ['a', 'b', 'c', 'd', 'e', 'f'];
		const last = (columns: number) => linesOn(inLesson({answers}), screenOf(columns, 16)).at(-1);
		expect([last(60), last(80)]).toMatchInlineSnapshot(`
			[
			  " a b c d e f answer  v verify  h hint  n next        l list ",
			  " a b c d e f answer  v verify  h hint  n next  r reset  o solution       l list ",
			]
		`);
	});

	test.each([
		[60, 16],
		[80, 24],
		[120, 36],
	])(
		'is scrolled to its end on %dx%d, by lines and by pages, and says what is left',
		(columns, rows) => {
			const size = screenOf(columns, rows);
			const texts = Array.from(
				{length: 50},
				(_, index) => `text ${index} ${'word '.repeat(15)}end ${index}`,
			);
			const state = inLesson({lines: texts});
			const seen = (keys: readonly string[]) => linesOn(pressed(state, keys, size), size);
			expect(seen([])[1]).toMatch(/ Down: \d+ more/);
			expect(seen(['down'])[2]).toBe(seen([])[3]);
			expect(seen(['down', 'up'])).toEqual(seen([]));
			const below = Number(/Down: (\d+) more/.exec(seen([])[1] ?? '')?.[1]);
			const last = seen(['end']);
			expect(last.join('\n')).toContain('end 49');
			expect(last[1]).not.toContain('more');
			expect(seen(Array(below).fill('down'))).toEqual(last);
			expect(seen(Array(200).fill('down').concat('up'))[1]).toContain('Down: 1 more');
			const pages = Array.from({length: 20}, (_, count) =>
				seen(Array(count).fill('pagedown')).join('\n'),
			);
			for (let index = 0; index < 50; index += 1) {
				expect(pages.some((page) => page.includes(`text ${index} `))).toBe(true);
			}
		},
	);

	test('asks for what a key says, once, until it is answered', () => {
		const asked = pressed(inLesson(), ['b'], screen);
		expect(asked.asking).toEqual({kind: 'answer', answer: 'b'});
		expect(pressed(asked, ['h'], screen).asking).toEqual({kind: 'answer', answer: 'b'});
		expect(pressed(inLesson(), ['n'], screen).asking).toEqual({kind: 'next'});
		expect(pressed(inLesson(), ['c'], screen).asking ?? null).toBe(null);
	});

	test('lets the reader look around and come back', () => {
		const around = pressed(inLesson(), ['escape'], screen);
		expect(around.view.overlay).toBe(null);
		expect(pressed(around, ['s'], screen).session?.position).toBe(1);
		expect(pressed(around, ['s', 'e'], screen).view.overlay).toEqual({kind: 'lesson', selected: 0});
		expect(pressed(around, ['e', 'e'], screen).view.overlay).toBe(null);
	});

	test('answers from the panes with the selected node, or with where the debugger stands', () => {
		const around = pressed(inLesson(), ['escape'], screen);
		expect(pressed(around, ['a'], screen).asking).toEqual({kind: 'point', node: null, line: null});
		const moved = pressed(around, [']', 'a'], screen);
		expect(moved.asking).toEqual({kind: 'point', node: null, line: 23});
	});

	test('says so where there is none', () => {
		for (const key of ['e', 'a']) {
			expect(pressed(stateOf(session), [key], screen).view.message).toContain(
				'No exercise is open',
			);
		}
	});
});

describe('the answer to what was asked', () => {
	test('shows the exercise, and moves only where it says', () => {
		const asked = pressed(inLesson(), ['escape', 's', 'e', 'b'], screen);
		const kept = replied(asked, {kind: 'lesson', lesson, session: null, title: 'test'});
		expect([kept.session?.position, kept.asking]).toEqual([1, null]);
		const moved = replied(asked, {kind: 'lesson', lesson, session, title: 'test'});
		expect(moved.session?.position).toBe(0);
	});

	const listOf = (count: number, about: string, selected = 0) => {
		const entries = Array.from({length: count}, (_, index) => ({
			title: `Entry ${index}`,
			path: `entry-${index}`,
			about: index === 1 ? `${about} ${about}` : about,
			mark: index === 0 ? '[x]' : '[ ]',
		}));
		return replied(inLesson(), {kind: 'list', heading: 'list', entries, selected});
	};
	const entriesOn = (lines: readonly string[]) => lines.filter((text) => text.includes(' Entry '));

	test('gives the list the rows that no text about an entry needs', () => {
		const size = screenOf(120, 36);
		expect(entriesOn(linesOn(listOf(24, 'Short.'), size))).toHaveLength(24);
		// Whichever is chosen, the list keeps its height.
		const long = 'word '.repeat(120);
		const [first, second] = [0, 1].map((selected) => linesOn(listOf(24, long, selected), size));
		expect(entriesOn(first ?? [])).toHaveLength(entriesOn(second ?? []).length);
		expect(second?.join('\n')).not.toContain('…');
	});

	test('says how many entries are out of sight', () => {
		const lines = linesOn(listOf(24, 'Short.'), screen);
		const shown = entriesOn(lines).length;
		expect(lines[1]).toContain(` ${24 - shown} more below `);
		const middle = linesOn(listOf(24, 'Short.', 12), screen);
		expect(middle[1]).toMatch(/ \d+ above, \d+ more below /);
		expect(linesOn(listOf(24, 'Short.', 23), screen)[1]).toContain(` ${24 - shown} above `);
		expect(linesOn(listOf(5, 'Short.'), screen)[1]).toContain(' 5 ');
	});

	test('marks what was passed, on every terminal', () => {
		const ascii = screenOf(80, 24, {color: false, ascii: true});
		for (const each of [screen, ascii]) {
			expect(linesOn(listOf(3, 'Short.'), each).slice(2, 4)).toEqual([
				expect.stringContaining(' [x] Entry 0'),
				expect.stringContaining(' [ ] Entry 1'),
			]);
		}
	});

	test('may be the list', () => {
		const entries = [{title: 'One', path: 'one', about: 'First.', mark: '[x]'}];
		const state = replied(inLesson(), {kind: 'list', heading: '1 of 1', entries, selected: 0});
		expect(state.session).toBe(null);
		const lines = linesOn(state, screen);
		expect(lines[0]).toContain('devresdbg: 1 of 1');
		expect(lines[2]).toMatch(/\[x\] One/);
		expect(pressed(state, ['return'], screen).chooser?.opening).toBe('one');
	});
});
