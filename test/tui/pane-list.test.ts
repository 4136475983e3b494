import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {windowStart} from '../../source/tui/pane-list.ts';

const window = fc
	.record({length: fc.integer({min: 1, max: 500}), height: fc.integer({min: 1, max: 60})})
	.chain(({length, height}) =>
		fc.record({
			length: fc.constant(length),
			height: fc.constant(height),
			wanted: fc.nat({max: length - 1}),
		}),
	);

describe('windowStart', () => {
	test('the wanted row is always in sight, and no row is wasted', () => {
		fc.assert(
			fc.property(window, ({length, height, wanted}) => {
				const start = windowStart(wanted, length, height);
				expect(start).toBeGreaterThanOrEqual(0);
				expect(start).toBeLessThanOrEqual(wanted);
				expect(start + height).toBeGreaterThan(wanted);
				if (length >= height) expect(start + height).toBeLessThanOrEqual(length);
			}),
		);
	});

	test('most steps leave the window where it is', () => {
		const starts = Array.from({length: 300}, (_, wanted) => windowStart(wanted, 300, 30));
		const changes = starts.filter((start, index) => start !== (starts[index - 1] ?? 0));
		expect(changes.length).toBeLessThan(30);
	});
});
