import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import {reload} from '../helpers/reload-picture.ts';
import {linesOn, pressed, screenOf, stateOf} from '../helpers/screen.ts';

const end = stateOf(goTo(createSession(reload), reload.length - 1));

describe('y asks why', () => {
	test('the last event is so, and Enter jumps to what a line names', () => {
		const state = pressed(end, 'y');
		expect(state.view.overlay).toMatchObject({kind: 'why', question: {kind: 'stop'}});
		const jumped = pressed(state, ['end', 'return']);
		expect(jumped.view.overlay).toBeNull();
		expect(jumped.session?.position).toBeLessThan(reload.length);
	});

	test('the selected node is where it is', () => {
		const onHead = pressed(end, ['tab', 'tab', 'home', 'y']);
		expect(onHead.view.focus).toBe('devres_head');
		expect(onHead.view.overlay).toMatchObject({kind: 'why', question: {kind: 'node'}});
	});

	test('bit 10 is set, in the registers', () => {
		expect(pressed(end, '2y').view.overlay).toMatchObject({
			question: {kind: 'value', valued: {name: 'INTX_DISABLE'}},
		});
	});

	test('and a typed question opens the same list', () => {
		const typed = pressed(end, [...':why probe', 'return']);
		expect(typed.view.overlay).toMatchObject({kind: 'why', question: {kind: 'probe'}});
		expect(pressed(typed, ['escape']).view.overlay).toBeNull();
	});

	test('Enter on what is not recorded leads nowhere and says so', () => {
		const start = stateOf(createSession(reload));
		const state = pressed(start, ['y', 'return']);
		expect(state.view.message).toBe('There is nothing to jump to in this row.');
	});

	test.each([60, 80, 120, 200])('lines are broken at blanks to fit %i columns', (columns) => {
		const lines = linesOn(pressed(end, 'y', screenOf(columns, 24)), screenOf(columns, 24));
		expect(lines.join('\n')).toContain('event 40');
		expect(new Set(lines.map((line) => line.length))).toEqual(new Set([columns]));
	});

	test('an ASCII screen has no arrows', () => {
		const screen = screenOf(100, 30, {color: false, ascii: true});
		expect(linesOn(pressed(end, 'y', screen), screen).join('\n')).toMatch(/^[ -~\n]*$/);
	});
});
