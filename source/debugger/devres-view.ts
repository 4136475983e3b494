import {describeField} from '../recording/describe.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {type DeviceState, type NodeState, todoOf} from '../recording/state.ts';
import {isMoveInferred} from './node-index.ts';

/** What became of a node since the stop before, or what is being done with it. */
export type NodeMark =
	| 'added'
	| 'moved'
	| 'waiting'
	| 'releasing'
	| 'released'
	| 'removed'
	| 'same';

/** A node and what became of it. */
export type NodeRow = {readonly node: NodeState; readonly mark: NodeMark};

/** The two lists of a device. Rows are nodes in list order; text is made for those that are shown. */
export type DevresView = {
	/** A node that left since the stop before still has its row, marked `removed`. */
	readonly head: readonly NodeRow[];

	/** Nodes that are on `devres_head`. */
	readonly listed: number;

	/** All release passes under way, outermost first. Empty while nothing is released. */
	readonly todo: readonly NodeRow[];

	/** Nodes on todo lists whose callback has not been called. */
	readonly left: number;
};

function keysOf(nodes: readonly NodeState[]): Set<string> {
	return new Set(nodes.map(nodeKey));
}

/** Rows of `devres_head`, with the nodes that are gone standing where they stood. */
function headRows(now: readonly NodeState[], before: DeviceState, todo: Set<string>): NodeRow[] {
	const present = keysOf(now);
	const places = new Map(before.devres_head.map((node, place) => [nodeKey(node), place]));
	const earlierTodo = keysOf(todoOf(before).map(({node}) => node));
	const rows: NodeRow[] = [];
	let next = 0;
	const pushGone = (end: number): void => {
		for (; next < end; next += 1) {
			const gone = before.devres_head[next];
			if (gone === undefined || present.has(nodeKey(gone)) || todo.has(nodeKey(gone))) continue;
			rows.push({node: gone, mark: 'removed'});
		}
	};
	for (const node of now) {
		const place = places.get(nodeKey(node));
		pushGone(place ?? before.devres_head.length);
		const arrival = earlierTodo.has(nodeKey(node)) ? 'moved' : 'added';
		rows.push({node, mark: place === undefined ? arrival : 'same'});
	}
	pushGone(before.devres_head.length);
	return rows;
}

/** The lists of a device as they are, marked by what they were at the stop before. */
export function devresView(now: DeviceState, before: DeviceState | undefined): DevresView {
	const entries = todoOf(now);
	const todoKeys = keysOf(entries.map(({node}) => node));
	const earlier = before ?? {...now, devres_head: [], passes: []};
	const onHead = keysOf(earlier.devres_head);
	const todo = entries.map(({node, stage}): NodeRow => {
		const moved = stage === 'waiting' && onHead.has(nodeKey(node));
		return {node, mark: moved ? 'moved' : stage};
	});
	return {
		head: headRows(now.devres_head, earlier, todoKeys),
		listed: now.devres_head.length,
		todo,
		left: entries.filter(({stage}) => stage === 'waiting').length,
	};
}

/** `orig_intx 1`: what events told of a node's data. */
export function describeNodeData(node: NodeState): string {
	return Object.entries(node.data)
		.map(([field, value]) => `${field} ${describeField(value)}`)
		.join(', ');
}

/** `#25`. */
export function nodeLabel(recording: Recording, id: NodeId): string {
	return `#${recording.nodeNumber(id)}`;
}

const markWords: {readonly [mark in NodeMark]: string} = {
	added: 'added',
	moved: 'moved',
	waiting: 'waiting',
	releasing: 'being released',
	released: 'released',
	removed: 'gone',
	same: '',
};

/** `#25 pcim_intx_restore, 4 bytes, orig_intx 1, being released`: a row in words. */
export function describeNodeRow(recording: Recording, {node, mark}: NodeRow): string {
	const onTodo =
		mark === 'moved' || mark === 'waiting' || mark === 'releasing' || mark === 'released';
	const inferred = onTodo && isMoveInferred(recording, node) ? ' (inferred)' : '';
	const size = `${node.size} bytes`;
	return [
		`${nodeLabel(recording, node)} ${node.name}`,
		size,
		describeNodeData(node),
		markWords[mark],
	]
		.filter((part) => part !== '')
		.join(', ')
		.concat(inferred);
}
