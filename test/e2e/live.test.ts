import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {fixtures, textOf} from '../helpers/real-recordings.ts';
import {eventOn, program, startTerminal} from '../helpers/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'devresdbg-'));
afterAll(() => rmSync(folder, {recursive: true}));

const lines = textOf(fixtures, 'v9-patch/ahci.dmesg.txt').trimEnd().split('\n');
const first = `${lines.slice(0, 20).join('\n')}\n`;
const rest = `${lines.slice(20).join('\n')}\n`;

test('a pipe that goes on is followed: who stands at the end goes with it, and the keys are the terminal’s', async () => {
	const pipe = join(folder, 'pipe');
	spawnSync('mkfifo', [pipe]);
	const command = `cat ${pipe} | ${process.execPath} ${program} -`;
	const terminal = startTerminal(['-c', command], {command: 'bash'});
	const writer = await open(pipe, 'w');
	await writer.write(first);
	await terminal.waitFor('what has come', (text) => text.includes('(live)'));
	terminal.press('>');
	const before = await terminal.waitFor('the end so far', (text) => eventOn(text) > 20);
	await writer.write(rest);
	await terminal.waitFor('the new end', (text) => eventOn(text) > eventOn(before));
	await writer.close();
	const text = await terminal.waitFor('the end of the log', (screen) => !screen.includes('(live)'));
	expect(text).toContain('standard input');
	terminal.press('S');
	await terminal.waitFor('a step back', (screen) => eventOn(screen) === eventOn(text) - 1);
	terminal.press('q');
	expect((await terminal.exit).code).toBe(0);
});

test('leaving does not wait for a log that never ends', async () => {
	const file = join(folder, 'log');
	writeFileSync(file, first);
	const command = `tail -n +1 -f ${file} | ${process.execPath} ${program} -; echo left with $?`;
	const terminal = startTerminal(['-c', command], {command: 'bash'});
	await terminal.waitFor('what has come', (text) => text.includes('(live)'));
	terminal.press('q');
	// The shell waits for both ends of its pipe: tail notices at its next write.
	writeFileSync(file, `${first}${rest}`);
	await terminal.waitFor('the shell', (text) => text.includes('left with 0'));
	terminal.kill('SIGKILL');
});
