import type {Session} from '../debugger/session.ts';
import {createRecording, type Recording} from '../recording/recording.ts';
import {executionIndexOf} from './execution-index.ts';
import {findRow} from './find.ts';
import type {Glyphs} from './theme.ts';

/** The latest of each recording: who finds, finds again. */
const cuts = new WeakMap<Recording, Recording>();

/** The recording as it would be, had it ended before an event. */
function cutAt(recording: Recording, end: number): Recording {
	const known = cuts.get(recording);
	if (known?.length === end) return known;
	const events = Array.from({length: end}, (_, seq) => recording.at(seq));
	const cut = createRecording(recording.header, events);
	cuts.set(recording, cut);
	return cut;
}

/** As `findRow`, in what is told before the event `end`. */
export function findToldRow(
	session: Session,
	end: number,
	text: string,
	from: number,
	step: 1 | -1,
	glyphs: Glyphs,
): number | null {
	const {recording} = session;
	if (end === recording.length) return findRow(session, text, from, step, glyphs);
	const cut = cutAt(recording, end);
	const row = findRow({...session, recording: cut}, text, from, step, glyphs);
	// A call that has not ended yet has rows of its own there.
	const seq = row === null ? null : executionIndexOf(cut).firstOf(row);
	return seq === null ? null : executionIndexOf(recording).rowOf(seq);
}
