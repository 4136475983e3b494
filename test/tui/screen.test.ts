import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createSession} from '../../source/debugger/session.ts';
import {goTo} from '../../source/debugger/step.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {drawScreen} from '../../source/tui/draw.ts';
import {keymap} from '../../source/tui/keymap.ts';
import {widthOf} from '../../source/tui/text-width.ts';
import {changedRecording} from '../helpers/changed-recording.ts';
import {manyNodes} from '../helpers/many.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';
import {linesOn, openedState, pressed, screenOf, stateOf} from '../helpers/screen.ts';

const recording = reloadRecording();
const start = openedState(recording);

/** The heart of the bug: the release callback has just added a node. */
const lateAdd = stateOf(
	goTo(
		goTo(createSession(recording), recording.ofType('devres-release')[0] ?? 0),
		(recording.ofType('devres-add').at(-1) ?? 0) + 1,
	),
);

function page(lines: readonly string[]): string {
	return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

describe('the screen', () => {
	test.each([
		[80, 24],
		[120, 36],
		[200, 50],
	])('at %i x %i tells the bug at a glance', async (columns, rows) => {
		const lines = linesOn(lateAdd, screenOf(columns, rows));
		await expect(page(lines)).toMatchFileSnapshot(`../golden/screen-${columns}x${rows}.txt`);
	});

	test('is exactly as large as the terminal, at every size, whatever is open', () => {
		const keys = ['?', 'D', 'z', ':', '4', ']c', '>', 'uu'];
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 260}),
				fc.integer({min: 1, max: 80}),
				fc.constantFrom(...keys),
				(columns, rows, typed) => {
					const screen = screenOf(columns, rows);
					const lines = linesOn(pressed(start, typed, screen), screen);
					expect(lines).toHaveLength(rows);
					for (const line of lines) expect(widthOf(line)).toBe(columns);
				},
			),
			{numRuns: 60},
		);
	});

	test('no keys in any order break it, nor let the session leave the recording', () => {
		const keys = [
			...keymap.flatMap((binding) => binding.keys),
			'5',
			'x',
			'é',
			'backspace',
			'ctrl-u',
		];
		const sizes = [screenOf(80, 24), screenOf(120, 36), screenOf(200, 50)];
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...keys.filter((key) => key !== 'q')), {maxLength: 40}),
				fc.constantFrom(...sizes),
				(typed, screen) => {
					const state = pressed(start, typed, screen);
					const position = state.session?.position ?? -1;
					expect(position).toBeGreaterThanOrEqual(0);
					expect(position).toBeLessThanOrEqual(recording.length);
					const lines = linesOn(state, screen);
					expect(lines).toHaveLength(screen.rows);
					for (const line of lines) expect(widthOf(line)).toBe(screen.columns);
				},
			),
			{numRuns: 200},
		);
	});

	test('an empty recording is drawn too, and no key breaks it', () => {
		const keys = [
			...'snfcSNFC[]<>bud',
			'down',
			'end',
			'return',
			'tab',
			'return',
			'b',
			'D',
			'return',
		];
		const state = pressed(openedState(recordingOf('')), keys);
		expect(linesOn(state)).toHaveLength(36);
		expect(linesOn(state)[0]).toContain('event 0 of 0');
	});

	test('what lies over the panes says how much of it is below', () => {
		const small = screenOf(80, 24);
		const help = (keys: readonly string[]) => linesOn(pressed(start, ['?', ...keys], small), small);
		const below = Number(/ Down: (\d+) more, Esc closes /.exec(help([])[1] ?? '')?.[1]);
		expect(below).toBeGreaterThan(0);
		expect(help(['end'])[1]).toMatch(/─ Esc closes ─╮$/);
		const all = linesOn(pressed(start, '?'), screenOf(120, 100));
		expect(all[1]).not.toContain('more');
	});

	test('too small a terminal gets one plain line', () => {
		const lines = linesOn(start, screenOf(59, 15));
		expect(page(lines).trim()).toBe('needs 60x16, not 59x15: devresdbg');
	});

	test('has no colours where none are wanted, and the same characters', () => {
		const colored = drawScreen(lateAdd, screenOf(120, 36, {color: true, ascii: false}));
		const plain = drawScreen(lateAdd, screenOf(120, 36, {color: false, ascii: false}));
		expect(colored.join('')).toContain('\u001B[31m');
		expect(plain.join('').replaceAll('\u001B', 'ESC')).not.toMatch(/ESC\[(?:3|4|9|10)\d/);
		expect(linesOn(lateAdd, screenOf(120, 36, {color: true, ascii: false}))).toEqual(
			linesOn(lateAdd),
		);
	});

	test('has only characters of ASCII where no others are wanted', () => {
		const ascii = screenOf(120, 36, {color: false, ascii: true});
		for (const keys of [[''], ['?'], ['D'], ['z'], ['tab', 'tab', 'return']]) {
			expect(linesOn(pressed(lateAdd, keys, ascii), ascii).join('')).toMatch(/^[ -~]*$/);
		}
	});

	test('wide characters and very long names leave every line as wide as the screen', () => {
		const odd = recordingOf(`
			device: ${'usb-漢字'.repeat(20)}
			${'very_long_function_name_'.repeat(12)}(argument=${'漢'.repeat(90)})
			  {"type": "devres-add", "node": "1", "generation": 0, "name": "${'漢字release'.repeat(30)}", "size": 123456789}
			  log ${'日本語のログ'.repeat(40)}
		`);
		for (const [columns, rows] of [
			[80, 24],
			[121, 36],
			[200, 50],
		] as const) {
			const screen = screenOf(columns, rows);
			for (const keys of ['s', 'ss', 'sss', 'sssD']) {
				const lines = linesOn(pressed(openedState(odd), keys, screen), screen);
				for (const line of lines) expect(widthOf(line)).toBe(columns);
			}
		}
	});
});

/** Counts the events that are looked at. */
function counting(inner: Recording): {recording: Recording; count: () => number} {
	let looks = 0;
	const counted = changedRecording(inner, {
		at: (seq) => {
			looks += 1;
			return inner.at(seq);
		},
	});
	return {recording: counted, count: () => looks};
}

describe('large recordings', () => {
	test('200 devices: the last is shown and can be chosen', () => {
		const many = manyNodes(200, 3);
		const state = pressed(openedState(many), ['>', 'D', 'end']);
		expect(linesOn(state).join('\n')).toContain('0000:c7:00.0');
		const chosen = pressed(state, ['up', 'return']);
		expect(linesOn(chosen).join('\n')).toContain('devres_head 0000:c6:00.0');
	});

	test('a device with one node has 1 node in the list of devices', () => {
		const lines = linesOn(pressed(openedState(manyNodes(2, 1)), ['>', 'D'])).join('\n');
		expect(lines).toContain(' 1 node ');
		expect(lines).not.toContain('1 nodes');
	});

	test('10,000 nodes: the newest are in sight, and the first with Home', () => {
		const screen = screenOf(200, 50);
		const state = pressed(openedState(manyNodes(1, 10_000)), '>', screen);
		expect(linesOn(state, screen).join('\n')).toContain('#10000');
		const first = pressed(state, ['tab', 'tab', 'home'], screen);
		expect(first.view.focus).toBe('devres_head');
		expect(linesOn(first, screen).join('\n')).toMatch(/ #1 {2,}devm_kzalloc_release/);
	});

	test('a step and its screen look at no more events in a long recording than in a short one', () => {
		const looksOf = (nodes: number) => {
			const {recording: counted, count} = counting(manyNodes(1, nodes));
			const screen = screenOf(120, 36);
			const middle = goTo(createSession(counted), Math.floor(counted.length / 2));
			const warm = pressed(stateOf(middle), 'sS', screen);
			drawScreen(warm, screen);
			const before = count();
			drawScreen(pressed(warm, 's', screen), screen);
			return count() - before;
		};
		expect(looksOf(30_000)).toBeLessThanOrEqual(looksOf(1_000) + 20);
	});
});
