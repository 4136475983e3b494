import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Layout, layoutOf, type PaneId, visiblePanes} from '../../source/tui/layout.ts';

const size = fc.record({
	columns: fc.integer({min: 60, max: 400}),
	rows: fc.integer({min: 16, max: 200}),
});

/** Header, stop reason and keys. */
const otherRows = 3;

function fills(layout: Layout, columns: number, rows: number): void {
	const widths = layout.columns.map(({width}) => width);
	expect(widths.reduce((a, b) => a + b, 0) + widths.length + 1).toBe(columns);
	for (const column of layout.columns) {
		const heights = column.slots.map(({height}) => height);
		const used = heights.reduce((a, b) => a + b, 0) + heights.length + 1;
		expect(used + layout.timeline + otherRows).toBe(rows);
		expect(Math.min(...heights)).toBeGreaterThan(0);
	}
	expect(Math.min(...widths)).toBeGreaterThan(0);
}

describe('layoutOf', () => {
	test.each([
		[80, 24, 'small'],
		[99, 50, 'small'],
		[200, 29, 'small'],
		[120, 36, 'medium'],
		[159, 50, 'medium'],
		[200, 50, 'large'],
		[59, 24, 'none'],
		[80, 15, 'none'],
	] as const)('%i columns and %i rows get the %s design', (columns, rows, expected) => {
		expect(layoutOf(columns, rows).size).toBe(expected);
	});

	test('panes and their borders fill every size exactly', () => {
		fc.assert(
			fc.property(size, ({columns, rows}) => fills(layoutOf(columns, rows), columns, rows)),
		);
	});

	test('a zoomed pane fills every size exactly', () => {
		fc.assert(
			fc.property(size, ({columns, rows}) => {
				fills(layoutOf(columns, rows, 'todo'), columns, rows);
			}),
		);
	});

	test('every size has execution and both lists in sight', () => {
		fc.assert(
			fc.property(size, ({columns, rows}) => {
				const panes = visiblePanes(layoutOf(columns, rows), []);
				expect(panes).toEqual(expect.arrayContaining(['execution', 'devres_head', 'todo']));
			}),
		);
	});

	test.each([
		[80, 24],
		[120, 36],
		[200, 50],
	])('a pane that is asked for is in sight at %i x %i', (columns, rows) => {
		const asked: readonly PaneId[] = ['stack', 'registers', 'log', 'breakpoints', 'source'];
		for (const pane of asked) {
			expect(visiblePanes(layoutOf(columns, rows), [pane])).toContain(pane);
		}
	});
});
