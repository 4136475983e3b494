import {lineAt, lineIndexOf} from '../debugger/source-line.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {rowOf, span} from './row.ts';
import {rightColumn} from './text-width.ts';

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
				span(text.at(index) ?? '', isHere ? 'strong' : 'plain'),
			);
		},
		targetAt: (index) => {
			const seq = lineIndexOf(recording).get(index + 1)?.[0];
			return seq === undefined ? null : {kind: 'position', position: seq + 1};
		},
	};
}
