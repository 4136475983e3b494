import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Plugin, type RolldownOptions, rolldown} from 'rolldown';
import {beforeAll, describe, expect, test} from 'vitest';
import {eventOn, program, startTerminal, type TerminalOptions} from '../helpers/terminal.ts';

const scenario = 'scenarios/ccp-reload.yaml';

async function open(options: TerminalOptions = {}, args: readonly string[] = [scenario]) {
	const terminal = startTerminal([program, ...args], options);
	await terminal.waitFor('the first screen', (text) => text.includes('q quit'));
	return terminal;
}

describe('keys', () => {
	test('held keys lose no step, in one piece of input or in many', async () => {
		const terminal = await open();
		terminal.press('s'.repeat(40));
		for (let key = 0; key < 40; key += 1) terminal.press('s');
		await terminal.waitFor('all steps', (text) => eventOn(text) === 80);
		terminal.press('q');
		expect((await terminal.exit).code).toBe(0);
	});

	test('a key that comes before the first screen counts, and leaves no trace on it', async () => {
		const terminal = startTerminal([program, scenario]);
		terminal.press('s');
		const text = await terminal.waitFor('the step', (screen) => eventOn(screen) === 1);
		const lines = text.split('\n');
		expect(lines[1]).toMatch(/^╭.*╮$/);
		expect(lines.at(-1)).toMatch(/q quit$/);
		terminal.press('q');
		expect((await terminal.exit).code).toBe(0);
	});

	test('without a file one is chosen from those that come with the program', async () => {
		const terminal = await open({}, []);
		expect(terminal.lines().join('\n')).toContain('ccp');
		terminal.press('\r');
		await terminal.waitFor('the first recording', (text) => text.includes('At the start'));
		terminal.press('q');
		expect((await terminal.exit).code).toBe(0);
	});

	test('help shows the keys, and Esc closes it', async () => {
		const terminal = await open();
		terminal.press('?');
		await terminal.waitFor('the help', (text) => text.includes(':reverse-step'));
		terminal.press('\u001B');
		await terminal.waitFor('the panes', (text) => text.includes('devres_head'));
		terminal.press('q');
		expect((await terminal.exit).code).toBe(0);
	});
});

describe('leaving', () => {
	test('Ctrl+C leaves with 130 and gives the terminal back', async () => {
		const terminal = await open();
		expect(terminal.isAlternate()).toBe(true);
		terminal.press('\u0003');
		expect(await terminal.exit).toEqual({code: 130, signal: 0});
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
	});

	test.each([
		['SIGTERM', 15],
		['SIGHUP', 1],
	])('%s gives the terminal back', async (name, signal) => {
		const terminal = await open();
		expect(terminal.isCursorShown()).toBe(false);
		terminal.kill(name);
		const exit = await terminal.exit;
		expect(exit.signal === signal || exit.code === 128 + signal).toBe(true);
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
	});

	test.each([
		['', `'${process.execPath}' '${program}' ${scenario}`],
		[' below npm start', `sh -c "'${process.execPath}' '${program}' ${scenario}; exit \\$?"`],
	])('Ctrl+Z gives the terminal to the shell, and fg takes it again%s', async (_, line) => {
		const shell = startTerminal(['--norc', '--noprofile', '-i'], {
			command: 'bash',
			env: {PS1: 'ready> '},
		});
		await shell.waitFor('the prompt', (text) => text.includes('ready>'));
		shell.press(`${line}\r`);
		await shell.waitFor('the first screen', (text) => text.includes('At the start'));
		shell.press('ss\u001A');
		await shell.waitFor('the shell', (text) => text.includes('Stopped'));
		expect(shell.isAlternate()).toBe(false);
		shell.press('fg\r');
		await shell.waitFor('the panes', (text) => eventOn(text) === 2);
		shell.press('s');
		await shell.waitFor('a step', (text) => eventOn(text) === 3);
		shell.press('q');
		await shell.waitFor('the shell again', (text) => text.trimEnd().endsWith('ready>'));
		shell.press('exit $?\r');
		expect((await shell.exit).code).toBe(0);
	});
});

describe('colours', () => {
	const colors = 'ESC\\[(?:3[0-7]|9[0-7])m';
	const looksOf = (written: string) => written.replaceAll('\u001B', 'ESC');

	test('there are some, and none with NO_COLOR', async () => {
		const colored = await open();
		expect(looksOf(colored.written())).toMatch(new RegExp(colors));
		colored.press('q');
		await colored.exit;
		const plain = await open({env: {NO_COLOR: '1'}});
		plain.press('c');
		await plain.waitFor('a stop', (text) => eventOn(text) > 0);
		expect(looksOf(plain.written())).not.toMatch(new RegExp(colors));
		plain.press('q');
		await plain.exit;
	});
});

describe('a fault of our own', () => {
	let crashing = '';

	beforeAll(async () => {
		const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
		const fixture = join(import.meta.dirname, '..', 'fixtures', 'crashing-program.ts');
		const configuration = join(import.meta.dirname, '..', '..', 'rolldown.config.js');
		// As the program is built, with what is changed in the libraries, but for the form of its file.
		const {default: builds} = await import(configuration);
		const {output, plugins, ...rest} = builds.find(({input}: RolldownOptions) => {
			return typeof input === 'object' && 'program' in input;
		});
		const kept = plugins.filter(({name}: Plugin) => name !== 'as-script');
		const bundle = await rolldown({...rest, plugins: kept, input: {crashing: fixture}});
		await bundle.write({...output, dir: folder, entryFileNames: '[name].mjs'});
		crashing = join(folder, 'crashing.mjs');
	});

	test('gives the terminal back, says what happened and leaves with an error', async () => {
		const terminal = startTerminal([crashing]);
		await terminal.waitFor('the first screen', (text) => text.includes('At the start'));
		terminal.press('sss');
		expect(await terminal.exit).toEqual({code: 1, signal: 0});
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
		const text = terminal.lines().join('\n');
		expect(text).toContain('devresdbg stopped because of a fault of its own');
		expect(text).toContain('event 2 is unreadable');
	});
});
