import type {NodeMark, NodeRow} from '../debugger/devres-view.ts';
import {createSession} from '../debugger/session.ts';
import {
	type DeviceComparison,
	type NodeNumbers,
	nodeNumber,
	type Side,
} from '../diff/comparison.ts';
import type {Recording} from '../recording/recording.ts';
import type {DeviceState} from '../recording/state.ts';
import {deviceLists} from './device-lists.ts';
import {diffIndexOf, placeOf} from './diff-index.ts';
import type {DiffState} from './diff-state.ts';
import {type PaneList, rowsInSight} from './pane-list.ts';
import {emptyRow, line, type Row, rowOf, type Style, span} from './row.ts';
import {statesOf} from './snapshot.ts';
import {column, rightColumn} from './text-width.ts';
import type {Glyphs} from './theme.ts';

/** What a device owns and releases in one recording, as it is after the current row. */
export type SideLists = {
	/** This side's. */
	readonly recording: Recording;

	/** Address of the device in this recording. */
	readonly device: string;

	/** Events that have happened. */
	readonly position: number;

	/** The device then; undefined where the recording hasn't named it yet. */
	readonly state: DeviceState | undefined;

	/** Rows of its two lists. */
	readonly lists: ReturnType<typeof deviceLists>;
};

/** The lists of a side; null where nothing is compared. */
export function sideLists(state: DiffState, side: Side, glyphs: Glyphs): SideLists | null {
	const index = diffIndexOf(state.comparison);
	const place = placeOf(index, state.at);
	const pair = place === null ? undefined : state.comparison.devices[place.device];
	if (pair === undefined) return null;
	const position = index.positions[side][state.at] ?? 0;
	const previous = index.positions[side][state.before] ?? 0;
	const {recording} = state.sides[side];
	const session = {...createSession(recording), position, previous};
	const device = pair[side];
	const {now, before} = statesOf(session);
	const input = {session, now, before, device, node: null, end: recording.length, lesson: null};
	const lists = deviceLists({...input, glyphs});
	return {recording, device, position, state: now.devices.get(device), lists};
}

const made = new WeakMap<NodeNumbers, {readonly [side in Side]: ReadonlySet<number>}>();

/** Numbers of all nodes that a side ever has. */
function numbersOf({nodes}: DeviceComparison, side: Side): ReadonlySet<number> {
	const known = made.get(nodes);
	if (known !== undefined) return known[side];
	const numbers = {a: new Set(nodes.a.values()), b: new Set(nodes.b.values())};
	made.set(nodes, numbers);
	return numbers[side];
}

const markStyles: {readonly [mark in NodeMark]?: Style} = {
	added: 'added',
	moved: 'moved',
	releasing: 'releasing',
	released: 'released',
	removed: 'removed',
};

/** How the nodes of one side are drawn beside those of the other. */
type Drawing = {
	readonly recording: Recording;
	readonly pair: DeviceComparison;
	readonly side: Side;

	/** Numbers of all nodes that the other side ever has. */
	readonly others: ReadonlySet<number>;
	readonly glyphs: Glyphs;
};

function nodeRow({node, mark}: NodeRow, drawing: Drawing, width: number): Row {
	const {recording, pair, side, others, glyphs} = drawing;
	const style = markStyles[mark];
	const sign = style === undefined ? ' ' : glyphs[mark as 'added'];
	const number = nodeNumber(pair, side, recording.nodeNumber(node));
	const isGone = mark === 'released' || mark === 'removed';
	const isAlone = !isGone && (number === null || !others.has(number));
	const alone = isAlone ? (side === 'a' ? glyphs.onlyLeft : glyphs.onlyRight) : ' ';
	const look = isGone ? 'dim' : mark === 'releasing' ? 'strong' : 'plain';
	const text = `#${number ?? '?'}`;
	const label = column(text, Math.max(5, text.length + 1), '');
	return rowOf(
		span(sign, style ?? 'plain'),
		span(`${alone} `, side === 'a' ? 'removed' : 'added'),
		span(label, look),
		span(
			column(node.name, Math.min(40, Math.max(4, width - 9 - label.length)), glyphs.ellipsis),
			look,
		),
		span(rightColumn(`${node.size}`, 6), look),
	);
}

function listOf(
	rows: number,
	here: number,
	rowAt: (index: number, width: number) => Row,
): PaneList {
	return {title: '', note: '', length: rows, here, rowAt, targetAt: () => null};
}

function headList({lists}: SideLists, drawing: Drawing): PaneList {
	const {length, changed, headRow} = lists;
	return listOf(length, changed === -1 ? length - 1 : changed, (index, width) => {
		const row = headRow(index);
		return row === undefined ? emptyRow : nodeRow(row, drawing, width);
	});
}

/** A log that begins late doesn't tell what the device owned before. */
function emptyHead({state}: SideLists): string {
	return state?.bus == null ? 'no node is known here' : 'the device owns nothing';
}

function todoList({lists}: SideLists, drawing: Drawing): PaneList {
	const {todo} = lists;
	const releasing = todo.findIndex(({mark}) => mark === 'releasing');
	const waiting = todo.findLastIndex(({mark}) => mark === 'waiting' || mark === 'moved');
	const here = releasing === -1 ? Math.max(0, waiting) : releasing;
	return listOf(todo.length, here, (index, width) => {
		const row = todo[index];
		return row === undefined ? emptyRow : nodeRow(row, drawing, width);
	});
}

/** Rows that the list itself gets, where the todo list needs room, too. */
function headShare(length: number, height: number): number {
	return Math.max(1, Math.min(length, Math.floor(height / 3)));
}

/** `devres_head` and, while nodes are released, todo below it: exactly `height` rows. */
export function sideRows(
	pair: DeviceComparison,
	side: Side,
	own: SideLists,
	size: {readonly width: number; readonly height: number; readonly glyphs: Glyphs},
): readonly Row[] {
	const {width, height, glyphs} = size;
	const others = numbersOf(pair, side === 'a' ? 'b' : 'a');
	const drawing = {recording: own.recording, pair, side, others, glyphs};
	const head = {...headList(own, drawing), empty: emptyHead(own)};
	const todo = todoList(own, drawing);
	if (todo.length === 0 || height < 4) return rowsInSight(head, null, width, height);
	const top = headShare(head.length, height);
	return [
		...rowsInSight(head, null, width, top),
		line(`todo: ${own.lists.left} of ${todo.length} left`, 'title'),
		...rowsInSight(todo, null, width, height - top - 1),
	];
}
