import {expect} from 'vitest';
import {runCommand} from '../../source/debugger/command.ts';
import {runScript} from '../../source/debugger/script.ts';
import {createSession} from '../../source/debugger/session.ts';
import {compareRecordings} from '../../source/diff/compare-recordings.ts';
import {exporters} from '../../source/exporters/exporters.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {checkKtap} from '../../source/reports/check-ktap.ts';
import {checkMarkdown} from '../../source/reports/check-markdown.ts';
import {checkRecording, checkReport} from '../../source/reports/check-report.ts';
import {checkText} from '../../source/reports/check-text.ts';
import {diffJson} from '../../source/reports/diff-json.ts';
import {diffReport} from '../../source/reports/diff-report.ts';
import {drawDiff} from '../../source/tui/diff-draw.ts';
import {diffKeymap} from '../../source/tui/diff-keymap.ts';
import {openedDiff} from '../../source/tui/diff-state.ts';
import {keymap} from '../../source/tui/keymap.ts';
import {press} from '../../source/tui/press.ts';
import {pressInDiff} from '../../source/tui/press-in-diff.ts';
import {widthOf} from '../../source/tui/text-width.ts';
import {expectClean, expectFits, lookAtAll} from '../helpers/look-at-all.ts';
import {openedState, screenOf, withoutLooks} from '../helpers/screen.ts';

/** A recording that is read has at most so many letters in a report for each event. */
const mostLetters = 3000;

function expectExports(recording: Recording): void {
	for (const {format, lines} of exporters) {
		let letters = 0;
		for (const line of lines(recording)) {
			letters += line.length;
			// What stands in a saved recording is cleaned when it is read; JSON escapes the rest.
			if (format !== 'jsonl') expectClean(line);
		}
		let ofText = 0;
		for (const line of recording.header.text) ofText += 2 * line.length;
		expect(letters).toBeLessThan(100_000 + mostLetters * recording.length + ofText);
	}
}

function expectCheckable(recording: Recording): void {
	const checked = [checkRecording(recording, 'a file')];
	for (const text of [
		checkText(checked),
		checkMarkdown(checked),
		checkKtap(checked, []),
		JSON.stringify(checkReport(checked)),
	]) {
		expectClean(text);
	}
}

const diffKeys = diffKeymap.flatMap(({keys}) => keys).filter((key) => key !== 'q');
const someKeys = keymap.flatMap(({keys}) => keys).filter((key) => key !== 'q');
const typed = [
	'g 3',
	'b devres-add',
	'c',
	'why',
	'why #1',
	'find a',
	'info node',
	'device any',
	'p stack',
	'save',
];

/** Numbers that look like chance and are the same every time. */
function* numbersFrom(seed: number): Generator<number> {
	for (let value = seed | 0; ; ) {
		value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
		yield value >>> 8;
	}
}

function expectComparable(a: Recording, b: Recording, choice: number): void {
	const comparison = compareRecordings(a, b);
	const sides = {a: {name: 'a', recording: a}, b: {name: 'b', recording: b}};
	expectClean(diffReport(comparison, sides.a, sides.b));
	expectClean(JSON.stringify(diffJson(comparison, sides.a, sides.b)));
	let state = openedDiff({comparison, sides});
	let count = 0;
	for (const number of numbersFrom(choice)) {
		const screen = screenOf(1 + (number % 200), 1 + ((number >> 8) % 60));
		state = pressInDiff(state, diffKeys[number % diffKeys.length] ?? 's', screen);
		count += 1;
		if (count % 4 === 0) {
			const lines = drawDiff(state, screen).map(withoutLooks);
			expect(lines).toHaveLength(screen.rows);
			for (const line of lines) {
				expectClean(line);
				expect(widthOf(line)).toBe(screen.columns);
			}
		}
		if (count === 12) return;
	}
}

/** Some of all that can be done with a recording; which depends on `choice`. */
export function lookAtMore(recording: Recording, choice: number, other?: Recording): void {
	const looks = [
		() => lookAtAll(recording),
		() => expectExports(recording),
		() => expectCheckable(recording),
		() => expectComparable(recording, recording, choice),
		() => expectComparable(other ?? recording, recording, choice),
		() => askWhy(recording, choice),
	];
	looks[choice % looks.length]?.();
}

function askWhy(recording: Recording, choice: number): void {
	const lines: string[] = [];
	for (const number of numbersFrom(choice)) {
		lines.push(`goto ${number % (recording.length + 1)}`);
		lines.push(
			'why',
			`why #${number % 40}`,
			'why probe',
			'why command',
			'why enable_count',
			'why INTX_DISABLE',
		);
		lines.push(
			'info line',
			'info node',
			'up',
			'list',
			'diff start',
			'display size(devres_head)',
			'undisplay',
		);
		lines.push(
			'tbreak devres-add if size > 10',
			'c',
			'watch size(todo)',
			'rc',
			'find REL',
			'hits 1 fn, args',
		);
		if (lines.length > 60) break;
	}
	for (const line of lines) {
		const script = runScript(createSession(recording), {name: 'x', lines: [line]}, runCommand);
		for (const {text} of script.transcript) for (const each of text.split('\n')) expectClean(each);
		for (const error of script.error?.errors ?? []) expectClean(error);
	}
	const all = runScript(createSession(recording), {name: 'x', lines}, runCommand);
	for (const {text} of all.transcript) for (const each of text.split('\n')) expectClean(each);
}

/** Opens a recording on the screen and presses keys; the screen stays whole. */
export function pressKeys(recording: Recording, choice: number): void {
	let state = openedState(recording);
	let count = 0;
	for (const number of numbersFrom(choice)) {
		const screen = screenOf(number % 3 === 0 ? 80 : 1 + (number % 210), 1 + ((number >> 6) % 60));
		const line = typed[(number >> 4) % typed.length] ?? '';
		const key = someKeys[(number >> 4) % someKeys.length] ?? 's';
		const keys = number % 7 === 0 ? [':', ...line, 'return'] : [key];
		for (const each of keys) state = press(state, each, screen);
		count += 1;
		if (count % 5 === 0) expectFits(state, screen.columns, screen.rows);
		if (count === 25) return;
	}
}
