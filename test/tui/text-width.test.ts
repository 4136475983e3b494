import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	column,
	cutEnd,
	cutMiddle,
	endOf,
	rightColumn,
	startOf,
	widthOf,
} from '../../source/tui/text-width.ts';

const anyText = fc.string({unit: 'grapheme', maxLength: 60});
const anyWidth = fc.integer({min: 0, max: 50});

describe('widths of texts', () => {
	test('names are cut in their middle, where they differ least', () => {
		expect(cutMiddle('pcim_addr_resource_release', 18, '…')).toBe('pcim_add…e_release');
	});

	test('a text that fits stays as it is', () => {
		expect(cutMiddle('devm_irq', 8, '…')).toBe('devm_irq');
		expect(cutEnd('devm_irq', 8, '…')).toBe('devm_irq');
	});

	test('a wide character is never cut in half', () => {
		expect(startOf('漢字', 3)).toBe('漢');
		expect(endOf('漢字', 3)).toBe('字');
		expect(column('漢字', 3, '')).toBe('字 ');
	});

	test('no cut is wider than it may be', () => {
		fc.assert(
			fc.property(anyText, anyWidth, (text, width) => {
				expect(widthOf(cutMiddle(text, width, '…'))).toBeLessThanOrEqual(Math.max(width, 0));
				expect(widthOf(cutEnd(text, width, '…'))).toBeLessThanOrEqual(width);
			}),
		);
	});

	test('a column is exactly as wide as it is asked to be', () => {
		fc.assert(
			fc.property(anyText, anyWidth, (text, width) => {
				expect(widthOf(column(text, width, '…'))).toBe(width);
				expect(widthOf(rightColumn(text, width))).toBe(width);
			}),
		);
	});
});
