import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {longLog} from '../helpers/long-log.ts';
import {eventOn, program, startTerminal, type TestTerminal} from '../helpers/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
const log = join(folder, 'long.txt');

/** Takes seconds in such a log, and changes nowhere. */
const watch = `watch ${Array.from({length: 30}, () => 'position * position < 0').join(' || ')}`;

beforeAll(() => {
	writeFileSync(log, [...longLog({format: 'ftrace', lines: 200_000})].join('\n'));
});

afterAll(() => rmSync(folder, {recursive: true}));

async function opened(): Promise<TestTerminal> {
	const terminal = startTerminal([program, log]);
	// The last word of a long recording: what is wrong in it.
	await terminal.waitFor('the findings', (text) => /q quit/.test(text) && /finding/.test(text));
	return terminal;
}

/** Begins the search, and waits until it says that it takes a while. */
async function searching(terminal: TestTerminal, keys: string): Promise<void> {
	terminal.press(keys);
	await terminal.waitFor('progress', (text) => /searching … \d+ %, Esc stops/.test(text));
}

describe('a search that takes seconds', () => {
	test('is stopped by Escape and Ctrl+C, and the same keys go on with it', async () => {
		const terminal = await opened();
		await searching(terminal, `:${watch}\r`);
		terminal.press('\u001B');
		const stopped = await terminal.waitFor('the end', (text) => text.includes('was stopped'));
		expect(stopped).toContain('The search was stopped: nothing has changed.');
		expect(stopped).toMatch(/ :.*position \* position < 0_$/);
		expect(eventOn(stopped)).toBe(0);
		await searching(terminal, '\r');
		terminal.press('\u0003');
		await terminal.waitFor('the end', (text) => text.includes('was stopped'));
		// What is typed meanwhile waits for the end.
		await searching(terminal, '\r');
		terminal.press('ss');
		const ended = await terminal.waitFor('the steps', (text) => eventOn(text) === 2);
		expect(ended).not.toContain('searching');
		terminal.press('4');
		await terminal.waitFor('the watchpoint', (text) => text.includes('×0 of 0'));
		terminal.press('q');
		expect(await terminal.exit).toEqual({code: 0, signal: 0});
	});

	test('lets the program be left: Ctrl+C twice', async () => {
		const terminal = await opened();
		await searching(terminal, `:${watch}\r`);
		terminal.press('\u0003\u0003');
		expect(await terminal.exit).toEqual({code: 130, signal: 0});
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
	});
});

test('a search that is quick is not told of', async () => {
	const terminal = startTerminal([program, 'scenarios/ccp-reload.yaml']);
	await terminal.waitFor('the first screen', (text) => text.includes('q quit'));
	terminal.press(':watch size(device("0000:23:00.1").devres_head)\r');
	await terminal.waitFor('the watchpoint', (text) => text.includes('Watchpoint'));
	terminal.press('c/irq\r');
	await terminal.waitFor('the text', (text) => text.includes('found "irq"'));
	expect(terminal.written()).not.toContain('searching');
	terminal.press('q');
	expect(await terminal.exit).toEqual({code: 0, signal: 0});
});
