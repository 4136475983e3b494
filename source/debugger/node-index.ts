import {type NodeId, nodeKey} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {loggedNodeEvents} from './breakpoint-target.ts';

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

type GrowingHistory = {-readonly [field in keyof NodeHistory]: NodeHistory[field]} & {
	readonly events: number[];
};

const indexes = new WeakMap<Recording, ReadonlyMap<string, NodeHistory>>();

function build(recording: Recording): ReadonlyMap<string, NodeHistory> {
	const histories = new Map<string, GrowingHistory>();
	const note = (id: NodeId, device: string, seq: number): GrowingHistory => {
		let history = histories.get(nodeKey(id));
		if (history === undefined) {
			const {node, generation} = id;
			history = {id: {node, generation}, name: null, size: null, device, events: []};
			histories.set(nodeKey(id), history);
		}
		if (device !== '') history.device = device;
		history.events.push(seq);
		return history;
	};
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (!('node' in event)) continue;
		const history = note(event, event.device ?? '', seq);
		if ('name' in event) Object.assign(history, {name: event.name, size: event.size});
		if (event.type === 'devres-replace' && event.by !== undefined) {
			const {name, size} = event.by;
			Object.assign(note(event.by, event.device ?? '', seq), {name, size});
		}
	}
	return histories;
}

function indexOf(recording: Recording): ReadonlyMap<string, NodeHistory> {
	let index = indexes.get(recording);
	if (index === undefined) {
		index = build(recording);
		indexes.set(recording, index);
	}
	return index;
}

const named = new WeakMap<Recording, ReadonlyMap<string, readonly NodeHistory[]>>();

function byName(recording: Recording): ReadonlyMap<string, readonly NodeHistory[]> {
	let index = named.get(recording);
	if (index === undefined) {
		index = Map.groupBy(indexOf(recording).values(), ({name, device}) => `${device} ${name}`);
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

/** The history of a node, or null for one that never appears. */
export function historyOf(recording: Recording, id: NodeId): NodeHistory | null {
	return indexOf(recording).get(nodeKey(id)) ?? null;
}

/** The node with a number that `Recording.nodeNumber` gives, or null. */
export function nodeWithNumber(recording: Recording, number: number): NodeId | null {
	for (const {id} of indexOf(recording).values()) {
		if (recording.nodeNumber(id) === number) return id;
	}
	return null;
}

/** Whether the log doesn't say that the node went to the todo list: the importer concluded it. */
export function isMoveInferred(recording: Recording, id: NodeId): boolean {
	const moved = (historyOf(recording, id)?.events ?? [])
		.map((seq) => recording.at(seq))
		.findLast((event) => event.type === 'devres-move');
	return moved?.inferred === true;
}

const loggedByRecording = new WeakMap<Recording, readonly number[]>();

/** Ordinals of all operations that the kernel logs: ADD, REL, REM and REPLACE, ascending. */
export function loggedOperations(recording: Recording): readonly number[] {
	let logged = loggedByRecording.get(recording);
	if (logged === undefined) {
		logged = loggedNodeEvents.flatMap((type) => recording.ofType(type)).sort((a, b) => a - b);
		loggedByRecording.set(recording, logged);
	}
	return logged;
}
