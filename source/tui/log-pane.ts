import {type LogRow, logLength, logRows} from '../debugger/log-view.ts';
import {describe} from '../recording/describe.ts';
import {describeTime} from '../recording/describe-time.ts';
import type {Recording} from '../recording/recording.ts';
import {nodeNamer} from './node-names.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {type Row, rowOf, type Style, span} from './row.ts';
import {cutEnd, cutMiddle, widthOf} from './text-width.ts';

function styleOf({kind, level}: LogRow): Style {
	if (kind === 'warning') return 'error';
	return kind === 'printk' && (level ?? 7) <= 3 ? 'error' : 'plain';
}

/** Below this width there is room only for what happened, not for whom it happened to. */
const narrow = 36;

/** A devres line names its node by number, and is cut only in the node's name: the rest tells lines apart. */
function textOf(recording: Recording, row: LogRow, width: number, ellipsis: string): string {
	const isNarrow = width < narrow;
	const prefix = row.prefix === '' || isNarrow ? '' : `${row.prefix}: `;
	const event = recording.at(row.seq);
	if (row.kind !== 'devres' || !('name' in event))
		return cutEnd(prefix + row.text, width, ellipsis);
	const told = describe(event, nodeNamer(recording));
	const text = isNarrow ? told.replace(' bytes)', ')') : told;
	const name = text.indexOf(` ${event.name} `) + 1;
	const start = `${prefix}${isNarrow ? '' : 'DEVRES '}${text.slice(0, name)}`;
	return start + cutMiddle(text.slice(name), Math.max(12, width - widthOf(start)), ellipsis);
}

/** From this width on there is room for microseconds. */
const wide = 60;

/** The kernel log up to the position, newest line last. */
export function logPane({session, glyphs}: PaneInput): PaneList {
	const {recording, position, previous} = session;
	const length = logLength(recording, position);
	const rowFor = (index: number): LogRow | undefined => logRows(recording, index, 1)[0];
	return {
		title: 'kernel log',
		note: length === 0 ? '' : `${length} lines`,
		length,
		here: length - 1,
		empty:
			logLength(recording, recording.length) === 0
				? 'the recording has no kernel log'
				: 'nothing was logged yet',
		rowAt: (index, width): Row => {
			const row = rowFor(index);
			if (row === undefined) return rowOf();
			const isNew = previous < position && row.seq >= previous;
			const time =
				row.time === null
					? ''
					: `${describeTime(row.time, recording.header.source.clock, width >= wide ? 6 : 3)} `;
			return rowOf(
				span(isNew ? `${glyphs.added} ` : '  ', 'added'),
				span(time, 'dim'),
				span(textOf(recording, row, width - 2 - time.length, glyphs.ellipsis), styleOf(row)),
			);
		},
		targetAt: (index) => {
			const row = rowFor(index);
			return row === undefined ? null : {kind: 'position', position: row.seq + 1};
		},
	};
}
