import type {Session} from '../debugger/session.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {MachineState} from '../recording/state.ts';
import type {Lesson} from './lesson-view.ts';
import {emptyRow, line, type Row} from './row.ts';
import type {Glyphs} from './theme.ts';

/** Where Enter leads from a row of a pane. */
export type Target =
	| {readonly kind: 'position'; readonly position: number}
	| {readonly kind: 'node'; readonly id: NodeId}
	| {readonly kind: 'breakpoint'; readonly id: number}
	| {readonly kind: 'finding'; readonly index: number};

/** What `b` sets or clears a breakpoint at. */
export type BreakAt = {readonly kind: 'function' | 'event' | 'node'; readonly name: string};

/** Everything a pane may look at. */
export type PaneInput = {
	readonly session: Session;

	/** State at the position. */
	readonly now: MachineState;

	/** State at the stop before this one. */
	readonly before: MachineState;

	/** Address of the device that is shown; null where the recording has none. */
	readonly device: string | null;

	/** The node whose story is told beside the others; null for the last one that an event named. */
	readonly node: NodeId | null;

	/** Events from this one on are not told; the length of the recording where all are. */
	readonly end: number;

	/** The exercise that is being done; null for none. */
	readonly lesson: Lesson | null;

	/** Characters of the theme. */
	readonly glyphs: Glyphs;
};

/** A pane: a list of which only the rows in sight are ever made. */
export type PaneList = {
	/** Left end of the upper border. */
	readonly title: string;

	/** Stands at the right end of the upper border. */
	readonly note: string;

	/** Number of rows. */
	readonly length: number;

	/** The row to keep in sight while nothing is selected. */
	readonly here: number;

	/** Stands in a list without rows. */
	readonly empty?: string;

	/** Makes a row, from 0. What is too long for `width` is cut when it is drawn. */
	rowAt(index: number, width: number): Row;

	/** Null where Enter leads nowhere. */
	targetAt(index: number): Target | null;

	/** Null where nothing can be broken at; absent where that is so of every row. */
	breakAt?(index: number): BreakAt | null;

	/** An expression to watch for a row; null where there is none, absent where that is so of every row. */
	watchAt?(index: number): string | null;
};

/** Makes the list of a pane; `width` is that inside the borders. */
export type Pane = (input: PaneInput, width: number) => PaneList;

/**
The first row of a window that has `wanted` in its middle third, or in sight at least.

It moves by whole thirds, so that most steps change few rows of the screen.
*/
export function windowStart(wanted: number, length: number, height: number): number {
	if (length <= height) return 0;
	const third = Math.floor(height / 3);
	const start = third === 0 ? wanted - height + 1 : Math.floor((wanted - third) / third) * third;
	return Math.max(0, Math.min(start, length - height));
}

/** Exactly `height` rows of a list, around its selection or, without one, around its own place. */
export function rowsInSight(
	list: PaneList,
	selection: number | null,
	width: number,
	height: number,
): readonly Row[] {
	const empty = list.length === 0 ? (list.empty ?? '') : '';
	const start = windowStart(selection ?? list.here, list.length, height);
	return Array.from({length: height}, (_, place) => {
		const index = start + place;
		if (place === 0 && empty !== '') return line(`  ${empty}`, 'dim');
		if (index >= list.length) return emptyRow;
		const row = list.rowAt(index, width);
		return index === selection ? {...row, selected: true} : row;
	});
}

/** A pane of fixed rows. */
export function fixedList(title: string, note: string, rows: readonly Row[]): PaneList {
	return {
		title,
		note,
		length: rows.length,
		here: 0,
		rowAt: (index) => rows[index] ?? emptyRow,
		targetAt: () => null,
	};
}
