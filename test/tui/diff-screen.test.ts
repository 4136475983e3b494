import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {drawDiff} from '../../source/tui/diff-draw.ts';
import {diffIndexOf, lineAt, lineOf, ordinalOf, placeOf} from '../../source/tui/diff-index.ts';
import {diffKeymap} from '../../source/tui/diff-keymap.ts';
import {type DiffState, openedDiff} from '../../source/tui/diff-state.ts';
import {pressInDiff} from '../../source/tui/press-in-diff.ts';
import {widthOf} from '../../source/tui/text-width.ts';
import {kernelsOfCcp, tracesOfAhci} from '../helpers/compared.ts';
import {screenOf, withoutLooks} from '../helpers/screen.ts';

const traces = openedDiff(tracesOfAhci());
const kernels = openedDiff(kernelsOfCcp());

function pressed(state: DiffState, keys: string | readonly string[], screen = screenOf(120, 36)) {
	const list = typeof keys === 'string' ? Array.from(keys) : keys;
	return list.reduce((before, key) => pressInDiff(before, key, screen), state);
}

function linesOn(state: DiffState, screen = screenOf(120, 36)): readonly string[] {
	return drawDiff(state, screen).map(withoutLooks);
}

function page(lines: readonly string[]): string {
	return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Verdict of the current row. */
function verdict(state: DiffState): string | undefined {
	const place = placeOf(diffIndexOf(state.comparison), state.at);
	if (place === null) return undefined;
	return state.comparison.devices[place.device]?.phases[place.phase]?.rows[place.row]?.verdict;
}

describe('the screen of two executions', () => {
	test.each([
		[80, 24],
		[120, 36],
	])(
		'at %i x %i shows what is different, and what each has in its lists',
		async (columns, rows) => {
			const screen = screenOf(columns, rows);
			const lines = linesOn(pressed(traces, 's', screen), screen);
			await expect(page(lines)).toMatchFileSnapshot(`../golden/diff-screen-${columns}x${rows}.txt`);
		},
	);

	test('is exactly as large as the terminal, at every size, whatever is open', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 260}),
				fc.integer({min: 1, max: 80}),
				fc.constantFrom('', 'z', 'zz', '?', 'g12', 'xx', 'n', '>', '<'),
				fc.constantFrom(traces, kernels),
				(columns, rows, keys, state) => {
					const screen = screenOf(columns, rows);
					const lines = linesOn(pressed(state, keys, screen), screen);
					expect(lines).toHaveLength(rows);
					for (const line of lines) expect(widthOf(line)).toBe(columns);
				},
			),
			{numRuns: 60},
		);
	});

	test('no keys in any order break it, nor lead out of the rows', () => {
		const keys = [...diffKeymap.flatMap((binding) => binding.keys), '5', 'backspace', 'return'];
		const harmless = keys.filter((key) => key !== 'q');
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...harmless), {maxLength: 40}), (typed) => {
				const state = pressed(kernels, typed, screenOf(100, 30));
				expect(state.at).toBeGreaterThanOrEqual(0);
				expect(state.at).toBeLessThan(diffIndexOf(state.comparison).rows);
				expect(linesOn(state, screenOf(100, 30))).toHaveLength(30);
			}),
			{numRuns: 60},
		);
	});

	test('tells differences by symbols, in ASCII too', () => {
		const screen = screenOf(120, 36, {color: false, ascii: true});
		const text = linesOn(pressed(kernels, 'xx', screen), screen).join('\n');
		expect(text).toMatch(/ADD #6 pcim_iomap_release \(48\) +! ADD #6 pcim_iomap_release \(136\)/);
		expect(text).toMatch(/ADD #3 pcim_release \(0\) +< /);
		expect(text).toMatch(/> ADD #4 pcim_disable_device \(16\)/);
		expect(text).toMatch(/ADD #1 devm_kzalloc_release \(184\) +=/);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what this is about.
		expect(text).toMatch(/^[\u0000-\u007F]*$/);
	});

	test('of few columns shows the lists of the side that is looked at', () => {
		const screen = screenOf(64, 24);
		expect(linesOn(traces, screen).join('\n')).not.toContain('B devres_head');
		expect(linesOn(pressed(traces, ['tab'], screen), screen).join('\n')).toContain(
			'[B devres_head 0000:00:1f.2]',
		);
	});
});

describe('keys', () => {
	test('it opens at the first difference', () => {
		expect(verdict(traces)).toBe('only-b');
		expect(linesOn(traces).join('\n')).toContain('The first difference.');
	});

	test('s and S step both executions by a row', () => {
		const next = pressed(traces, 's');
		expect(next.at).toBe(traces.at + 1);
		expect(pressed(next, 'S').at).toBe(traces.at);
	});

	test('x and X go to differences alone, and say when there is none', () => {
		const {differences} = diffIndexOf(traces.comparison);
		const all = pressed(traces, 'x'.repeat(differences.length - 1));
		expect(all.at).toBe(differences.at(-1));
		expect(pressed(all, 'x').message).toBe('There is no further difference.');
		expect(pressed(all, 'X'.repeat(differences.length)).message).toBe(
			'There is no difference before.',
		);
	});

	test('n and N go to the beginnings of phases', () => {
		const {starts} = diffIndexOf(traces.comparison);
		expect(pressed(traces, 'n').at).toBe(starts[1]);
		expect(pressed(traces, 'nN').at).toBe(starts[0]);
		expect(pressed(traces, '>n').message).toBe('There is no further phase.');
	});

	test('g goes to an event of the side that is looked at', () => {
		const place = placeOf(diffIndexOf(traces.comparison), 30);
		if (place === null) throw new Error('there are rows');
		const row = traces.comparison.devices[0]?.phases[place.phase]?.rows[place.row];
		const event = `${(row?.b?.seq ?? 0) + 1}`;
		expect(pressed(traces, ['tab', 'g', ...event, 'return']).at).toBe(30);
		expect(pressed(traces, ['g', '9', '9', '9', '9', '9', 'return']).message).toContain('No other');
		expect(pressed(traces, ['g', '1', 'escape']).at).toBe(traces.at);
	});

	test('z shows only the rows, then only the lists, then both', () => {
		const [rows, lists, both] = ['z', 'zz', 'zzz'].map((keys) =>
			linesOn(pressed(traces, keys)).join('\n'),
		);
		expect(rows).not.toContain('devres_head');
		expect(lists).not.toContain('A and B');
		expect(both).toBe(linesOn(pressed(traces, ['tab', 'tab'])).join('\n'));
	});

	test('? names every key, and scrolls where they have no room', () => {
		const screen = screenOf(80, 24);
		const help = pressed(traces, '?', screen);
		const text = [help, pressed(help, '>', screen)].flatMap((state) => linesOn(state, screen));
		for (const {help: what} of diffKeymap) expect(text.join('\n')).toContain(what);
		expect(pressed(help, 'q', screen)).toMatchObject({help: null, exit: null});
	});

	test('q leaves, and Ctrl+C says that it was interrupted', () => {
		expect(pressed(traces, 'q').exit).toBe(0);
		expect(pressed(traces, ['ctrl-c']).exit).toBe(130);
	});
});

describe('the lists', () => {
	test('show the node that one recording adds while it releases, marked as its own', () => {
		const lines = linesOn(pressed(traces, 's')).join('\n');
		expect(lines).toMatch(/\+> #23 +pcim_intx_restore +4/);
	});

	test('number nodes alike in both', () => {
		const lines = linesOn(pressed(kernels, '<ss'));
		const row = lines.find((line) =>
			/#1 .*devm_kzalloc_release.*#1 .*devm_kzalloc_release/.test(line),
		);
		expect(row).toBeDefined();
	});
});

test('every line of the list is the one that its row says', () => {
	const {comparison} = kernels;
	const index = diffIndexOf(comparison);
	const ordinals: number[] = [];
	for (let number = 0; number < index.lines; number += 1) {
		const line = lineAt(index, number);
		if (line?.kind !== 'row') continue;
		ordinals.push(line.ordinal);
		expect(lineOf(index, line.ordinal)).toBe(number);
		expect(placeOf(index, line.ordinal)).toEqual(line.place);
		expect(ordinalOf(index, line.place)).toBe(line.ordinal);
	}
	expect(ordinals).toEqual(Array.from({length: index.rows}, (_, ordinal) => ordinal));
	expect(lineAt(index, index.lines)).toBeNull();
});
