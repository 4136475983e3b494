import {changeOf, phaseName, type Side} from '../diff/comparison.ts';
import {diffHelp} from './diff-help.ts';
import {diffIndexOf, placeOf} from './diff-index.ts';
import {diffKeymap} from './diff-keymap.ts';
import {diffHeights, isWide, leastScreen as least} from './diff-layout.ts';
import {sideLists, sideRows} from './diff-lists.ts';
import {diffRowsPane} from './diff-rows-pane.ts';
import type {DiffState} from './diff-state.ts';
import {type DrawnPane, drawPanes} from './frame.ts';
import type {Layout, Slot} from './layout.ts';
import {rowsInSight} from './pane-list.ts';
import {emptyRow, line, type Row, rowOf, span} from './row.ts';
import type {Screen} from './screen.ts';
import {hintOf, hintsRow, spread} from './status-rows.ts';
import {endOf, widthOf} from './text-width.ts';

function drawnPane(title: string, note: string, focused: boolean, rows: readonly Row[]): DrawnPane {
	return {title, note, focused, tabs: '', rows};
}

/** Panes beside each other, each as high as the others. */
function drawBeside(
	panes: readonly DrawnPane[],
	widths: readonly number[],
	screen: Screen,
	joined: boolean,
): readonly string[] {
	const slots = panes.map((pane): Slot => ({panes: ['devres_head'], height: pane.rows.length}));
	const columns = slots.map((slot, index) => ({width: widths[index] ?? 0, slots: [slot]}));
	const layout: Layout = {size: 'small', timeline: 0, columns};
	const nothing = drawnPane('', '', false, []);
	return drawPanes(layout, (slot) => panes[slots.indexOf(slot)] ?? nothing, screen.theme, joined);
}

function listsPane(state: DiffState, side: Side, width: number, height: number, screen: Screen) {
	const {glyphs} = screen.theme;
	const place = placeOf(diffIndexOf(state.comparison), state.at);
	const pair = place === null ? undefined : state.comparison.devices[place.device];
	const own = sideLists(state, side, glyphs);
	const focused = state.side === side;
	if (pair === undefined || own === null) {
		const empty = Array.from({length: height}, () => emptyRow);
		return drawnPane(side.toUpperCase(), '', focused, empty);
	}
	const {listed} = own.lists;
	const driver = own.state?.driver;
	const nodes = listed === 1 ? '1 node' : `${listed} nodes`;
	const note = driver == null ? nodes : `${driver} ${glyphs.separator} ${nodes}`;
	const rows = sideRows(pair, side, own, {width, height, glyphs});
	return drawnPane(`${side.toUpperCase()} devres_head ${own.device}`, note, focused, rows);
}

function drawLists(state: DiffState, height: number, screen: Screen, joined: boolean) {
	const {columns} = screen;
	if (state.zoom === 'lists' || !isWide(columns)) {
		const width = columns - 2;
		return drawBeside(
			[listsPane(state, state.side, width, height, screen)],
			[width],
			screen,
			joined,
		);
	}
	const left = Math.floor((columns - 3) / 2);
	const widths = [left, columns - 3 - left];
	const panes = (['a', 'b'] as const).map((side, index) =>
		listsPane(state, side, widths[index] ?? 0, height, screen),
	);
	return drawBeside(panes, widths, screen, joined);
}

function drawRows(state: DiffState, height: number, screen: Screen): readonly string[] {
	const width = screen.columns - 2;
	const list = diffRowsPane(state, screen.theme.glyphs);
	const rows = rowsInSight(list, null, width, height);
	return drawBeside([drawnPane(list.title, list.note, false, rows)], [width], screen, false);
}

function drawHelp(top: number, screen: Screen): readonly string[] {
	const height = diffHeights(screen.rows, 'rows').rows;
	const help = diffHelp(screen.theme.glyphs);
	const rows = Array.from({length: height}, (_, index) => help[top + index] ?? emptyRow);
	const pane = drawnPane('keys and marks', 'Esc closes', true, rows);
	return drawBeside([pane], [screen.columns - 2], screen, false);
}

function drawMiddle(state: DiffState, screen: Screen): readonly string[] {
	if (state.help !== null) return drawHelp(state.help, screen);
	const heights = diffHeights(screen.rows, state.zoom);
	if (state.zoom === 'rows') return drawRows(state, heights.rows, screen);
	if (state.zoom === 'lists') return drawLists(state, heights.lists, screen, false);
	const above = drawRows(state, heights.rows, screen);
	return [...above.slice(0, -1), ...drawLists(state, heights.lists, screen, true)];
}

/** Paths differ at their ends. */
function endingOf(name: string, room: number, ellipsis: string): string {
	return widthOf(name) <= room ? name : ellipsis + endOf(name, room - widthOf(ellipsis));
}

function headerRow({comparison, sides, at}: DiffState, {columns, theme}: Screen): Row {
	const {rows} = diffIndexOf(comparison);
	const right = [span(`row ${rows === 0 ? 0 : at + 1} of ${rows} `, 'strong')];
	const room = Math.floor((columns - (right[0]?.text.length ?? 0) - 10) / 2);
	const name = (side: Side): string => endingOf(sides[side].name, room, theme.glyphs.ellipsis);
	return spread([span(` A ${name('a')}   B ${name('b')}`, 'title')], right, columns);
}

const sentences = {
	equal: 'the same in both',
	'only-a': 'only in A',
	'only-b': 'only in B',
	unknown: 'the other recording cannot tell',
};

/** The current row in words, with its events. */
function reasonRow({comparison, at, message}: DiffState): Row {
	const place = placeOf(diffIndexOf(comparison), at);
	const phase = place === null ? undefined : comparison.devices[place.device]?.phases[place.phase];
	const row = place === null ? undefined : phase?.rows[place.row];
	const said = message === null ? '' : ` ${message} `;
	if (phase === undefined || row === undefined) return line(said, 'strong');
	const what = row.verdict === 'changed' ? changeOf(row) : sentences[row.verdict];
	const events = (['a', 'b'] as const).flatMap((side) => {
		const own = row[side];
		return own === null ? [] : [`event ${own.seq + 1} of ${side.toUpperCase()}`];
	});
	return rowOf(span(said, 'strong'), span(` ${phaseName(phase)}: ${what}, ${events.join(', ')}`));
}

function keysRow(columns: number): Row {
	const isAlways = (command: string): boolean => command === 'help' || command === 'quit';
	const hints = diffKeymap.filter(({hint}) => hint !== undefined);
	const groups = hints.filter(({command}) => !isAlways(command)).map(hintOf);
	groups.splice(3, 0, [span(' S N X ', 'key'), span('back ', 'dim')]);
	const right = hints.filter(({command}) => isAlways(command)).flatMap(hintOf);
	return hintsRow(groups, right, columns);
}

function numberRow(typed: string, side: Side): Row {
	return rowOf(
		span(` go to event of ${side.toUpperCase()}: `, 'key'),
		span(typed),
		span('_', 'here'),
	);
}

/** Two executions side by side: exactly `rows` painted lines, each exactly `columns` wide. */
export function drawDiff(state: DiffState, screen: Screen): readonly string[] {
	const {columns, rows, theme} = screen;
	const paint = (row: Row): string => theme.paintRow(row, columns);
	if (columns < least.columns || rows < least.rows) {
		const text = `needs ${least.columns}x${least.rows}, not ${columns}x${rows}: devresdbg`;
		return Array.from({length: rows}, (_, y) => paint(y === 0 ? line(text) : emptyRow));
	}
	const last = state.typed === null ? keysRow(columns) : numberRow(state.typed, state.side);
	return [
		paint(headerRow(state, screen)),
		...drawMiddle(state, screen),
		paint(reasonRow(state)),
		paint(last),
	];
}
