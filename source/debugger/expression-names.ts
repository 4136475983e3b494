import type {CallEvent, RecordedEvent} from '../recording/event.ts';
import type {FieldValue} from '../recording/event-base.ts';
import type {Recording} from '../recording/recording.ts';
import type {DeviceState} from '../recording/state.ts';
import {callIndexOf, none, openCalls} from './call-index.ts';
import {
	type DeviceList,
	DeviceMap,
	type ExpressionValue,
	fieldMap,
	lengthIn,
	type PlainValue,
} from './device-map.ts';
import {eventNode, nodeField} from './event-node.ts';
import type {Reading} from './sweep.ts';

/** A name that an expression may use. */
export type ExpressionName = {
	/** A variable's name, or a function's signature. */
	readonly name: string;

	/** In the expression language; `dyn` where it may be null. */
	readonly type: string;

	/** One line. */
	readonly help: string;
};

/** The variables. Each says something about the event that has just happened, or about everything up to it. */
export const expressionNames: readonly ExpressionName[] = [
	{name: 'event', type: 'string', help: 'type of the event that has just happened'},
	{
		name: 'fn',
		type: 'string',
		help: 'function called or returned from, else the one it happens in',
	},
	{name: 'args', type: 'map<string, string>', help: 'arguments of `fn`'},
	{name: 'caller', type: 'string', help: 'function that called `fn`; empty where none is known'},
	{name: 'op', type: 'string', help: 'ADD, REL, REM or REPLACE; empty for other events'},
	{name: 'node', type: 'dyn', help: 'the node concerned: name, size, address, number; or null'},
	{name: 'device', type: 'string', help: 'address of the device concerned; empty where none is'},
	{
		name: 'fields',
		type: 'map<string, dyn>',
		help: 'what else the event tells, by its name in a saved recording: `value`, `offset`, `text`, …',
	},
	{name: 'context', type: 'string', help: 'task or interrupt that did it'},
	{name: 'stack', type: 'list<string>', help: 'open functions of that context, innermost first'},
	{name: 'depth', type: 'int', help: 'how many functions are open'},
	{name: 'log', type: 'list<string>', help: 'texts of the kernel log so far'},
	{name: 'position', type: 'int', help: 'number of events that have happened'},
	{name: 'time', type: 'dyn', help: 'seconds since boot, or null'},
];

const ops: {readonly [type: string]: string} = {
	'devres-add': 'ADD',
	'devres-release': 'REL',
	'devres-remove': 'REM',
	'devres-replace': 'REPLACE',
};

function callAt(recording: Recording, seq: number): CallEvent & RecordedEvent {
	const event = recording.at(seq);
	if (event.type !== 'call') throw new Error(`event ${seq} is no call`);
	return event;
}

/** The call of the function that an event concerns: called, returned from, or happened in. */
function concernedCall(recording: Recording, event: RecordedEvent): number {
	const {partner, inside} = callIndexOf(recording);
	if (event.type === 'call') return event.seq;
	const closed = event.type === 'return' ? (partner[event.seq] ?? none) : none;
	return closed === none ? (inside[event.seq] ?? none) : closed;
}

function isPlain(entry: [string, unknown]): entry is [string, FieldValue] {
	return entry[1] === null || typeof entry[1] !== 'object';
}

function itself<T>(item: T): T {
	return item;
}

/**
The names at one position: position p speaks of event p - 1, which has just happened. Each value is made when it is
asked for: a condition asks for few of them, at many positions.
*/
export class NamesAt {
	readonly #recording: Recording;
	readonly #position: number;
	readonly #reading: Reading;

	/** Undefined before somebody asks. */
	#made: RecordedEvent | null | undefined;

	constructor(recording: Recording, position: number, reading: Reading) {
		this.#recording = recording;
		this.#position = position;
		this.#reading = reading;
	}

	get #event(): RecordedEvent | null {
		this.#made ??= this.#position > 0 ? this.#recording.at(this.#position - 1) : null;
		return this.#made;
	}

	#deviceAt(address: string): DeviceState | undefined {
		return this.#reading.devicesAt(this.#position).get(address);
	}

	/** State of a device as a map, or null for one that nothing told of. */
	stateOf(address: string): ExpressionValue {
		const device = this.#deviceAt(address);
		return device === undefined
			? null
			: new DeviceMap(device, this.#recording, this.#reading.budget);
	}

	/** Functions that are open, innermost first. */
	openFunctions(): readonly string[] {
		if (this.#event === null) return [];
		return openCalls(this.#recording, this.#event.context, this.#position).map(
			(call) => callAt(this.#recording, call).fn,
		);
	}

	/** Whether a function is open. */
	isInside(fn: string): boolean {
		return this.openFunctions().includes(fn);
	}

	/** Position up to which a device's state is the same as here. */
	changeOf(address: string): number {
		return this.#reading.changeAt(this.#position, address);
	}

	/** A field of a device that is one value; undefined for one that nothing told of. */
	fieldOf(address: string, field: string): PlainValue | undefined {
		const device = this.#deviceAt(address);
		if (device === undefined) return undefined;
		return new DeviceMap(device, this.#recording, this.#reading.budget).get(field) as PlainValue;
	}

	/** Length of a list of a device; undefined for one that nothing told of. */
	lengthOf(address: string, list: DeviceList): number | undefined {
		const device = this.#deviceAt(address);
		return device === undefined ? undefined : lengthIn(device, list);
	}

	/** A field of `node`; undefined where there is no node. What no node has is null for all. */
	nodeField(field: string): PlainValue | undefined {
		const event = this.#event;
		if (event === null || !('node' in event)) return undefined;
		return nodeField(this.#recording, event, field);
	}

	/** An argument of `fn`; undefined where it has none of that name. */
	argument(name: string): string | undefined {
		const args = this.#call()?.args ?? {};
		return Object.hasOwn(args, name) ? args[name] : undefined;
	}

	/** One of `fields`; undefined where the event has none of that name. */
	eventField(name: string): PlainValue | undefined {
		const event: object = this.#event ?? {};
		const value: unknown = Object.hasOwn(event, name) ? Reflect.get(event, name) : undefined;
		const entry: [string, unknown] = [name, value];
		return isPlain(entry) ? entry[1] : undefined;
	}

	#call(): CallEvent | null {
		const concerned = this.#event === null ? none : concernedCall(this.#recording, this.#event);
		return concerned === none ? null : callAt(this.#recording, concerned);
	}

	get event(): string {
		return this.#event?.type ?? '';
	}

	get fn(): string {
		const event = this.#event;
		return this.#call()?.fn ?? (event?.type === 'return' ? (event.fn ?? '') : '');
	}

	get args(): ExpressionValue {
		return new Map(Object.entries(this.#call()?.args ?? {}));
	}

	get caller(): string {
		const call = this.#call();
		const around = call === null ? none : (callIndexOf(this.#recording).inside[call.seq] ?? none);
		return around === none ? '' : callAt(this.#recording, around).fn;
	}

	get op(): string {
		return ops[this.#event?.type ?? ''] ?? '';
	}

	get node(): ExpressionValue {
		const event = this.#event;
		return event !== null && 'node' in event ? eventNode(this.#recording, event) : null;
	}

	get device(): string {
		return this.#event?.device ?? '';
	}

	get fields(): ExpressionValue {
		return fieldMap(Object.fromEntries(Object.entries(this.#event ?? {}).filter(isPlain)));
	}

	get context(): string {
		return this.#event?.context ?? '';
	}

	get stack(): ExpressionValue {
		return this.#reading.budget.count(this.openFunctions(), itself);
	}

	get depth(): bigint {
		return BigInt(this.openFunctions().length);
	}

	get log(): ExpressionValue {
		const {budget, logAt} = this.#reading;
		return budget.count(logAt(this.#position), itself);
	}

	get position(): ExpressionValue {
		return BigInt(this.#position);
	}

	get time(): ExpressionValue {
		return this.#event?.time ?? null;
	}
}
