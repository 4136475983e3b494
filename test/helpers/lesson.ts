import {createSession} from '../../source/debugger/session.ts';
import {type Lesson, nothingHidden} from '../../source/tui/lesson-view.ts';
import type {ScreenState} from '../../source/tui/view-state.ts';
import {pressed, screenOf, stateOf} from './screen.ts';
import {shippedRecording} from './shipped.ts';

/** An exercise that hides nothing, with a line that is wider than a screen. */
export const lesson: Lesson = {
	name: 'test',
	status: 'A test (predict): not passed yet',
	passed: false,
	lines: ['What will be?', '', '  a  this', '  b  that', '', 'word '.repeat(40)],
	answers: ['a', 'b'],
	hides: nothingHidden,
};

/** What the exercise is about. */
export const session = createSession(shippedRecording('release-order'));

/** The exercise, with something changed about it, opened on a screen of 80x24. */
export function inLesson(change: Partial<Lesson> = {}): ScreenState {
	const state: ScreenState = {...stateOf(session), lesson: {...lesson, ...change}};
	return pressed(state, 'e', screenOf(80, 24));
}
