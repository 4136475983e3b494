import {contextAt} from '../debugger/call-index.ts';
import {type StackRow, stackAt} from '../debugger/stack-view.ts';
import {describeArguments} from '../recording/describe.ts';
import {withNodeNames} from './node-names.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {type Row, rowOf, span} from './row.ts';
import {column, widthOf} from './text-width.ts';

function frameRow(input: PaneInput, frame: StackRow, index: number, width: number): Row {
	const {glyphs, session} = input;
	const isHere = index === session.frame;
	const module = frame.module === null ? '' : ` [${frame.module}]`;
	const name = frame.fn + module + (frame.inlined ? ' inline' : '');
	const told = describeArguments(frame.args, frame.device ?? undefined);
	const given = withNodeNames(session.recording, told, frame.call ?? 0);
	const style = frame.inlined ? 'note' : 'plain';
	const label = column(`#${index}`, index > 9 ? 4 : 3, '');
	const room = width - 2 - label.length;
	const aligned = room >= 36 ? 24 : 0;
	const most = Math.max(Math.floor(room * 0.6), room - widthOf(given) - 1);
	const nameWidth = Math.max(aligned, Math.min(widthOf(name), most));
	return rowOf(
		span(isHere ? `${glyphs.here} ` : '  ', 'here'),
		span(label, 'dim'),
		span(column(name, nameWidth, glyphs.ellipsis), isHere ? 'strong' : style),
		span(given === '' ? '' : ` ${given}`, style),
	);
}

/** The calls that are open at the position, innermost first. */
export function stackPane(input: PaneInput): PaneList {
	const {session} = input;
	const {recording, position, frame} = session;
	const frames = stackAt(recording, position);
	return {
		title: 'call stack',
		note: frames.length === 0 ? '' : (contextAt(recording, position) ?? ''),
		length: frames.length,
		here: frame,
		empty: 'no call is open',
		rowAt: (index, width) => {
			const row = frames[index];
			return row === undefined ? rowOf() : frameRow(input, row, index, width);
		},
		targetAt: (index) => {
			const call = frames[index]?.call ?? null;
			return call === null ? null : {kind: 'position', position: call + 1};
		},
		breakAt: (index) => {
			const fn = frames[index]?.fn;
			return fn === undefined ? null : {kind: 'function', name: fn};
		},
	};
}
