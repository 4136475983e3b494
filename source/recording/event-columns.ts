import type {EventType, NodeId, RecordedEvent} from './event.ts';
import {eventTypes} from './event-types.ts';

/** Events by ordinal. A list of them is one. */
export type EventSource = {
	readonly length: number;

	/** Undefined outside 0 … length-1. */
	readonly at: (seq: number) => RecordedEvent | undefined;
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

/** What a log calls a node. */
export type NodeLabel = {readonly name: string; readonly size: number};

/** By type; a plain object is looked up faster than a map. */
const typeNumbers = Object.fromEntries(eventTypes.map((type, index) => [type, index])) as {
	readonly [type in EventType]: number;
};
const inferredMark = 0x80;
const smallest = 1024;

/** In the column of labels: the facts of this event are kept whole. */
const whole = 0xffff_ffff;

/** Texts by number, each once. Mostly the one that is asked for is the one before. */
class Texts {
	readonly #texts: string[] = [''];
	readonly #numbers = new Map<string, number>([['', 0]]);
	#latest = '';
	#latestNumber = 0;

	numberOf(text: string): number {
		if (text === this.#latest) return this.#latestNumber;
		let number = this.#numbers.get(text);
		if (number === undefined) {
			number = this.#texts.push(text) - 1;
			this.#numbers.set(text, number);
		}
		this.#latest = text;
		this.#latestNumber = number;
		return number;
	}

	textOf(number: number): string {
		return this.#texts[number] ?? '';
	}
}

/**
Events in columns: a million of them take a fraction of the memory of a million objects, and are built much faster.

Only what a log is full of has columns of its own; the facts of other events are kept as they are given.
*/
export class EventColumns implements EventSource {
	length = 0;
	#capacity = smallest;
	#types = new Uint8Array(smallest);
	#times = new Float64Array(smallest);
	#contexts = new Uint32Array(smallest);
	#devices = new Uint32Array(smallest);
	#origins = new Uint32Array(smallest);

	/** Number of the node, or of the facts. */
	#subjects = new Uint32Array(smallest);

	/** Number of the label, for a node. */
	#labels = new Uint32Array(smallest);
	readonly #contextTexts = new Texts();
	readonly #deviceTexts = new Texts();
	readonly #nodes: NodeId[] = [];
	readonly #labelList: NodeLabel[] = [];
	readonly #facts: Facts[] = [];

	/** Number that the next node gets. */
	get nextNode(): number {
		return this.#nodes.length;
	}

	/** Makes a node known, to append events of it by its number. */
	addNode(id: NodeId): void {
		this.#nodes.push(id);
	}

	/** Makes a label known. Returns its number; 0 is none. */
	addLabel(label: NodeLabel): number {
		return this.#labelList.push(label);
	}

	/** Appends an event of a node. Returns its seq. */
	appendNode(
		{time, context, origin}: EventPlace,
		type: NodeEventType,
		device: string,
		node: number,
		label: number,
		inferred: boolean,
	): number {
		const seq = this.#grow(time, context, device, origin);
		this.#types[seq] = typeNumbers[type] | (inferred ? inferredMark : 0);
		this.#subjects[seq] = node;
		this.#labels[seq] = label;
		return seq;
	}

	/** Appends any event. Returns its seq. */
	append({time, context, origin}: EventPlace, facts: Facts, inferred: boolean): number {
		const seq = this.#grow(time, context, facts.device ?? '', origin);
		this.#types[seq] = typeNumbers[facts.type] | (inferred ? inferredMark : 0);
		this.#subjects[seq] = this.#facts.push(facts) - 1;
		this.#labels[seq] = whole;
		return seq;
	}

	readonly at = (seq: number): RecordedEvent | undefined => {
		if (seq < 0 || seq >= this.length) return undefined;
		const bits = this.#types[seq] ?? 0;
		const stamp = this.#times[seq] ?? Number.NaN;
		const time = Number.isNaN(stamp) ? null : stamp;
		const context = this.#contextTexts.textOf(this.#contexts[seq] ?? 0);
		const origin = this.#origins[seq] ?? 0;
		const isInferred = (bits & inferredMark) !== 0;
		const label = this.#labels[seq] ?? 0;
		const subject = this.#subjects[seq] ?? 0;
		if (label === whole) {
			const event = {seq, time, context, ...this.#facts[subject], origin};
			return (isInferred ? {...event, inferred: true} : event) as RecordedEvent;
		}
		const type = eventTypes[bits & ~inferredMark] as EventType;
		const device = this.#deviceTexts.textOf(this.#devices[seq] ?? 0);
		const {node, generation} = this.#nodes[subject] as NodeId;
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

	/** Makes room for one more event and fills what every event has. Returns its seq. */
	#grow(time: number | null, context: string, device: string, origin: number): number {
		const seq = this.length;
		if (seq === this.#capacity) this.#double();
		this.length = seq + 1;
		this.#times[seq] = time ?? Number.NaN;
		this.#contexts[seq] = this.#contextTexts.numberOf(context);
		this.#devices[seq] = this.#deviceTexts.numberOf(device);
		this.#origins[seq] = origin;
		return seq;
	}

	#double(): void {
		this.#capacity *= 2;
		this.#types = grown(this.#types, new Uint8Array(this.#capacity));
		this.#times = grown(this.#times, new Float64Array(this.#capacity));
		this.#contexts = grown(this.#contexts, new Uint32Array(this.#capacity));
		this.#devices = grown(this.#devices, new Uint32Array(this.#capacity));
		this.#origins = grown(this.#origins, new Uint32Array(this.#capacity));
		this.#subjects = grown(this.#subjects, new Uint32Array(this.#capacity));
		this.#labels = grown(this.#labels, new Uint32Array(this.#capacity));
	}
}

function grown<T extends Uint8Array | Uint32Array | Float64Array>(from: T, to: T): T {
	to.set(from as never);
	return to;
}
