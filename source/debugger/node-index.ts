import type {EventType} from '../recording/event.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';

/** Events of a node that the kernel logs. */
export const loggedNodeEvents = [
	'devres-add',
	'devres-release',
	'devres-remove',
	'devres-replace',
] as const;

/** What a recording tells of one node over its whole life. */
export type NodeHistory = {
	/** Whose history it is. */
	readonly id: NodeId;

	/** Null where only events without a name concern it. */
	readonly name: string | null;

	/** Bytes of data; null where no event tells. */
	readonly size: number | null;

	/** Address of the device it belongs to. */
	readonly device: string;

	/** Ordinals of the events that concern it, ascending. */
	readonly events: readonly number[];
};

/** Ordinals of the events of each node, by its number, one node after the other. */
type NodeEvents = {readonly starts: Uint32Array; readonly events: Uint32Array};

const indexes = new WeakMap<Recording, NodeEvents>();

function build(recording: Recording, count: number): NodeEvents {
	const starts = new Uint32Array(count + 2);
	for (let seq = 0; seq < recording.length; seq += 1) {
		const number = recording.nodeNumberAt(seq);
		starts[number + 1] = (starts[number + 1] ?? 0) + 1;
	}
	// Number 0 is none.
	starts[1] = 0;
	for (let number = 1; number < starts.length; number += 1) {
		starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0);
	}
	const next = starts.slice();
	const events = new Uint32Array(starts.at(-1) ?? 0);
	for (let seq = 0; seq < recording.length; seq += 1) {
		const number = recording.nodeNumberAt(seq);
		if (number === 0) continue;
		const place = next[number] ?? 0;
		events[place] = seq;
		next[number] = place + 1;
	}
	return {starts, events};
}

function nodeEvents(recording: Recording, number: number): readonly number[] {
	if (number === 0) return [];
	let index = indexes.get(recording);
	if (index === undefined) {
		index = build(recording, recording.nodeCount);
		indexes.set(recording, index);
	}
	const {starts, events} = index;
	return Array.from(events.subarray(starts[number], starts[number + 1]));
}

type Replacements = ReadonlyMap<string, {readonly id: NodeId; readonly events: number[]}>;

const replacements = new WeakMap<Recording, Replacements>();

/** Where a node is said to replace another one. */
function replacementsIn(recording: Recording): Replacements {
	let index = replacements.get(recording);
	if (index === undefined) {
		const found = new Map<string, {id: NodeId; events: number[]}>();
		for (const seq of recording.ofType('devres-replace')) {
			const event = recording.at(seq);
			if (event.type !== 'devres-replace' || event.by === undefined) continue;
			const key = nodeKey(event.by);
			const {node, generation} = event.by;
			const known = found.get(key) ?? {id: {node, generation}, events: []};
			known.events.push(seq);
			found.set(key, known);
		}
		index = found;
		replacements.set(recording, index);
	}
	return index;
}

/** The histories of all nodes, in order of first appearance. */
function histories(recording: Recording): NodeHistory[] {
	const ids = Array.from({length: recording.nodeCount}, (_, index) =>
		recording.nodeWithNumber(index + 1),
	);
	const others = Array.from(replacementsIn(recording).values(), ({id}) => id).filter(
		(id) => recording.nodeNumber(id) === 0,
	);
	return [...ids, ...others]
		.map((id) => (id === null ? null : historyOf(recording, id)))
		.filter((history) => history !== null)
		.sort((a, b) => (a.events[0] ?? 0) - (b.events[0] ?? 0));
}

const named = new WeakMap<Recording, ReadonlyMap<string, readonly NodeHistory[]>>();

function byName(recording: Recording): ReadonlyMap<string, readonly NodeHistory[]> {
	let index = named.get(recording);
	if (index === undefined) {
		index = Map.groupBy(histories(recording), ({name, device}) => `${device} ${name}`);
		named.set(recording, index);
	}
	return index;
}

/** Nodes of a device that have a name, in order of first appearance. */
export function nodesNamed(
	recording: Recording,
	device: string,
	name: string,
): readonly NodeHistory[] {
	return byName(recording).get(`${device} ${name}`) ?? [];
}

function isSame(one: NodeId, other: NodeId): boolean {
	return one.node === other.node && one.generation === other.generation;
}

/** The history of a node, or null for one that never appears. */
export function historyOf(recording: Recording, {node, generation}: NodeId): NodeHistory | null {
	const id = {node, generation};
	const own = nodeEvents(recording, recording.nodeNumber(id));
	const events = [...own, ...(replacementsIn(recording).get(nodeKey(id))?.events ?? [])].sort(
		(a, b) => a - b,
	);
	if (events.length === 0) return null;
	let label: {readonly name: string; readonly size: number} | null = null;
	let device = '';
	for (const seq of events) {
		const event = recording.at(seq);
		device = event.device ?? device;
		if ('node' in event && 'name' in event && isSame(event, id)) label = event;
		if (event.type === 'devres-replace' && event.by !== undefined && isSame(event.by, id)) {
			label = event.by;
		}
	}
	return {id, name: label?.name ?? null, size: label?.size ?? null, device, events};
}

/** Whether the log doesn't say that the node went to the todo list: the importer concluded it. */
export function isMoveInferred(recording: Recording, id: NodeId): boolean {
	const moved = (historyOf(recording, id)?.events ?? [])
		.map((seq) => recording.at(seq))
		.findLast((event) => event.type === 'devres-move');
	return moved?.inferred === true;
}

const loggedByRecording = new WeakMap<Recording, readonly number[]>();

/** Ordinals of the events of some types, ascending: to sort lists of a million takes longer. */
export function seqsOf(recording: Recording, types: ReadonlySet<EventType>): number[] {
	const seqs: number[] = [];
	for (let seq = 0; seq < recording.length; seq += 1) {
		if (types.has(recording.typeAt(seq))) seqs.push(seq);
	}
	return seqs;
}

/** Ordinals of all operations that the kernel logs: ADD, REL, REM and REPLACE, ascending. */
export function loggedOperations(recording: Recording): readonly number[] {
	let logged = loggedByRecording.get(recording);
	if (logged === undefined) {
		const types: ReadonlySet<EventType> = new Set(loggedNodeEvents);
		logged = seqsOf(recording, types);
		loggedByRecording.set(recording, logged);
	}
	return logged;
}
