import {lastLineBefore, lineAt, lineIndexOf} from '../debugger/source-line.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {line, rowOf, span} from './row.ts';
import {endOf, rightColumn, widthOf} from './text-width.ts';

/** Letters of a column that are looked at: a line may be as long as a file. */
const most = 8;

/** The end of a line of a log where there is no room for all of it: the lines of a trace begin alike. */
function cutStart(text: string, room: number, ellipsis: string): string {
	if (widthOf(text.slice(0, most * room)) <= room) return text;
	return ellipsis + endOf(text.slice(-most * room), room - widthOf(ellipsis));
}

/** The script of a simulation, or the text that was imported, at the line of the last event. */
export function sourcePane({session, end, glyphs}: PaneInput): PaneList {
	const {recording, position} = session;
	const {text, source} = recording.header;
	const current = lineAt(recording, position);
	const told = end < recording.length ? lastLineBefore(recording, end) : text.length;
	const digits = `${text.length}`.length;
	return {
		title: source.kind === 'scenario' ? 'script' : 'raw log',
		note: current === null ? '' : `line ${current} of ${text.length}`,
		length: told < text.length ? told + 1 : told,
		here: (current ?? 1) - 1,
		empty: 'the recording keeps no text',
		rowAt: (index, width) => {
			if (index >= told) return line(`${' '.repeat(digits + 2)}${glyphs.ellipsis}`, 'dim');
			const isHere = index + 1 === current;
			const whole = text.at(index) ?? '';
			const written =
				source.kind === 'import' ? cutStart(whole, width - digits - 2, glyphs.ellipsis) : whole;
			return rowOf(
				span(isHere ? glyphs.here : ' ', 'here'),
				span(`${rightColumn(`${index + 1}`, digits)} `, 'border'),
				span(written, isHere ? 'strong' : 'plain'),
			);
		},
		targetAt: (index) => {
			const seq = lineIndexOf(recording).get(index + 1)?.[0];
			return seq === undefined || seq >= end ? null : {kind: 'position', position: seq + 1};
		},
	};
}
