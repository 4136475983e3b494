import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {eventOn, program, startTerminal} from '../helpers/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

const path = join(folder, 'short.demo');
writeFileSync(
	path,
	[
		'title A short demo',
		'open ccp-reload',
		'# One.',
		'key s s',
		'# Two.',
		'pause 60s',
		'key s',
	].join('\n'),
);

describe('a demo in a terminal', () => {
	test('plays, is held, steps back and forth, and is the reader’s after another key', async () => {
		const terminal = startTerminal([program, 'demo', path], {columns: 80, rows: 24});
		const first = await terminal.waitFor('the first caption', (text) => text.includes(' One.'));
		expect(first).toContain('A short demo');
		// It goes on by itself, and waits at the second caption.
		await terminal.waitFor('the second caption', (text) => text.includes(' Two.'));
		terminal.press(' ');
		await terminal.waitFor('the hold', (text) => text.includes('paused'));
		terminal.press('\u001B[D');
		await terminal.waitFor(
			'the step back',
			(text) => text.includes(' One.') && eventOn(text) === 2,
		);
		terminal.press('\u001B[C');
		await terminal.waitFor('the step on', (text) => text.includes(' Two.'));
		terminal.press('n');
		const taken = await terminal.waitFor('the whole screen', (text) => !text.includes(' Two.'));
		expect(eventOn(taken)).toBe(3);
		expect(taken).toContain('s step  n next');
		terminal.press(':');
		await terminal.waitFor('the prompt', (text) => /^ :_$/m.test(text));
		terminal.press('goto 100\r');
		await terminal.waitFor('event 100', (text) => eventOn(text) === 100);
		terminal.press('q');
		expect((await terminal.exit).code).toBe(0);
		expect(terminal.isAlternate()).toBe(false);
	});

	test('is left by the key that leaves, in the midst of it', async () => {
		const terminal = startTerminal([program, 'demo', 'report'], {columns: 120, rows: 36});
		await terminal.waitFor('the first caption', (text) => text.includes('Summer 2024'));
		terminal.press('q');
		expect((await terminal.exit).code).toBe(0);
	});

	test('fits whatever size the terminal gets', async () => {
		const terminal = startTerminal([program, 'demo', 'report'], {columns: 80, rows: 24});
		await terminal.waitFor('the first caption', (text) => text.includes('Summer 2024'));
		terminal.press(' ');
		await terminal.waitFor('the hold', (text) => text.includes('paused'));
		terminal.resize(120, 36);
		const text = await terminal.waitFor('the larger screen', () => {
			return terminal.lines()[33]?.startsWith('─ The report') === true;
		});
		expect(text).toContain('kernel log');
		terminal.press('\u0003');
		expect((await terminal.exit).code).toBe(130);
	});
});
