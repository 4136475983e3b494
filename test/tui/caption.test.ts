import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import type {Caption} from '../../source/tui/view-state.ts';
import {linesOn, screenOf, stateOf} from '../helpers/screen.ts';
import {shippedRecording} from '../helpers/shipped.ts';

/** Takes two lines of 80 columns. */
const text = `${'word '.repeat(29)}end.`;
const caption: Caption = {title: 'demo', text, number: 1, count: 2, doing: null};
const state = {...stateOf(createSession(shippedRecording('release-order'))), caption};

describe('a caption', () => {
	test('is whole on the usual screen', () => {
		expect(linesOn(state, screenOf(80, 24)).at(-1)).toContain('end.');
	});

	test('has one line more where columns are few and rows are not', () => {
		const lines = linesOn(state, screenOf(60, 24));
		expect(lines).toHaveLength(24);
		expect(lines.at(-4)).toContain(' demo ');
		expect(lines.at(-1)).toContain('end.');
	});

	test('says where it was cut', () => {
		const lines = linesOn(state, screenOf(60, 19));
		expect(lines).toHaveLength(19);
		expect(lines.at(-3)).toContain(' demo ');
		expect(lines.at(-1)).toMatch(/word…/);
		const ascii = linesOn(state, screenOf(60, 19, {color: false, ascii: true}));
		expect(ascii.at(-1)).toMatch(/word~/);
	});
});
