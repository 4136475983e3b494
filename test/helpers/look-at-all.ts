import {expect} from 'vitest';
import {runCommand} from '../../source/debugger/command.ts';
import {createSession} from '../../source/debugger/session.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {runReport} from '../../source/reports/run-report.ts';
import {textReport} from '../../source/reports/text-report.ts';
import {widthOf} from '../../source/tui/text-width.ts';
import type {ScreenState} from '../../source/tui/view-state.ts';
import {dmesgText} from './export-text.ts';
import {linesOn, screenOf, stateOf} from './screen.ts';

// Terminal control and what reorders text; a newline stands between lines.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
const control = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** Values that nobody meant to print. */
const slips = /\bundefined\b|\bNaN\b|\[object |native code/;

/** Fails where a text could steer a terminal, or shows a value of ours that should have been a word. */
export function expectClean(text: string): void {
	expect(text).not.toMatch(slips);
	const found = control.exec(text);
	if (found === null) return;
	expect.unreachable(
		`control character in ${JSON.stringify(text.slice(found.index - 40).slice(0, 80))}`,
	);
}

/** Fails where a screen isn't exactly as large as the terminal, or could steer it. */
export function expectFits(state: ScreenState, columns: number, rows: number): void {
	const lines = linesOn(state, screenOf(columns, rows));
	expect(lines).toHaveLength(rows);
	for (const line of lines) {
		expectClean(line);
		expect(line).not.toContain('\n');
		if (widthOf(line) !== columns) expect(`${widthOf(line)}: ${line}`).toBe(`${columns}: …`);
	}
}

const looks = [
	'info devices',
	'info devres',
	'info todo',
	'info registers',
	'info log',
	'info node',
	'info breakpoints',
	'bt',
	'list',
	'print device',
	'print stack',
	'print node',
	'print args',
	'why',
	'why probe',
	'why devres_find',
	'why INTX_DISABLE',
	'why #1',
];

/** Everything that shows a recording: reports, commands and the screen, from a few positions. */
export function lookAtAll(recording: Recording): void {
	expectClean(textReport(recording, []));
	expectClean(dmesgText(recording));
	expectClean(JSON.stringify(runReport(recording, [])));
	const {length} = recording;
	for (const position of new Set([0, 1, length >> 1, length])) {
		const moved = runCommand(createSession(recording), `goto ${position}`);
		if (!moved.ok) continue;
		expectFits(stateOf(moved.session), 80, 24);
		expectFits(stateOf(moved.session), 200, 50);
		for (const look of looks) {
			const result = runCommand(moved.session, look);
			for (const line of result.ok ? result.output : result.errors) expectClean(line);
		}
	}
	for (const move of ['c', 'n', 'f', 's 5', 'rc', 'rn', 'rf'])
		runCommand(createSession(recording), move);
}
