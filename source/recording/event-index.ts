import type {EventType} from './event.ts';
import type {ColumnSource, EventSource} from './event-columns.ts';
import {type NodeId, nodeKey} from './node-id.ts';

/** What is found in a recording by looking at each event once. */
export type EventIndex = {
	/** Ordinals of the events of each type, ascending. */
	readonly types: ReadonlyMap<EventType, readonly number[]>;

	/** Ordinals of the calls of each function, ascending. */
	readonly calls: ReadonlyMap<string, readonly number[]>;

	/** In order of first appearance. */
	readonly devices: readonly string[];
	readonly nodes: NodeNumbers;
};

/** Nodes numbered from 1 in order of first appearance; 0 is none. */
export type NodeNumbers = {
	/** Nodes there are: the highest number. */
	readonly count: number;

	/** Number of the node that an event is of. */
	readonly at: (seq: number) => number;
	readonly numberOf: (id: NodeId) => number;

	/** Null for a number that no node has. */
	readonly idOf: (number: number) => NodeId | null;
};

/** Single facts of events that aren't kept in columns. */
function columnsOf(events: EventSource): Pick<ColumnSource, 'typeAt' | 'deviceAt'> {
	if (events.columns !== undefined) return events.columns;
	return {
		typeAt: (seq) => events.at(seq)?.type ?? 'note',
		deviceAt: (seq) => events.at(seq)?.device ?? '',
	};
}

function numbersInColumns(columns: ColumnSource, length: number): NodeNumbers {
	const numbers = new Uint32Array(columns.nodeCount);
	const nodes = new Uint32Array(columns.nodeCount + 1);
	let count = 0;
	for (let seq = 0; seq < length; seq += 1) {
		const node = columns.nodeAt(seq);
		if (node === -1 || numbers[node] !== 0) continue;
		count += 1;
		numbers[node] = count;
		nodes[count] = node;
	}
	return {
		count,
		at: (seq) => numbers[columns.nodeAt(seq)] ?? 0,
		numberOf: (id) => numbers[columns.nodeOf(id)] ?? 0,
		idOf: (number) => (number < 1 || number > count ? null : columns.nodeIdOf(nodes[number] ?? 0)),
	};
}

function numbersOfEvents(events: EventSource, length: number): NodeNumbers {
	const numbers = new Map<string, number>();
	const ids: NodeId[] = [];
	const numberAt = new Uint32Array(length);
	for (let seq = 0; seq < length; seq += 1) {
		const event = events.at(seq);
		if (event === undefined || !('node' in event)) continue;
		const key = nodeKey(event);
		let number = numbers.get(key);
		if (number === undefined) {
			number = ids.push({node: event.node, generation: event.generation});
			numbers.set(key, number);
		}
		numberAt[seq] = number;
	}
	return {
		count: ids.length,
		at: (seq) => numberAt[seq] ?? 0,
		numberOf: (id) => numbers.get(nodeKey(id)) ?? 0,
		idOf: (number) => ids[number - 1] ?? null,
	};
}

/** Numbers the nodes of the first events. */
function numberNodes(events: EventSource, length: number): NodeNumbers {
	const {columns} = events;
	const isWhole = columns !== undefined && knowsAll(events, columns, length);
	return isWhole ? numbersInColumns(columns, length) : numbersOfEvents(events, length);
}

/** Whether the columns know the node of each event that has one. */
function knowsAll(events: EventSource, columns: ColumnSource, length: number): boolean {
	for (let seq = 0; seq < length; seq += 1) {
		if (columns.nodeAt(seq) !== -1 || !nodeTypes.has(columns.typeAt(seq))) continue;
		const event = events.at(seq);
		if (event !== undefined && 'node' in event) return false;
	}
	return true;
}

/** Types of events that are about a node. */
const nodeTypes: ReadonlySet<EventType> = new Set<EventType>([
	'devres-add',
	'devres-alloc',
	'devres-data',
	'devres-free',
	'devres-move',
	'devres-release',
	'devres-remove',
	'devres-replace',
	'devres-unlink',
]);

/** Looks at the first `length` events. */
export function indexEvents(events: EventSource, length: number): EventIndex {
	const {typeAt, deviceAt} = columnsOf(events);
	const types = new Map<EventType, number[]>();
	const calls = new Map<string, number[]>();
	const devices = new Set<string>();
	let device = '';
	for (let seq = 0; seq < length; seq += 1) {
		const type = typeAt(seq);
		append(types, type, seq);
		if (type === 'call') {
			const event = events.at(seq);
			if (event?.type === 'call') append(calls, event.fn, seq);
		}
		const other = deviceAt(seq);
		if (other === device) continue;
		device = other;
		if (device !== '') devices.add(device);
	}
	return {types, calls, devices: [...devices], nodes: numberNodes(events, length)};
}

function append<K>(map: Map<K, number[]>, key: K, seq: number): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [seq]);
	else list.push(seq);
}
