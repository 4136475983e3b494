import type {EventType, RecordedEvent} from '../recording/event.ts';
import {EventColumns} from '../recording/event-columns.ts';
import {apply} from '../recording/fold.ts';
import {type DeviceState, initialState, type MachineState} from '../recording/state.ts';
import type {LogNode} from './log-node.ts';

type WithoutPlace<T> = T extends unknown
	? Omit<T, 'seq' | 'time' | 'context' | 'origin' | 'inferred'>
	: never;

/** What an importer says about an event; the place it stands at is the writer's. */
export type EventFacts = WithoutPlace<RecordedEvent>;

/** Where in the log the importer reads. */
export type Place = {
	/** Seconds; null where the log has no clock. */
	readonly time: number | null;

	/** `modprobe-1201`, `irq-28`: as in events. */
	readonly context: string;

	/** 1-based line. */
	readonly origin: number;
};

/** An operation that a log shows of a node. */
export type NodeOperation = 'devres-add' | 'devres-release' | 'devres-remove' | 'devres-replace';

/** Events that say what a device is and holds, beside its nodes. */
const tellsOfDevice: ReadonlySet<EventType> = new Set<EventType>([
	'bind',
	'boot',
	'config-read',
	'config-write',
	'device-data',
	'probe-end',
	'unbind',
]);

/** Numbers events as they come. Folds those that are not about nodes at once, so that an importer can ask what is known. */
export class EventWriter {
	/** In order of `seq`. Only the writer adds to them. */
	readonly events = new EventColumns();
	readonly #state: MachineState = initialState();

	/** Number of each name and size. */
	readonly #labels = new Map<string, Map<number, number>>();

	/** Appends what the log says. Returns the event's seq. */
	write(place: Place, facts: EventFacts): number {
		const seq = this.events.append(place, facts, false);
		this.#apply(seq, facts);
		return seq;
	}

	/** Appends what the log doesn't say but what follows from it. */
	infer(place: Place, facts: EventFacts): number {
		const seq = this.events.append(place, facts, true);
		this.#apply(seq, facts);
		return seq;
	}

	/** Makes a node known, so that events can name it. */
	newNode(facts: Omit<LogNode, 'number' | 'listed' | 'ended' | 'pass'>): LogNode {
		const {node, generation, name, size, device} = facts;
		const number = this.events.nextNode;
		const created: LogNode = {
			node,
			generation,
			number,
			name,
			size,
			device,
			listed: false,
			ended: false,
			pass: null,
		};
		this.events.addNode(created);
		return created;
	}

	/** As `write`, for what logs are full of. */
	writeOperation(
		place: Place,
		type: NodeOperation,
		node: LogNode,
		name: string,
		size: number,
	): number {
		const label = this.#labelOf(name, size);
		return this.events.appendNode(place, type, node.device, node.number, label, false);
	}

	/** As `infer`, for a node that leaves a list without a word. */
	inferUnlink(place: Place, type: 'devres-move' | 'devres-unlink', node: LogNode): void {
		this.events.appendNode(place, type, node.device, node.number, 0, true);
	}

	/** The device as far as events tell, but for its nodes; undefined before its first event. Read it, don't keep it. */
	device(address: string): Readonly<DeviceState> | undefined {
		return this.#state.devices.get(address);
	}

	#apply(seq: number, {type}: EventFacts): void {
		const event = tellsOfDevice.has(type) ? this.events.at(seq) : undefined;
		if (event !== undefined) apply(this.#state, event);
	}

	#labelOf(name: string, size: number): number {
		let sizes = this.#labels.get(name);
		if (sizes === undefined) {
			sizes = new Map();
			this.#labels.set(name, sizes);
		}
		let label = sizes.get(size);
		if (label === undefined) {
			label = this.events.addLabel({name, size});
			sizes.set(size, label);
		}
		return label;
	}
}
