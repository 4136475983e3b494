import {describe, expect, test} from 'vitest';
import {eventOn, program, startTerminal, type TestTerminal} from '../helpers/terminal.ts';

const scenario = 'scenarios/ccp-reload.yaml';

/** Presses a key that moves, and waits until the screen shows another event. */
async function go(terminal: TestTerminal, key: string): Promise<string> {
	const before = eventOn(terminal.lines().join('\n'));
	terminal.press(key);
	return terminal.waitFor(`a move by ${key}`, (text) => {
		const now = eventOn(text);
		return now !== -1 && now !== before;
	});
}

/** Presses a key until the screen shows a text. */
async function goUntil(terminal: TestTerminal, key: string, wanted: string): Promise<string> {
	let text = '';
	while (!text.includes(wanted)) text = await go(terminal, key);
	return text;
}

async function open(columns: number, rows: number): Promise<TestTerminal> {
	const terminal = startTerminal([program, scenario], {columns, rows});
	await terminal.waitFor('the first screen', (text) => text.includes('At the start'));
	return terminal;
}

async function quit(terminal: TestTerminal): Promise<void> {
	terminal.press('q');
	expect(await terminal.exit).toEqual({code: 0, signal: 0});
	expect(terminal.isAlternate()).toBe(false);
	expect(terminal.isCursorShown()).toBe(true);
}

describe('the reported bug, stepped through', () => {
	test('every stop tells what happens, from the start to the failing probe', async () => {
		const terminal = await open(120, 36);

		const removing = await goUntil(terminal, 'c', 'remove_nodes, hit 1 of 2');
		expect(removing).toMatch(/devres_head 0000:a2:00\.1 ─+ ccp · 12 nodes/);
		expect(removing).toContain('nothing is being released');

		const moved = await go(terminal, 'f');
		expect(moved).toContain('the device owns nothing');
		expect(moved).toContain('12 of 12 left');
		expect(moved).toMatch(/→ #24 pcim_intx_restore +4 /);

		const reentered = await go(terminal, 'c');
		expect(reentered).toContain('Breakpoint 2, pcim_intx');
		expect(reentered).toMatch(/▶ #24 pcim_intx_restore +4 /);
		expect(reentered).toMatch(/#0 pcim_intx .*enable=0/);
		expect(reentered).toMatch(/#2 pcim_intx_restore .*res=#24/);
		expect(reentered).toContain('orig_intx of #24 is 0, was 1 before');

		const added = await go(terminal, 'c');
		expect(added).toContain(
			'#28 pcim_intx_restore (4 bytes) was added inside the release callback',
		);
		expect(added).toMatch(/\+ #28 pcim_intx_restore +4 /);
		expect(added).toContain('9 of 12 left');

		await goUntil(terminal, 'c', 'really_probe, hit 1 of 2');
		const failing = await goUntil(terminal, 's', '⚠ The probe of ccp was refused');
		expect(failing).toContain('pci 0000:23:00.1: Resources present before probing');
		expect(failing).toMatch(/devres_head 0000:23:00\.1 ─+ .*1 node/);
		expect(failing).toMatch(/#\d+ pcim_intx_restore +4 /);
		await quit(terminal);
	});

	test('backwards stops where forwards stopped, down to the start', async () => {
		const terminal = await open(120, 36);
		const forwards: number[] = [];
		let text = '';
		while (!text.includes('At the end')) {
			text = await go(terminal, 'c');
			forwards.push(eventOn(text));
		}
		const backwards: number[] = [];
		while (!text.includes('At the start')) {
			text = await go(terminal, 'C');
			backwards.push(eventOn(text));
		}
		expect(forwards.length).toBeGreaterThan(6);
		expect(backwards).toEqual([...forwards.slice(0, -1).reverse(), 0]);
		await quit(terminal);
	});

	test('a step backwards shows the screen of before, but for the marks of what changed', async () => {
		const terminal = await open(120, 36);
		await go(terminal, 'c');
		await go(terminal, 'c');
		const stack = (text: string) =>
			text.split('\n').filter((line) => /#\d+ \w+ /.test(line)).length;
		const before = await go(terminal, 's');
		const further = await go(terminal, 's');
		const back = await go(terminal, 'S');
		expect(eventOn(further)).toBe(eventOn(before) + 1);
		expect(eventOn(back)).toBe(eventOn(before));
		expect(stack(back)).toBe(stack(before));
		await quit(terminal);
	});

	test('the story of a node is one key away, and leads back to what overwrote its value', async () => {
		const terminal = await open(120, 36);
		await goUntil(terminal, 'c', 'was added inside the release callback');
		terminal.press('\t\t\t\r');
		const story = await terminal.waitFor('the story', (text) => text.includes('you are inside it'));
		expect(story).toContain('#24 pcim_intx_restore, 4 bytes, 0000:a2:00.1');
		expect(story).toMatch(/orig_intx 0 .*⚠ was 1/);
		terminal.press('\u001B[B');
		const jumped = await go(terminal, '\r');
		expect(jumped).toContain('Jumped.');
		await quit(terminal);
	});
});

describe('sizes', () => {
	test.each([
		[80, 24, ['call stack']],
		[120, 36, ['call stack', 'INTx and registers', 'kernel log', 'breakpoints']],
		[200, 50, ['call stack', 'INTx and registers', 'kernel log', 'breakpoints', 'script']],
	])('%i x %i is filled to its edges', async (columns, rows, panes) => {
		const terminal = await open(columns, rows);
		const lines = (await go(terminal, 'c')).split('\n');
		expect(lines).toHaveLength(rows);
		expect(lines[1]).toHaveLength(columns);
		expect(lines[1]).toMatch(/^╭.*╮$/);
		expect(lines[rows - 1]).toMatch(/q quit$/);
		for (const pane of ['execution', 'devres_head', 'todo', ...panes]) {
			expect(lines.join('\n')).toContain(pane);
		}
		await quit(terminal);
	});

	test('the screen follows every resize, also to one that is too small', async () => {
		const terminal = await open(120, 36);
		for (const [columns, rows] of [
			[80, 24],
			[200, 50],
			[100, 30],
		] as const) {
			terminal.resize(columns, rows);
			await terminal.waitFor(`${columns} x ${rows}`, (text) => {
				const lines = text.split('\n');
				return lines[1]?.length === columns && lines[rows - 1]?.endsWith('q quit') === true;
			});
		}
		terminal.resize(40, 10);
		await terminal.waitFor('the message', (text) => text.startsWith('needs 60x16, not 40x10'));
		terminal.resize(80, 24);
		const back = await terminal.waitFor('the panes', (text) => text.includes('╰'));
		expect(back).not.toContain('needs 60x16');
		await quit(terminal);
	});
});
