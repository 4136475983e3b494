import type {Recording} from '../recording/recording.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {rowOf, span} from './row.ts';
import {rightColumn} from './text-width.ts';

const firstEvents = new WeakMap<Recording, ReadonlyMap<number, number>>();

/** The first event of each line of the source. */
function firstEventsOf(recording: Recording): ReadonlyMap<number, number> {
	let first = firstEvents.get(recording);
	if (first === undefined) {
		const found = new Map<number, number>();
		for (let seq = 0; seq < recording.length; seq += 1) {
			const {origin} = recording.at(seq);
			if (origin !== undefined && !found.has(origin)) found.set(origin, seq);
		}
		first = found;
		firstEvents.set(recording, first);
	}
	return first;
}

/** How far back to look for an event that says where it comes from. */
const reach = 2000;

/** The line that the last event comes from, from 1; null where no event near tells. */
function lineAt(recording: Recording, position: number): number | null {
	for (let seq = position - 1; seq >= Math.max(0, position - reach); seq -= 1) {
		const {origin} = recording.at(seq);
		if (origin !== undefined) return origin;
	}
	return null;
}

/** The script of a simulation, or the text that was imported, at the line of the last event. */
export function sourcePane({session, glyphs}: PaneInput): PaneList {
	const {recording, position} = session;
	const {text, source} = recording.header;
	const current = lineAt(recording, position);
	const digits = `${text.length}`.length;
	return {
		title: source.kind === 'scenario' ? 'script' : 'raw log',
		note: current === null ? '' : `line ${current} of ${text.length}`,
		length: text.length,
		here: (current ?? 1) - 1,
		empty: 'the recording keeps no text',
		rowAt: (index) => {
			const isHere = index + 1 === current;
			return rowOf(
				span(isHere ? glyphs.here : ' ', 'here'),
				span(`${rightColumn(`${index + 1}`, digits)} `, 'border'),
				span(text[index] ?? '', isHere ? 'strong' : 'plain'),
			);
		},
		targetAt: (index) => {
			const seq = firstEventsOf(recording).get(index + 1);
			return seq === undefined ? null : {kind: 'position', position: seq + 1};
		},
	};
}
