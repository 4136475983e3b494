import {countBelow} from '../debugger/call-index.ts';
import {describeNodeData, type NodeMark, type NodeRow, nodeLabel} from '../debugger/devres-view.ts';
import {historyOf} from '../debugger/node-index.ts';
import type {Session} from '../debugger/session.ts';
import type {NodeId} from '../recording/node-id.ts';
import {todoOf} from '../recording/state.ts';
import {deviceLists} from './device-lists.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {type Row, rowOf, type Style, span} from './row.ts';
import {column, rightColumn} from './text-width.ts';
import type {Glyphs} from './theme.ts';

/** Whether an event between the stop before and this one changed the node's data. */
function isChanged({recording, position, previous}: Session, id: NodeId): boolean {
	const from = Math.min(position, previous);
	const to = Math.max(position, previous);
	const events = historyOf(recording, id)?.events ?? [];
	for (let index = countBelow(events, from); index < events.length; index += 1) {
		const seq = events[index] ?? to;
		if (seq >= to) return false;
		if (recording.at(seq).type === 'devres-data') return true;
	}
	return false;
}

type Sign = {readonly text: string; readonly style: Style};

function signOf(mark: NodeMark, changed: boolean, glyphs: Glyphs): Sign {
	switch (mark) {
		case 'added':
		case 'moved':
		case 'releasing':
		case 'released':
		case 'removed':
			return {text: glyphs[mark], style: mark};
		default:
			return changed ? {text: glyphs.changed, style: 'changed'} : {text: ' ', style: 'plain'};
	}
}

const words: {readonly [mark in NodeMark]?: string} = {
	releasing: 'releasing',
	released: 'released',
	removed: 'gone',
};

function nodeRow({session, glyphs}: PaneInput, {node, mark}: NodeRow, width: number): Row {
	const sign = signOf(mark, isChanged(session, node), glyphs);
	const label = nodeLabel(session.recording, node);
	const labelWidth = Math.max(4, label.length + 1);
	const sizeWidth = 6;
	const rest = width - 2 - labelWidth - sizeWidth;
	const nameWidth = rest >= 34 ? Math.min(32, rest - 12) : rest;
	const data = [describeNodeData(node), words[mark] ?? ''].filter((text) => text !== '').join('  ');
	const style = mark === 'released' || mark === 'removed' ? 'dim' : 'plain';
	return rowOf(
		span(`${sign.text} `, sign.style),
		span(column(label, labelWidth, ''), style),
		span(column(node.name, nameWidth, glyphs.ellipsis), mark === 'releasing' ? 'strong' : style),
		span(rightColumn(`${node.size}`, sizeWidth), style),
		span(rest >= 34 && data !== '' ? `  ${data}` : '', 'note'),
	);
}

type Rows = {readonly length: number; readonly rowAt: (index: number) => NodeRow | undefined};

function listOfRows(input: PaneInput, rows: Rows, here: number) {
	return {
		length: rows.length,
		here,
		rowAt: (index: number, width: number) => {
			const row = rows.rowAt(index);
			return row === undefined ? rowOf() : nodeRow(input, row, width);
		},
		targetAt: (index: number) => {
			const row = rows.rowAt(index);
			if (row === undefined) return null;
			const {node, generation} = row.node;
			return {kind: 'node', id: {node, generation}} as const;
		},
		breakAt: (index: number) => {
			const row = rows.rowAt(index);
			return row === undefined ? null : ({kind: 'node', name: row.node.name} as const);
		},
	};
}

/** How long a list of the device is, as an expression. */
function listSize({device}: PaneInput, list: 'devres_head' | 'todo'): string | null {
	return device === null ? null : `size(device(${JSON.stringify(device)}).${list})`;
}

function counted(count: number): string {
	return count === 1 ? '1 node' : `${count} nodes`;
}

/** What the device owns, oldest first, with what came and went since the stop before. */
export function headPane(input: PaneInput): PaneList {
	const {length, changed, headRow, listed} = deviceLists(input);
	const device = input.device === null ? undefined : input.now.devices.get(input.device);
	const driver = device?.driver;
	return {
		...listOfRows(input, {length, rowAt: headRow}, changed === -1 ? length - 1 : changed),
		title: `devres_head ${input.device ?? ''}`.trim(),
		note:
			driver == null ? counted(listed) : `${driver} ${input.glyphs.separator} ${counted(listed)}`,
		watchAt: () => listSize(input, 'devres_head'),
		// A log that begins late doesn't tell what the device owned before.
		empty: device?.bus == null ? 'no node is known here' : 'the device owns nothing',
	};
}

/** A pass that began with nodes from before the recording may have more to release than the recording knows. */
function todoNote({now, device}: PaneInput, all: number, left: number): string {
	if (all === 0) return '';
	const state = device === null ? undefined : now.devices.get(device);
	const isLate = state !== undefined && todoOf(state).some(({node}) => node.added === null);
	return isLate ? `${all - left} released, ${left}+ left` : `${left} of ${all} left`;
}

/** What is being released, in list order: it goes from the last to the first. */
export function todoPane(input: PaneInput): PaneList {
	const {todo, left} = deviceLists(input);
	const releasing = todo.findIndex(({mark}) => mark === 'releasing');
	const waiting = todo.findLastIndex(({mark}) => mark === 'waiting' || mark === 'moved');
	const rows = {length: todo.length, rowAt: (index: number) => todo[index]};
	return {
		...listOfRows(input, rows, releasing === -1 ? Math.max(0, waiting) : releasing),
		watchAt: () => listSize(input, 'todo'),
		title: 'todo',
		note: todoNote(input, todo.length, left),
		empty: 'nothing is being released',
	};
}
