import type {Column, Layout, PaneId, Slot} from './layout.ts';
import type {Row} from './row.ts';
import {rowOf, type Span, span} from './row.ts';
import {cutEnd, cutMiddle, widthOf} from './text-width.ts';
import type {Theme} from './theme.ts';

/** A pane as it is drawn. */
export type DrawnPane = {
	readonly title: string;

	/** Right end of the upper border; cut or left out where there is no room. */
	readonly note: string;

	/** Keys go to this one. */
	readonly focused: boolean;

	/** Numbers of the tabs behind this one; empty where the pane has its slot for itself. */
	readonly tabs: string;

	/** Exactly as many as the slot is high. */
	readonly rows: readonly Row[];
};

/** One line of a column: a border with its title, or the inside of a pane. */
type Line = {readonly text: string; readonly isBorder: boolean};

function borderRow(pane: DrawnPane, width: number, theme: Theme): Row {
	const {horizontal, ellipsis} = theme.glyphs;
	const title = pane.focused ? `[${pane.title}]` : ` ${pane.title} `;
	const tabs = pane.tabs === '' ? '' : `${pane.focused ? ' ' : ''}${pane.tabs} `;
	const room = Math.max(0, width - 2 - widthOf(tabs));
	const shownTitle = cutMiddle(title, room, ellipsis);
	const noteRoom = room - widthOf(shownTitle) - 3;
	const note = pane.note === '' || noteRoom < 4 ? '' : ` ${cutEnd(pane.note, noteRoom, ellipsis)} `;
	const rest = Math.max(0, width - 2 - widthOf(shownTitle) - widthOf(tabs) - widthOf(note));
	const spans: Span[] = [
		span(horizontal, 'border'),
		span(shownTitle, pane.focused ? 'focus' : 'title'),
		span(tabs, 'border'),
		span(horizontal.repeat(rest), 'border'),
		span(note, 'plain'),
		span(horizontal, 'border'),
	];
	return rowOf(...spans);
}

function linesOf(column: Column, paneOf: (slot: Slot) => DrawnPane, theme: Theme): readonly Line[] {
	const lines: Line[] = [];
	for (const slot of column.slots) {
		const pane = paneOf(slot);
		const border = borderRow(pane, column.width, theme);
		lines.push({text: theme.paintRow(border, column.width), isBorder: true});
		for (const row of pane.rows) {
			lines.push({text: theme.paintRow(row, column.width), isBorder: false});
		}
	}
	const bottom = theme.paint(theme.glyphs.horizontal.repeat(column.width), 'border');
	lines.push({text: bottom, isBorder: true});
	return lines;
}

const up = 8;
const down = 4;
const left = 2;
const right = 1;

/** The panes of a layout as painted lines, borders shared between neighbours; `joined` to one column above them, too. */
export function drawPanes(
	layout: Layout,
	paneOf: (slot: Slot) => DrawnPane,
	theme: Theme,
	joined = false,
): readonly string[] {
	const columns = layout.columns.map((column) => linesOf(column, paneOf, theme));
	const height = columns[0]?.length ?? 0;
	return Array.from({length: height}, (_, y) => {
		let text = '';
		for (let index = 0; index <= columns.length; index += 1) {
			const isOuter = index === 0 || index === columns.length;
			const isUp = y > 0 || (joined && isOuter);
			const vertical = (isUp ? up : 0) | (y < height - 1 ? down : 0);
			const isLeft = columns[index - 1]?.[y]?.isBorder ? left : 0;
			const isRight = columns[index]?.[y]?.isBorder ? right : 0;
			const corner = theme.glyphs.corners[vertical | isLeft | isRight] ?? ' ';
			text += theme.paint(corner, 'border') + (columns[index]?.[y]?.text ?? '');
		}
		return text;
	});
}

/** `1 2 4`: the numbers by which the other panes of a slot are shown. */
export function tabsOf(slot: Slot, front: PaneId, numbers: ReadonlyMap<PaneId, string>): string {
	return slot.panes
		.filter((pane) => pane !== front)
		.map((pane) => numbers.get(pane) ?? '')
		.join(' ');
}
