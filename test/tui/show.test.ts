import {describe, expect, it} from 'vitest';
import {firstScene, showOf} from '../../source/demo/perform.ts';
import {drawScreen} from '../../source/tui/draw.ts';
import {press} from '../../source/tui/press.ts';
import {advanced, playing} from '../../source/tui/show.ts';
import type {ScreenState} from '../../source/tui/view-state.ts';
import {demoOf, demoState} from '../helpers/demo.ts';
import {linesOn, openedState, pressed, screenOf, withoutLooks} from '../helpers/screen.ts';
import {shippedRecording} from '../helpers/shipped.ts';

const screen = screenOf(80, 24);

const lines = ['# One.', 'key s', 'pause 2s', 'break pcim_intx', '# Two.', 'type step', '# Three.'];

function started(columns = 80, rows = 24): ScreenState {
	const demo = demoOf(...lines);
	return playing(showOf(demo), firstScene(demo, demoState(), screenOf(columns, rows)));
}

/** The time of so many scenes goes by. */
function elapsed(state: ScreenState, count: number): ScreenState {
	return Array.from({length: count}).reduce<ScreenState>((before) => {
		if (before.playing == null) throw new Error('nothing plays');
		return advanced(before, before.playing, screen);
	}, state);
}

function place({caption, session}: ScreenState): readonly unknown[] {
	return [caption?.number, session?.position];
}

describe('the device of the panes', () => {
	const head = (state: ScreenState) => linesOn(state, screen)[1]?.slice(45);

	it('is the one that a command chose, until another is chosen', () => {
		const opened = openedState(shippedRecording('ccp-reload'));
		const chosen = pressed(opened, [...':device 0000:a2:00.1', 'return'], screen);
		expect(head(chosen)).toContain('0000:a2:00.1');
		const following = pressed(chosen, ['escape', 'D', 'home', 'return'], screen);
		expect(head(following)).toContain('0000:23:00.1');
	});
});

describe('a show', () => {
	it('goes on by itself, and passes what is not to be seen', () => {
		const places = [0, 1, 2, 3].map((count) => place(elapsed(started(), count)));
		expect(places).toEqual([
			[1, 0],
			[1, 1],
			[1, 1],
			[2, 1],
		]);
	});

	it('ignores a timer of a scene that is over', () => {
		const state = started();
		if (state.playing == null) throw new Error('nothing plays');
		const later = elapsed(state, 2);
		expect(advanced(later, state.playing, screen)).toBe(later);
	});

	it('is held and goes on with the blank', () => {
		const held = press(started(), ' ', screen);
		expect(held.playing?.isPaused).toBe(true);
		expect(linesOn(held, screen).join('\n')).toContain('paused');
		expect(press(held, ' ', screen).playing?.isPaused).toBe(false);
	});

	it('steps from one step to the next and back with the arrows, and holds', () => {
		let state = started();
		const seen = [place(state)];
		for (const key of ['right', 'right', 'right', 'left', 'left', 'left', 'left']) {
			state = press(state, key, screen);
			seen.push(place(state));
		}
		expect(seen).toEqual([
			[1, 0],
			[1, 1],
			[2, 1],
			[2, 2],
			[2, 1],
			[1, 1],
			[1, 0],
			[1, 0],
		]);
		expect(state.playing?.isPaused).toBe(true);
	});

	it('goes back a whole step from within a pause', () => {
		const pausing = elapsed(started(), 2);
		expect(place(press(pausing, 'left', screen))).toEqual([1, 0]);
	});

	it('stops at its end and says so', () => {
		const end = pressed(started(), Array(10).fill('right'), screen);
		expect(end.playing?.scene.isLast).toBe(true);
		expect(linesOn(end, screen).join('\n')).toContain('the end');
		expect(place(end)).toEqual([3, 2]);
	});

	it('is the reader’s after any other key, which does what it does otherwise', () => {
		const taken = press(elapsed(started(), 1), 's', screen);
		expect(taken.session?.position).toBe(2);
		expect([taken.playing, taken.caption]).toEqual([null, null]);
		expect(press(started(), 'q', screen).exit).toBe(0);
		expect(press(started(), 'ctrl-c', screen).exit).toBe(130);
	});

	it('leaves no half-typed command to who takes over', () => {
		const typing = elapsed(started(), 5);
		expect(typing.view.prompt?.text).toBe('st');
		const taken = press(typing, 'n', screen);
		expect(taken.view.prompt).toBeNull();
		expect(taken.session?.position).toBeGreaterThan(1);
	});

	it.each([
		[80, 24],
		[120, 36],
		[200, 50],
		[60, 19],
		[60, 16],
		[40, 10],
	])('fills a screen of %i x %i exactly, with its caption where there is room', (columns, rows) => {
		const drawn = drawScreen(started(columns, rows), screenOf(columns, rows)).map(withoutLooks);
		expect(drawn.map((line) => line.length)).toEqual(Array(rows).fill(columns));
		expect(drawn.join('\n').includes('One.')).toBe(rows >= 19);
	});
});
