import {expect, test} from 'vitest';
import {program, startTerminal} from '../helpers/terminal.ts';

const words = ['diff', 'ccp-reload@v9-series', 'ccp-reload@v6.14'];

test('two executions are stepped through side by side, and follow the size of the terminal', async () => {
	const terminal = startTerminal([program, ...words], {columns: 80, rows: 24});
	const first = await terminal.waitFor('the first difference', (text) =>
		text.includes('The first difference.'),
	);
	expect(first).toMatch(/▶ ADD #3 pcim_release \(0\) +</);

	terminal.press('xxxxxx');
	const late = await terminal.waitFor('the node added late', (text) =>
		text.includes('▶ ADD #17 pcim_intx_restore'),
	);
	expect(late).toMatch(/\+< #17 +pcim_intx_restore/);

	terminal.resize(120, 36);
	await terminal.waitFor('the larger screen', (text) => text.includes('z zoom'));
	expect(terminal.lines()).toHaveLength(36);

	terminal.press('q');
	expect(await terminal.exit).toEqual({code: 0, signal: 0});
	expect(terminal.isAlternate()).toBe(false);
	expect(terminal.isCursorShown()).toBe(true);
});

test('with --plain or a format it prints the report, on a terminal, too', async () => {
	for (const option of ['--plain', '--format=text']) {
		const terminal = startTerminal([program, ...words, option]);
		expect((await terminal.exit).code).toBe(1);
		expect(terminal.written()).toContain('compared 113, equal 52, different 61');
		expect(terminal.written()).not.toContain('\u001B[?1049h');
	}
});
