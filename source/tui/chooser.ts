import {wrapText} from '../recording/wrap-text.ts';
import type {PaneList} from './pane-list.ts';
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

/** Breaks a text into rows at its blanks and line ends. */
export function wrapped(text: string, width: number): readonly Row[] {
	return wrapText(text, width, widthOf).map((each) => rowOf(span(` ${each}`)));
}
