import {wrapText} from '../recording/wrap-text.ts';
import {layoutOf} from './layout.ts';
import {line, type Row, rowOf, span} from './row.ts';
import type {Screen} from './screen.ts';
import {cutEnd, widthOf} from './text-width.ts';
import type {Caption} from './view-state.ts';

/** Lines of text in a caption. */
export const captionLines = 2;

/** Columns that a caption's text leaves free. */
const margin = 2;

/** The text in lines, as many as it takes at that width of the screen. */
export function captionText(text: string, columns: number): readonly string[] {
	return wrapText(text, columns - margin, widthOf);
}

/** What a caption leaves of the screen for everything else. Where that is too little, there is no caption. */
export function screenBeside(caption: Caption | null, screen: Screen): Screen {
	if (caption === null) return screen;
	const rows = screen.rows - captionLines - 1;
	return layoutOf(screen.columns, rows).size === 'none' ? screen : {...screen, rows};
}

/** A border with the demo's title, what was done last and how far it is; below it the text. */
export function captionRows(
	{title, text, number, count, doing}: Caption,
	{columns, theme}: Screen,
): readonly Row[] {
	const {horizontal, ellipsis} = theme.glyphs;
	const place = ` ${number} of ${count} `;
	const name = ` ${title} `;
	const border = (width: number) => span(horizontal.repeat(Math.max(0, width)), 'border');
	const room = columns - widthOf(place) - widthOf(name) - 5;
	const done = doing === null || room < 8 ? '' : ` ${cutEnd(doing, room - 2, ellipsis)} `;
	const lines = captionText(text, columns).map((each) => cutEnd(each, columns - margin, ellipsis));
	const shown = [...lines.slice(0, captionLines), '', ''].slice(0, captionLines);
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
		...shown.map((each) => line(` ${each}`, 'strong')),
	];
}
