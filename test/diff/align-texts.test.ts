import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {alignTexts} from '../../source/diff/align-texts.ts';

const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), {maxLength: 30});

/** The most pairs there can be, by the textbook table. */
function mostPairs(a: readonly string[], b: readonly string[]): number {
	let before = new Array<number>(b.length + 1).fill(0);
	for (const text of a) {
		const row = [0];
		for (const [index, other] of b.entries()) {
			const both = (before[index] ?? 0) + (text === other ? 1 : 0);
			row.push(Math.max(both, before[index + 1] ?? 0, row[index] ?? 0));
		}
		before = row;
	}
	return before[b.length] ?? 0;
}

function expectSound(a: readonly string[], b: readonly string[]): void {
	let [lastX, lastY] = [-1, -1];
	for (const [x, y] of alignTexts(a, b)) {
		expect(a[x]).toBe(b[y]);
		expect(x).toBeGreaterThan(lastX);
		expect(y).toBeGreaterThan(lastY);
		[lastX, lastY] = [x, y];
	}
}

describe('texts are aligned', () => {
	test('so that as many as possible are paired, each with an equal one, in the order of both', () => {
		fc.assert(
			fc.property(letters, letters, (a, b) => {
				expectSound(a, b);
				expect(alignTexts(a, b)).toHaveLength(mostPairs(a, b));
			}),
			{numRuns: 300},
		);
	});

	test('the same way whichever list is given first', () => {
		fc.assert(
			fc.property(letters, letters, (a, b) => {
				const swapped = alignTexts(b, a).map(([x, y]) => [y, x]);
				expect(swapped).toEqual(alignTexts(a, b));
			}),
			{numRuns: 300},
		);
	});
});

describe('long lists', () => {
	const numbers = Array.from({length: 40_000}, (_, index) => `${index}`);

	test('with a difference every few texts are aligned at what occurs once', () => {
		const other = numbers.map((text, index) => (index % 7 === 0 ? `other ${text}` : text));
		const pairs = alignTexts(numbers, other);
		expect(pairs).toHaveLength(numbers.length - Math.ceil(numbers.length / 7));
	});

	test('that have nothing in common, or only few words in different order, end soon', () => {
		const words = numbers.map((_, index) => `${(index * 7919) % 3}`);
		const others = numbers.map((_, index) => `${(index * index) % 5}`);
		expectSound(words, others);
		expect(
			alignTexts(
				numbers,
				words.map((word) => `no ${word}`),
			),
		).toEqual([]);
	});
});
