import type {DiffZoom} from './diff-state.ts';

/** A screen smaller than this shows nothing. */
export const leastScreen = {columns: 60, rows: 16};

/** Part of the room that the lists get below the aligned rows. */
const listsShare = 0.45;

/** The header, the current row in words, and the keys. */
const otherRows = 3;

/** Whether the lists of both sides have room; else only those of the side that is looked at are shown. */
export function isWide(columns: number): boolean {
	return columns >= 72;
}

/** Rows inside the panes: of the aligned rows, and of the lists below; 0 for a pane that is not there. */
export function diffHeights(
	rows: number,
	zoom: DiffZoom,
): {readonly rows: number; readonly lists: number} {
	const middle = rows - otherRows;
	if (zoom === 'rows') return {rows: middle - 2, lists: 0};
	if (zoom === 'lists') return {rows: 0, lists: middle - 2};
	const inside = middle - 3;
	const lists = Math.floor(inside * listsShare);
	return {rows: inside - lists, lists};
}
