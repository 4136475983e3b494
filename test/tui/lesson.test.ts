import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {replied} from '../../source/tui/lesson.ts';
import type {Lesson} from '../../source/tui/lesson-view.ts';
import type {ScreenState} from '../../source/tui/view-state.ts';
import {linesOn, pressed, screenOf, stateOf} from '../helpers/screen.ts';
import {shippedRecording} from '../helpers/shipped.ts';

const lesson: Lesson = {
	name: 'test',
	status: 'A test (predict): not passed yet',
	passed: false,
	lines: ['What will be?', '', '  a  this', '  b  that', '', 'word '.repeat(40)],
	answers: ['a', 'b'],
};
const screen = screenOf(80, 24);
const session = createSession(shippedRecording('release-order'));

function inLesson(change: Partial<Lesson> = {}): ScreenState {
	const state: ScreenState = {...stateOf(session), lesson: {...lesson, ...change}};
	return pressed(state, 'e', screen);
}

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
		expect(lines.at(-1)).toMatch(/^ a b answer {2}v verify {2}h hint {2}r reset/);
		expect(lines.join('\n')).toContain('  b  that');
	});

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

	test('may be the list', () => {
		const entries = [{title: 'One', path: 'one', about: 'First.', mark: 'x'}];
		const state = replied(inLesson(), {kind: 'list', heading: '1 of 1', entries, selected: 0});
		expect(state.session).toBe(null);
		const lines = linesOn(state, screen);
		expect(lines[0]).toContain('devresdbg: 1 of 1');
		expect(lines[2]).toMatch(/x One/);
		expect(pressed(state, ['return'], screen).chooser?.opening).toBe('one');
	});
});
