import type {Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import {beginSearch, resultOf, type SearchFor, type Slices} from '../recording/search.ts';
import {executionIndexOf} from './execution-index.ts';
import {executionText} from './execution-row.ts';
import type {Glyphs} from './theme.ts';

/** Rows that are looked at in a slice. */
const rowsAtOnce = 5000;

type Finding = {readonly key: string; readonly search: SearchFor<number | null>};

/** The latest of each recording: who asks for it again waits for its end. */
const latest = new WeakMap<Recording, Finding>();

function* rowsWith(
	recording: Recording,
	text: string,
	from: number,
	step: 1 | -1,
	glyphs: Glyphs,
): Slices<number | null> {
	const rows = executionIndexOf(recording).length;
	const wanted = text.toLowerCase();
	for (let done = 1; done <= rows; done += 1) {
		const row = (((from + step * done) % rows) + rows) % rows;
		if (executionText(recording, row, glyphs).toLowerCase().includes(wanted)) return row;
		if (done % rowsAtOnce === 0) yield done / rows;
	}
	return null;
}

/** The next row of the execution tree that contains a text, from `from` on and round the end; null for none. */
export function findRow(
	{recording}: Session,
	text: string,
	from: number,
	step: 1 | -1,
	glyphs: Glyphs,
): number | null {
	const key = JSON.stringify([text, from, step, glyphs]);
	let finding = latest.get(recording);
	if (finding?.key !== key) {
		finding = {key, search: beginSearch(rowsWith(recording, text, from, step, glyphs))};
		latest.set(recording, finding);
	}
	return resultOf(finding.search);
}
