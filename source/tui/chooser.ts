import {wrapText} from '../recording/wrap-text.ts';
import {type PaneList, windowStart} from './pane-list.ts';
import {type Row, rowOf, span} from './row.ts';
import {column, widthOf} from './text-width.ts';
import type {Chooser} from './view-state.ts';

/** The recordings to open. */
export function chooserList({entries, heading}: Chooser): PaneList {
	return {
		title: heading === undefined ? 'open' : 'exercises',
		note: `${entries.length}`,
		length: entries.length,
		here: 0,
		rowAt: (index, width) => {
			const entry = entries[index];
			if (entry === undefined) return {spans: []};
			const titleWidth = Math.max(10, Math.floor(width * 0.55));
			return rowOf(
				span(entry.mark === undefined ? ' ' : ` ${entry.mark} `, 'added'),
				span(column(entry.title, titleWidth, '…'), 'strong'),
				span(' '),
				span(entry.path, 'dim'),
			);
		},
		targetAt: () => null,
	};
}

/** Rows of the text below the list: as many as the tallest takes, so that the list keeps its height, and no more than its share. */
export function aboutHeight({entries, errors}: Chooser, width: number, rows: number): number {
	const texts = [errors.join('\n'), ...entries.map(({about}) => about)];
	const tallest = Math.max(...texts.map((text) => wrapped(text, width).length));
	return Math.max(4, Math.min(tallest, Math.floor(rows * 0.45)));
}

/** How many entries are out of sight, or how many there are. */
export function chooserNote({entries, selected}: Chooser, height: number): string {
	const above = windowStart(selected, entries.length, height);
	const below = entries.length - above - height;
	const parts = [
		...(above > 0 ? [`${above} above`] : []),
		...(below > 0 ? [`${below} more below`] : []),
	];
	return parts.length === 0 ? `${entries.length}` : parts.join(', ');
}

/** Breaks a text into rows at its blanks and line ends. */
export function wrapped(text: string, width: number): readonly Row[] {
	return wrapText(text, width, widthOf).map((each) => rowOf(span(` ${each}`)));
}
