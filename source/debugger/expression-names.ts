import type {CallEvent, FieldValue, NodeId, RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {callIndexOf, none, openCalls} from './call-index.ts';
import {DeviceMap, type ExpressionValue, fieldMap, numberValue} from './device-map.ts';
import {historyOf} from './node-index.ts';
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

function eventNode(recording: Recording, event: RecordedEvent & NodeId): ExpressionValue {
	// A move or a change of data doesn't repeat the name.
	const {name = null, size = null} =
		'name' in event && 'size' in event ? event : (historyOf(recording, event) ?? {});
	return new Map<string, ExpressionValue>([
		['name', name],
		['size', size === null ? null : numberValue(size)],
		['address', event.node],
		['number', numberValue(recording.nodeNumberAt(event.seq))],
	]);
}

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

	/** State of a device as a map, or null for one that nothing told of. */
	stateOf(address: string): ExpressionValue {
		const {stateAt, budget} = this.#reading;
		const device = stateAt(this.#position).devices.get(address);
		return device === undefined ? null : new DeviceMap(device, this.#recording, budget);
	}

	/** Functions that are open, innermost first. */
	openFunctions(): readonly string[] {
		if (this.#event === null) return [];
		return openCalls(this.#recording, this.#event.context, this.#position).map(
			(call) => callAt(this.#recording, call).fn,
		);
	}

	#call(): CallEvent | null {
		const concerned = this.#event === null ? none : concernedCall(this.#recording, this.#event);
		return concerned === none ? null : callAt(this.#recording, concerned);
	}

	get event(): ExpressionValue {
		return this.#event?.type ?? '';
	}

	get fn(): ExpressionValue {
		const event = this.#event;
		return this.#call()?.fn ?? (event?.type === 'return' ? (event.fn ?? '') : '');
	}

	get args(): ExpressionValue {
		return new Map(Object.entries(this.#call()?.args ?? {}));
	}

	get caller(): ExpressionValue {
		const call = this.#call();
		const around = call === null ? none : (callIndexOf(this.#recording).inside[call.seq] ?? none);
		return around === none ? '' : callAt(this.#recording, around).fn;
	}

	get op(): ExpressionValue {
		return ops[this.#event?.type ?? ''] ?? '';
	}

	get node(): ExpressionValue {
		const event = this.#event;
		return event !== null && 'node' in event ? eventNode(this.#recording, event) : null;
	}

	get device(): ExpressionValue {
		return this.#event?.device ?? '';
	}

	get fields(): ExpressionValue {
		return fieldMap(Object.fromEntries(Object.entries(this.#event ?? {}).filter(isPlain)));
	}

	get context(): ExpressionValue {
		return this.#event?.context ?? '';
	}

	get stack(): ExpressionValue {
		return this.#reading.budget.count(this.openFunctions(), itself);
	}

	get depth(): ExpressionValue {
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
