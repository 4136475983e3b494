import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {runCli} from '../helpers/run-cli.ts';
import {program, startTerminal, type TestTerminal} from '../helpers/terminal.ts';

const fresh = mkdtempSync(join(tmpdir(), 'devresdbg-'));
let learner = '';
beforeAll(() => {
	expect(runCli(['workshop', 'init', 'mine'], {cwd: fresh}).code).toBe(0);
});
afterAll(() => rmSync(fresh, {recursive: true}));
beforeEach(() => {
	learner = mkdtempSync(join(tmpdir(), 'devresdbg-'));
	cpSync(join(fresh, 'mine'), learner, {recursive: true});
});
afterEach(() => rmSync(learner, {recursive: true}));

const inFolder = (...args: string[]) => runCli(['workshop', ...args], {cwd: learner});
const textOf = (file: string) => readFileSync(join(learner, file), 'utf8');

/** Starts the workshop at the exercise of a name, chosen in the list. */
async function open(name: string, columns = 120, rows = 36): Promise<TestTerminal> {
	inFolder('show', name);
	const terminal = startTerminal([program, 'workshop'], {columns, rows, cwd: learner});
	await terminal.waitFor('the list', (text) => text.includes('devresdbg: workshop, '));
	terminal.press('\r');
	await terminal.waitFor('the exercise', (text) => text.includes(`[exercise ${name}]`));
	return terminal;
}

/** Presses keys and waits for a text that they bring to the screen. */
async function press(terminal: TestTerminal, keys: string, wanted: string | RegExp) {
	terminal.press(keys);
	return terminal.waitFor(`${wanted} by ${keys}`, (text) =>
		typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text),
	);
}

/** Leaves by the list, which must count what was passed. */
async function leave(terminal: TestTerminal, passed: number): Promise<void> {
	await press(terminal, 'l', `workshop, ${passed} of 24 passed`);
	terminal.press('q');
	expect(await terminal.exit).toEqual({code: 0, signal: 0});
}

describe('a learner on the screen', () => {
	test('predicts, is shown what is so, steps back, and passes', async () => {
		const terminal = await open('todo', 80, 24);
		const wrong = await press(terminal, 'a', 'Not so.');
		expect(wrong).toMatch(/ predicted {18}real /);
		expect(wrong).toMatch(/ a\) devres_head {13}b\) todo /);
		expect(wrong).toContain('Shown by event 108: remove_nodes = 4');
		await press(terminal, '\u001B', /todo .*4 of 4 left/);
		await press(terminal, 'N', 'event 102 of 152');
		await press(terminal, 'e', 'Question 1 of 2');
		await press(terminal, 'b', 'Question 2 of 2');
		await press(terminal, 'h', 'hint 1 of 3');
		await press(terminal, 'b', 'Passed');
		expect(await press(terminal, 'o', 'where: b')).toContain('head: b');
		await press(terminal, 'n', '[exercise open-group]');
		await leave(terminal, 1);
		expect(inFolder('verify', 'todo').code).toBe(0);
	});

	test('predicts by selecting a node in its list', async () => {
		const terminal = await open('newest-first');
		await press(terminal, '\u001B', 'devres_head 0000:00:04.0');
		await press(terminal, 'a', 'Select a node first');
		await press(terminal, '\u001B', 'devres_head 0000:00:04.0');
		await press(terminal, '\t\t', '[devres_head');
		terminal.press('\u001B[F');
		await press(terminal, 'a', 'Right.');
		expect(textOf('12-newest-first/answer.yaml')).toContain('first: "#4"');
		await leave(terminal, 0);
	});

	test('finds the culprit with a breakpoint of their own', async () => {
		const terminal = await open('during-release');
		await press(terminal, 'v', 'not ok  the commands end at the culprit');
		await press(terminal, '\u001B', 'At the start');
		await press(terminal, ':', /^ :_? *$/m);
		await press(terminal, 'break devres-add if inside("devres_release_all")\r', 'hit 0 of 2');
		await press(terminal, 'c', 'event 547 of');
		await press(terminal, 'e', '[exercise during-release]');
		await press(terminal, 'v', 'Passed');
		await leave(terminal, 1);
		expect(textOf('42-during-release/find.dbg')).toMatch(
			/^# v wrote this .*\nbreak event devres-add if inside\("devres_release_all"\)\ngoto 547\n$/,
		);
		expect(inFolder('verify', 'during-release').code).toBe(0);
	});

	test('fixes a driver in an editor and sees it run', async () => {
		const terminal = await open('twice');
		await press(terminal, 'v', 'not ok  the enable count is balanced');
		const file = join(learner, '22-twice/driver.yaml');
		writeFileSync(file, textOf('22-twice/driver.yaml').replace('pci_disable_device', 'oops'));
		await press(terminal, 'v', 'line 14: unknown step "oops"');
		writeFileSync(file, textOf('22-twice/driver.yaml').replace('    remove:\n      - oops\n', ''));
		await press(terminal, 'v', 'Passed');
		await press(terminal, 'r', 'is as it began');
		await leave(terminal, 1);
		expect(textOf('22-twice/driver.yaml')).toContain('pci_disable_device');
	});

	test('builds a driver until every failing allocation is cleaned up', async () => {
		const terminal = await open('build');
		await press(terminal, 'v', 'not ok  the device is enabled once');
		const solution = readFileSync('scenarios/workshop/26-build/solution.yaml', 'utf8');
		writeFileSync(join(learner, '26-build/driver.yaml'), solution);
		await press(terminal, 'v', 'Passed');
		await leave(terminal, 1);
	});

	test('diagnoses a log by its rule and its line', async () => {
		const check = ['check', '44-the-log/report.txt', '--format', 'json'];
		const {findings} = JSON.parse(runCli(check, {cwd: learner}).stdout).recordings[0];
		const event = findings[0].event + 1;
		const terminal = await open('the-log');
		const task = terminal.lines().join('\n');
		const letter = / (?<letter>[a-f]) {2}add-during-release/.exec(task)?.groups?.['letter'] ?? '';
		await press(terminal, letter, 'ok      the rule that is broken is named');
		await press(terminal, '\u001B', 'At the start');
		await press(terminal, 'g', 'go to event');
		await press(terminal, `${event}\r`, `event ${event} of`);
		await press(terminal, 'a', 'Passed');
		await leave(terminal, 1);
		expect(textOf('44-the-log/answer.yaml')).toContain('line: 14');
	});

	test('keeps the list and leaves by it where a file of the debugger has no exercise', async () => {
		const terminal = startTerminal([program, 'ccp-reload'], {cwd: learner});
		await terminal.waitFor('the first screen', (text) => text.includes('At the start'));
		await press(terminal, 'e', 'No exercise is open');
		terminal.press('q');
		expect((await terminal.exit).code).toBe(0);
	});
});

describe('watch', () => {
	test('tells what a save changed, gives hints, and goes on', async () => {
		const terminal = startTerminal([program, 'workshop', 'watch'], {cwd: learner});
		await terminal.waitFor('the first verdict', (text) => text.includes('h hint'));
		expect(terminal.lines().join('\n')).toContain('after-probe: not passed');
		const file = join(learner, '11-after-probe/answer.yaml');
		writeFileSync(file, 'count: c\nnewest: a\nunbound: none\n');
		await terminal.waitFor('what changed', (text) => text.includes('now ok      demo is about'));
		writeFileSync(file, 'count: [\n');
		await terminal.waitFor('an error', (text) => text.includes('answer.yaml:2:1'));
		rmSync(file);
		await terminal.waitFor('a missing file', (text) => text.includes('no such file'));
		writeFileSync(file, 'count: c\nnewest: c\nunbound: b\n');
		await terminal.waitFor('the pass', (text) => text.includes('after-probe: passed'));
		await press(terminal, 'n', 'The newest goes first');
		await press(terminal, 'h', 'hint 1 of 3 for newest-first');
		await press(terminal, 'l', '1 of 24 passed');
		terminal.press('q');
		expect(await terminal.exit).toEqual({code: 0, signal: 0});
	});
});
