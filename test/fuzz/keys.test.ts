import fc from 'fast-check';
import {test} from 'vitest';
import {loadRecording} from '../../source/recording/load.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {keymap} from '../../source/tui/keymap.ts';
import {press} from '../../source/tui/press.ts';
import type {ScreenState} from '../../source/tui/view-state.ts';
import {fuzz} from '../helpers/fuzz.ts';
import {expectFits} from '../helpers/look-at-all.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';
import {openedState, screenOf} from '../helpers/screen.ts';

const known = keymap.flatMap(({keys}) => keys).filter((key) => key !== 'q');
const others = [
	'escape',
	'return',
	'return',
	'backspace',
	'delete',
	'left',
	'right',
	'ctrl-u',
	'ctrl-x',
];
const words = [
	'goto 40',
	'b really_probe',
	'c',
	'info node',
	'help',
	'p stack',
	'device any',
	'delete',
];
const key = fc.oneof(
	{weight: 6, arbitrary: fc.constantFrom(...known, ...others).map((each) => [each])},
	{
		weight: 2,
		arbitrary: fc.string({unit: 'grapheme', maxLength: 6}).map((text) => Array.from(text)),
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom(...words).map((text) => [':', ...Array.from(text), 'return']),
	},
);
const keys = fc.array(key, {minLength: 1, maxLength: 60});
const size = fc.record({
	columns: fc.integer({min: 1, max: 210}),
	rows: fc.integer({min: 1, max: 60}),
});
const recordings = [
	reloadRecording(),
	imported(textOf(fixtures, 'v9-patch/graph-full/ahci.graph.txt')),
];

/** A recording whose every name is replaced by one that is hard to measure. */
function renamed(name: string): Recording {
	const lines = Array.from(serializeRecording(reloadRecording()), (line) =>
		line.replaceAll(/pcim_intx|devm_kzalloc_release|ccp|modprobe|0000:23:00|really_probe/g, name),
	);
	const loaded = loadRecording(lines);
	if (!loaded.ok) throw new Error(loaded.errors[0]?.message);
	return loaded.recording;
}

const hard = [
	'漢字',
	'👩‍👩‍👧‍👦',
	'e\u0301\u0302\u0303',
	'ﷺ',
	'é'.repeat(300),
	'한',
	'🇩🇪',
	'क्षि',
	'\uFE0F☎️',
	'\u00AD',
	'x'.repeat(5000),
	'שלום',
	'\u3164',
	'\u{E0041}',
	'ｶﾞ',
	'ก็็็็',
];

test('names of any width leave the screen exactly as large as the terminal', () => {
	const recordings = hard.map(renamed);
	fc.assert(
		fc.property(fc.nat(hard.length - 1), keys, size, (index, typed, {columns, rows}) => {
			let state: ScreenState = openedState(recordings[index] ?? reloadRecording());
			for (const one of typed.flat()) state = press(state, one, screenOf(columns, rows));
			expectFits(state, columns, rows);
			expectFits(state, 80, 24);
			expectFits(state, 120, 36);
		}),
		fuzz(60),
	);
});

test('no keys make the screen throw, and it always fills the terminal exactly', () => {
	fc.assert(
		fc.property(fc.nat(1), keys, size, (index, typed, {columns, rows}) => {
			let state: ScreenState = openedState(recordings[index] ?? reloadRecording());
			for (const [index, each] of typed.entries()) {
				for (const one of each) state = press(state, one, screenOf(columns, rows));
				if (index % 5 === 0) expectFits(state, columns, rows);
			}
			expectFits(state, columns, rows);
			expectFits(state, 80, 24);
		}),
		fuzz(40),
	);
});
