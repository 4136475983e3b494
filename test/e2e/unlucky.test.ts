import {
	copyFileSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {fixtures} from '../helpers/real-recordings.ts';

import {eventOn, program, startTerminal} from '../helpers/terminal.ts';

const scenario = 'scenarios/ccp-reload.yaml';

describe('a terminal', () => {
	test.each([
		[1, 1],
		[20, 5],
		[59, 15],
		[500, 200],
	])(
		'of %i x %i is no reason to fail, and the panes come when it gets another size',
		async (columns, rows) => {
			const terminal = startTerminal([program, scenario], {columns, rows});
			await terminal.waitFor('something', (text) => terminal.isAlternate() && text.trim() !== '');
			terminal.press('sss');
			terminal.resize(80, 24);
			const text = await terminal.waitFor('the steps', (screen) => eventOn(screen) === 3);
			expect(text.split('\n')[1]).toMatch(/^╭.{78}╮$/);
			terminal.press('q');
			expect(await terminal.exit).toEqual({code: 0, signal: 0});
		},
	);

	test('that changes its size 500 times while keys come is drawn whole in the end', async () => {
		const terminal = startTerminal([program, scenario], {columns: 80, rows: 24});
		await terminal.waitFor('the first screen', (text) => text.includes('q quit'));
		for (let time = 0; time < 500; time += 1) {
			terminal.resize(1 + ((time * 37) % 230), 1 + ((time * 13) % 70));
			if (time % 5 === 0) terminal.press('s');
			// The program gets a turn, or it would see one change of size alone.
			if (time % 10 === 0) await new Promise(setImmediate);
		}
		terminal.resize(100, 30);
		const text = await terminal.waitFor('all steps at the last size', (screen) => {
			return eventOn(screen) === 100 && /^╭.{98}╮$/m.test(screen) && screen.includes('q quit');
		});
		const lines = text.split('\n');
		expect(lines[1]).toMatch(/^╭.{98}╮$/);
		expect(lines.filter((line) => /^[│├].{98}[│┤]$/.test(line))).toHaveLength(23);
		expect(lines.at(-1)).toMatch(/q quit$/);
		terminal.press('q');
		expect(await terminal.exit).toEqual({code: 0, signal: 0});
	});

	test('that gets narrower and no shorter, and as wide as before, is drawn as if it had always been so', async () => {
		const sizes = [80, 79, 60].map((columns) => ({columns, rows: 24}));
		const screens = new Map<number, string>();
		for (const size of sizes) {
			const terminal = startTerminal([program, scenario], size);
			const screen = await terminal.waitFor('all', (text) => /^ At.*\n s.*q quit$/m.test(text));
			screens.set(size.columns, screen);
			terminal.press('q');
			await terminal.exit;
		}
		const terminal = startTerminal([program, scenario], {columns: 80, rows: 24});
		for (const columns of [80, 79, 80, 60, 79]) {
			terminal.resize(columns, 24);
			await terminal.waitFor(`${columns} columns`, (text) => text === screens.get(columns));
		}
		terminal.press('q');
		expect(await terminal.exit).toEqual({code: 0, signal: 0});
	});

	test('is given back when another process interrupts', async () => {
		const terminal = startTerminal([program, scenario]);
		await terminal.waitFor('the first screen', (text) => text.includes('q quit'));
		terminal.kill('SIGINT');
		const {code, signal} = await terminal.exit;
		expect(code === 130 || signal === 2).toBe(true);
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
	});
});

test('another process that stops the program gets the terminal back for the shell', async () => {
	const shell = startTerminal(['--norc', '--noprofile', '-i'], {
		command: 'bash',
		env: {PS1: 'ready> '},
	});
	await shell.waitFor('the prompt', (text) => text.includes('ready>'));
	const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
	const file = join(folder, 'pid');
	const run = `echo $$ > '${file}'; exec '${process.execPath}' '${program}' ${scenario}`;
	shell.press(`sh -c "${run.replaceAll('$', '\\$')}"\r`);
	await shell.waitFor('the first screen', (text) => text.includes('q quit'));
	process.kill(Number(readFileSync(file, 'utf8')), 'SIGTSTP');
	rmSync(folder, {recursive: true});
	await shell.waitFor('the shell', (text) => text.includes('Stopped'));
	expect(shell.isAlternate()).toBe(false);
	expect(shell.isCursorShown()).toBe(true);
	shell.press('fg\r');
	await shell.waitFor('the panes', (text) => text.includes('q quit'));
	shell.press('s');
	await shell.waitFor('a step', (text) => eventOn(text) === 1);
	shell.press('q');
	await shell.waitFor('the shell again', (text) => text.trimEnd().endsWith('ready>'));
	shell.press('exit $?\r');
	expect((await shell.exit).code).toBe(0);
});

describe('a file that is open', () => {
	const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
	afterAll(() => rmSync(folder, {recursive: true}));

	test.each([
		['vanish', (path: string) => rmSync(path)],
		['shrink', (path: string) => truncateSync(path, 10)],
		['change', (path: string) => writeFileSync(path, 'something else\n')],
	])('may %s: what was read of it is all there, and can be saved', async (_, happen) => {
		const path = join(folder, 'nvme.dmesg.txt');
		const saved = join(folder, 'saved.jsonl');
		copyFileSync(join(fixtures, 'v6.12-stock', 'nvme.dmesg.txt'), path);
		const terminal = startTerminal([program, path]);
		await terminal.waitFor('the first screen', (text) => text.includes('q quit'));
		happen(path);
		terminal.press('5>');
		await terminal.waitFor('the last event', (text) => eventOn(text) > 10);
		terminal.press(`:save ${saved}\r`);
		await terminal.waitFor('the answer', (text) => text.includes('Saved to'));
		terminal.press('q');
		expect(await terminal.exit).toEqual({code: 0, signal: 0});
		expect(readFileSync(saved, 'utf8').split('\n').length).toBeGreaterThan(10);
	});
});
