import {describe, expect, test} from 'vitest';
import {importLog} from '../../source/importers/import-log.ts';
import {cleanText} from '../../source/recording/clean-text.ts';
import {loadRecording} from '../../source/recording/load.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {drawScreen} from '../../source/tui/draw.ts';
import {expectClean, lookAtAll} from '../helpers/look-at-all.ts';
import {expectPaintedInPlace} from '../helpers/painted.ts';
import {reloadRecording} from '../helpers/reload-recording.ts';
import {openedState, pressed, screenOf} from '../helpers/screen.ts';

/** Texts that steer a terminal, or that terminals and programs like to measure differently. */
const texts: readonly (readonly [string, string])[] = [
	['colours', '\u001B[31mred\u001B[7m'],
	['a cleared screen', '\u001B[2J\u001B[H'],
	['another buffer', '\u001B[?1049h\u001B[?25l'],
	['a window title', '\u001B]0;owned\u0007x'],
	['a hyperlink', '\u001B]8;;http://x\u001B\\x\u001B]8;;\u001B\\'],
	['a clipboard', '\u001B]52;c;eA==\u001B\\x'],
	['a device control string', '\u001BPq#0;2;0;0;0~\u001B\\x'],
	['a string that never ends', '\u001B]0;x'],
	['an application command', '\u001B_Gi=1;x\u001B\\x'],
	['a privacy message', '\u001B^x\u001B\\'],
	['8-bit control characters', '\u009B2J\u009D0;x\u009C\u0090q\u009C\u009F'],
	['a scroll region', '\u001B[5;10r\u001BMx'],
	['another character set', '\u001B(0qqq\u000Ex'],
	['backspaces and returns', 'x\b\b\b\b\r\n\u000B\u000Cy\u007F'],
	['tabs', 'a\t\tb'],
	['overridden direction', '\u202Etxet\u202C\u2067x\u2069\u061C'],
	['wide letters', '漢字かなカナ한글'],
	['wide letters cut in two', 'ｶﾞ漢'.repeat(40)],
	['combining letters', 'e\u0301\u0302\u0303'.repeat(60)],
	['joined emoji', '👩‍👩‍👧‍👦👍🏽🏳️‍🌈'],
	['flags', '🇩🇪🇩'],
	['variants', '☎️1️⃣⚠\uFE0E'],
	['letters of no width', 'a\u00ADb\u200Bc\u2060d\uFEFF\u3164\u115F\uFFA0'],
	['tags', '\u{1F3F4}\u{E0067}\u{E007F}\u{E0041}'],
	['other scripts', 'क्षि ก็็็็ שָׁלוֹם ﷺ \u0600a \u{110BD}a'],
	['halves of letters', '\uD800x\uDC00'],
	['a long line', 'x'.repeat(1_000_000)],
];

/** A recording in which everything that has a name has this one. */
function renamed(name: string): Recording {
	const quoted = JSON.stringify(name).slice(1, -1);
	const lines = Array.from(serializeRecording(reloadRecording()), (line) =>
		line.replaceAll(
			/pcim_intx\b|devm_kzalloc_release|ccp|modprobe|0000:23:00|really_probe|Resources/g,
			() => quoted,
		),
	);
	const loaded = loadRecording(lines);
	if (!loaded.ok) throw new Error(loaded.errors[0]?.message);
	return loaded.recording;
}

describe('the screen stays in place with', () => {
	test.each(texts)('%s', async (_, text) => {
		// Names of a megabyte, thousands of times, are no recording.
		const recording = renamed(text.slice(0, 20_000));
		let state = openedState(recording);
		for (const [keys, columns, rows] of [
			[[], 80, 24],
			[['>', '3'], 200, 50],
			[['x', 'z'], 80, 24],
		] as const) {
			const screen = screenOf(columns, rows, {color: true, ascii: false});
			state = pressed(state, keys, screen);
			await expectPaintedInPlace(drawScreen(state, screen), columns);
		}
	});
});

test('a log of such lines is read, and can be looked at in every way', () => {
	const lines = texts.map(
		([, text], index) =>
			`[    ${index}.000000] ahci 0000:00:1f.2: DEVRES ADD 00000000000000${(16 + index).toString(16)} ${text} (16 bytes)\n[    ${index}.500000] pci 0000:00:1f.2: ${text}`,
	);
	const read = importLog(lines.join('\n'));
	if (!read.ok) throw new Error(read.errors[0]?.message);
	lookAtAll(read.recording);
});

test('what is left of such texts is clean', () => {
	for (const [, text] of texts) {
		const clean = cleanText(text);
		expectClean(clean);
		expect(cleanText(clean)).toBe(clean);
	}
});
