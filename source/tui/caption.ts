import {wrapText} from '../recording/wrap-text.ts';
import {layoutOf} from './layout.ts';
import {line, type Row, rowOf, span} from './row.ts';
import type {Screen} from './screen.ts';
import {cutEnd, widthOf} from './text-width.ts';
import type {Caption} from './view-state.ts';

/** Lines of text in a caption on the usual screen. */
export const captionLines = 2;

/** Columns that a caption's text leaves free. */
const margin = 2;

/** The text in lines, as many as it takes at that width of the screen. */
export function captionText(text: string, columns: number): readonly string[] {
	return wrapText(text, columns - margin, widthOf);
}

/** Columns from which on a caption that a demo may have is never cut. */
const usual = 80;

/** Lines of text: one more where columns are few and the panes have room without it. */
function linesOn({columns, rows}: Screen): number {
	const more = captionLines + 1;
	const hasRoom = layoutOf(columns, rows - more - 1).size !== 'none';
	return columns < usual && hasRoom ? more : captionLines;
}

/** The lines in sight, the last with a sign where others are cut. */
function shownLines(text: string, screen: Screen): readonly string[] {
	const {columns, theme} = screen;
	const height = linesOn(screen);
	const lines = captionText(text, columns);
	const isCut = lines.length > height;
	return Array.from({length: height}, (_, index) => {
		const sign = isCut && index === height - 1 ? theme.glyphs.ellipsis : '';
		const line = `${lines[index] ?? ''}${sign}`;
		return cutEnd(line, columns - margin, theme.glyphs.ellipsis);
	});
}

/** What a caption leaves of the screen for everything else. Where that is too little, there is no caption. */
export function screenBeside(caption: Caption | null, screen: Screen): Screen {
	if (caption === null) return screen;
	const rows = screen.rows - linesOn(screen) - 1;
	return layoutOf(screen.columns, rows).size === 'none' ? screen : {...screen, rows};
}

/** A border with the demo's title, what was done last and how far it is; below it the text. */
export function captionRows(
	{title, text, number, count, doing}: Caption,
	screen: Screen,
): readonly Row[] {
	const {columns, theme} = screen;
	const {horizontal, ellipsis} = theme.glyphs;
	const place = ` ${number} of ${count} `;
	const name = ` ${title} `;
	const border = (width: number) => span(horizontal.repeat(Math.max(0, width)), 'border');
	const room = columns - widthOf(place) - widthOf(name) - 5;
	const done = doing === null || room < 8 ? '' : ` ${cutEnd(doing, room - 2, ellipsis)} `;
	return [
		rowOf(
			border(1),
			span(name, 'title'),
			border(1),
			span(done, 'key'),
			border(room + 2 - widthOf(done)),
			span(place, 'title'),
			border(1),
		),
		...shownLines(text, screen).map((each) => line(` ${each}`, 'strong')),
	];
}
