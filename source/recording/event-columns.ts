import type {EventType, RecordedEvent} from './event.ts';
import {blockBits, type EventBlock, emptyBlock, indexMask, newBlock} from './event-block.ts';
import {eventTypes} from './event-types.ts';
import type {NodeId} from './node-id.ts';
import {NodeTable} from './node-table.ts';
import {Texts} from './texts.ts';

/** Events by ordinal. A list of them is one. */
export type EventSource = {
	readonly length: number;

	/** Undefined outside 0 … length-1. */
	readonly at: (seq: number) => RecordedEvent | undefined;

	/** Single facts of the events, where they are kept in columns: an index of a million is built without making each event. */
	readonly columns?: ColumnSource;
};

/** Single facts of events that there are, by ordinal. */
export type ColumnSource = {
	readonly typeAt: (seq: number) => EventType;
	readonly contextAt: (seq: number) => string;

	/** Empty where the event concerns none. */
	readonly deviceAt: (seq: number) => string;

	/** Ordinal of the node that it is of, among those of the source; -1 for none. */
	readonly nodeAt: (seq: number) => number;

	/** Ordinal of a node; -1 for one that the source doesn't know. */
	readonly nodeOf: (id: NodeId) => number;

	/** The node with an ordinal. */
	readonly nodeIdOf: (node: number) => NodeId;

	/** Nodes that the source knows. */
	readonly nodeCount: number;
};

/** What every event has beside its facts. */
export type EventPlace = Pick<RecordedEvent, 'time' | 'context'> & {readonly origin: number};

/** What an event says, without its place. */
export type Facts = {readonly type: EventType; readonly device?: string};

/** What logs are full of: a node is added, or goes from one list to another. */
type NodeEventType =
	| 'devres-add'
	| 'devres-release'
	| 'devres-remove'
	| 'devres-replace'
	| 'devres-move'
	| 'devres-unlink';

/** Facts that columns hold, by numbers that mean nothing elsewhere. */
export type KnownFacts = {readonly event: number; readonly device: number; readonly number: number};

/** What a log calls a node. */
export type NodeLabel = {readonly name: string; readonly size: number};

/** By type; a plain object is looked up faster than a map. */
const typeNumbers = Object.fromEntries(eventTypes.map((type, index) => [type, index])) as {
	readonly [type in EventType]: number;
};
const inferredMark = 0x80;

/** What `appendNode` takes for a type. */
export function nodeEvent(type: NodeEventType, inferred: boolean): number {
	return typeNumbers[type] | (inferred ? inferredMark : 0);
}

/** In the column of labels: the facts of this event are kept whole. */
const whole = 0xffff_ffff;

/**
Events in columns: a million of them take a fraction of the memory of a million objects, and are built much faster.

Only what a log is full of has columns of its own; the facts of other events are kept as they are given.
*/
export class EventColumns implements EventSource, ColumnSource {
	length = 0;
	readonly #blocks: EventBlock[] = [];

	/** The one that is being filled. */
	#block: EventBlock = emptyBlock;
	readonly #contextTexts = new Texts();
	readonly #deviceTexts = new Texts();
	readonly #nodes = new NodeTable();
	readonly #labelList: NodeLabel[] = [];
	readonly #facts: Facts[] = [];

	get columns(): ColumnSource {
		return this;
	}

	get nodeCount(): number {
		return this.#nodes.length;
	}

	readonly typeAt = (seq: number): EventType => {
		const block = this.#blocks[seq >>> blockBits];
		return eventTypes[(block?.types[seq & indexMask] ?? 0) & ~inferredMark] as EventType;
	};

	readonly contextAt = (seq: number): string => {
		const block = this.#blocks[seq >>> blockBits];
		return this.#contextTexts.textOf(block?.contexts[seq & indexMask] ?? 0);
	};

	readonly deviceAt = (seq: number): string => {
		const block = this.#blocks[seq >>> blockBits];
		return this.#deviceTexts.textOf(block?.devices[seq & indexMask] ?? 0);
	};

	readonly nodeAt = (seq: number): number => {
		const block = this.#blocks[seq >>> blockBits];
		const subject = block?.subjects[seq & indexMask] ?? 0;
		if (block?.labels[seq & indexMask] !== whole) return subject;
		const facts = this.#facts[subject];
		return facts !== undefined && 'node' in facts ? this.nodeOf(facts as unknown as NodeId) : -1;
	};

	readonly nodeOf = (id: NodeId): number => this.#nodes.find(id);

	readonly nodeIdOf = (node: number): NodeId => this.#nodes.idOf(node);

	/** Number that the next node gets. */
	get nextNode(): number {
		return this.#nodes.length;
	}

	/** Number of a node's address, as printed; -1 for one that isn't known. Numbers ascend from 1. */
	addressNumber(address: string): number {
		return this.#nodes.addressNumber(address);
	}

	/** Makes an address known that is not. Returns its number. */
	addAddress(address: string): number {
		return this.#nodes.addAddress(address);
	}

	/** Makes a node known, to append events of it by its number; of those with one address the generations ascend. */
	addNode(address: number, generation: number): void {
		this.#nodes.add(address, generation);
	}

	/** Makes a label known. Returns its number; 0 is none. */
	addLabel(label: NodeLabel): number {
		return this.#labelList.push(label);
	}

	/** Number of a device, to append events of it. */
	deviceNumber(device: string): number {
		return this.#deviceTexts.numberOf(device);
	}

	/** Appends an event of a node; `event` is a number of `nodeEvent`, the others are those of their lists. Returns its seq. */
	appendNode(
		{time, context, origin}: EventPlace,
		event: number,
		device: number,
		node: number,
		label: number,
	): number {
		const seq = this.length;
		const index = seq & indexMask;
		if (index === 0) this.#block = this.#newBlock();
		const block = this.#block;
		block.types[index] = event;
		block.times[index] = time ?? Number.NaN;
		block.contexts[index] = this.#contextTexts.numberOf(context);
		block.devices[index] = device;
		block.origins[index] = origin;
		block.subjects[index] = node;
		block.labels[index] = label;
		this.length = seq + 1;
		return seq;
	}

	/** Appends any event. Returns its seq. */
	append(place: EventPlace, facts: Facts, inferred: boolean): number {
		return this.appendAgain(place, this.addFacts(facts, inferred));
	}

	/** Makes facts known that are told more than once. */
	addFacts(facts: Facts, inferred: boolean): KnownFacts {
		return {
			event: typeNumbers[facts.type] | (inferred ? inferredMark : 0),
			device: this.#deviceTexts.numberOf(facts.device ?? ''),
			number: this.#facts.push(facts) - 1,
		};
	}

	/** Appends an event whose facts are known. Returns its seq. */
	appendAgain(place: EventPlace, {event, device, number}: KnownFacts): number {
		return this.appendNode(place, event, device, number, whole);
	}

	readonly at = (seq: number): RecordedEvent | undefined => {
		if (seq < 0 || seq >= this.length) return undefined;
		const block = this.#blocks[seq >>> blockBits] as EventBlock;
		const index = seq & indexMask;
		const bits = block.types[index] ?? 0;
		const stamp = block.times[index] ?? Number.NaN;
		const time = Number.isNaN(stamp) ? null : stamp;
		const context = this.#contextTexts.textOf(block.contexts[index] ?? 0);
		const origin = block.origins[index] ?? 0;
		const isInferred = (bits & inferredMark) !== 0;
		const label = block.labels[index] ?? 0;
		const subject = block.subjects[index] ?? 0;
		if (label === whole) {
			const facts = this.#facts[subject];
			return (
				isInferred
					? {seq, time, context, ...facts, origin, inferred: true}
					: {seq, time, context, ...facts, origin}
			) as RecordedEvent;
		}
		const type = eventTypes[bits & ~inferredMark] as EventType;
		const device = this.#deviceTexts.textOf(block.devices[index] ?? 0);
		const {node, generation} = this.#nodes.idOf(subject);
		if (label === 0) {
			const event = {seq, type, time, context, device, node, generation, origin};
			return (isInferred ? {...event, inferred: true} : event) as RecordedEvent;
		}
		const {name, size} = this.#labelList[label - 1] as NodeLabel;
		return {
			seq,
			type,
			time,
			context,
			device,
			node,
			generation,
			name,
			size,
			origin,
		} as RecordedEvent;
	};

	#newBlock(): EventBlock {
		const block = newBlock();
		this.#blocks.push(block);
		return block;
	}
}
