import type {Session} from '../debugger/session.ts';
import {executionIndexOf} from './execution-index.ts';
import {executionText} from './execution-row.ts';
import type {Glyphs} from './theme.ts';

/** The next row of the execution tree that contains a text, from `from` on and round the end; null for none. */
export function findRow(
	{recording}: Session,
	text: string,
	from: number,
	step: 1 | -1,
	glyphs: Glyphs,
): number | null {
	const rows = executionIndexOf(recording).length;
	const wanted = text.toLowerCase();
	for (let done = 1; done <= rows; done += 1) {
		const row = (((from + step * done) % rows) + rows) % rows;
		if (executionText(recording, row, glyphs).toLowerCase().includes(wanted)) return row;
	}
	return null;
}
