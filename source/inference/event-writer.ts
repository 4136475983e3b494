import type {EventType, RecordedEvent} from '../recording/event.ts';
import {EventColumns, nodeEvent} from '../recording/event-columns.ts';
import {apply} from '../recording/fold.ts';
import {type DeviceState, initialState, type MachineState} from '../recording/state.ts';
import type {KnownEvent} from './known-event.ts';
import type {LogAddress, LogDevice, LogLabel, LogNode} from './log-node.ts';
import type {Place} from './log-place.ts';

type WithoutPlace<T> = T extends unknown
	? Omit<T, 'seq' | 'time' | 'context' | 'origin' | 'inferred'>
	: never;

/** What is said about an event; the place it stands at is the writer's. */
export type EventFacts = WithoutPlace<RecordedEvent>;

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

/** What such events do to a device depends on their facts alone, not on when and where. */
const nowhere = {seq: 0, time: null, context: ''};

const numberOf = {
	'devres-add': nodeEvent('devres-add', false),
	'devres-release': nodeEvent('devres-release', false),
	'devres-remove': nodeEvent('devres-remove', false),
	'devres-replace': nodeEvent('devres-replace', false),
} as const;

const inferred = {
	'devres-move': nodeEvent('devres-move', true),
	'devres-unlink': nodeEvent('devres-unlink', true),
} as const;

/** Numbers events as they come. Folds those that are not about nodes at once, so that whoever writes can ask what is known. */
export class EventWriter {
	/** In order of `seq`. Only the writer adds to them. */
	readonly events = new EventColumns();

	/** Devices that keep something of what was told, by address. */
	readonly #followed = new Map<string, LogDevice>();
	readonly #state: MachineState = initialState();

	/** By name and size. */
	readonly #labels = new Map<string, Map<number, LogLabel>>();

	/** Appends what the log says. Returns the event's seq. */
	write(place: Place, facts: EventFacts): number {
		if (tellsOfDevice.has(facts.type)) this.#tell(facts);
		return this.events.append(place, facts, false);
	}

	/** Appends what the log doesn't say but what follows from it. */
	infer(place: Place, facts: EventFacts): number {
		if (tellsOfDevice.has(facts.type)) this.#tell(facts);
		return this.events.append(place, facts, true);
	}

	/** Makes facts known that are inferred again and again. */
	known(facts: EventFacts): KnownEvent {
		const tells = tellsOfDevice.has(facts.type);
		const event = tells ? ({...nowhere, ...facts} as RecordedEvent) : null;
		return {...this.events.addFacts(facts, true), tells: event};
	}

	/** As `infer`, for facts that are known. */
	inferAgain(place: Place, event: KnownEvent): void {
		this.events.appendAgain(place, event);
		if (event.tells !== null) this.#apply(event.tells);
	}

	/** What a device keeps of its owner is forgotten from now on when something is told of it. */
	follow(device: LogDevice): void {
		this.#followed.set(device.address, device);
	}

	/** Makes a node known, so that events can name it. */
	newNode(address: LogAddress, label: LogLabel, device: LogDevice): LogNode {
		const {text: node, generation} = address;
		const created: LogNode = {
			node,
			generation,
			number: this.events.nextNode,
			label,
			name: label.name,
			device,
			listed: false,
			ended: false,
			pass: null,
		};
		this.events.addNode(address.number, generation);
		return created;
	}

	/** As `write`, for what logs are full of. */
	writeOperation(place: Place, type: NodeOperation, node: LogNode, label: LogLabel): number {
		return this.events.appendNode(
			place,
			numberOf[type],
			node.device.number,
			node.number,
			label.number,
		);
	}

	/** As `infer`, for a node that leaves a list without a word. */
	inferUnlink(place: Place, type: 'devres-move' | 'devres-unlink', node: LogNode): void {
		this.events.appendNode(place, inferred[type], node.device.number, node.number, 0);
	}

	/** A name and a size: one label for all nodes that have both. */
	labelOf(name: string, size: number): LogLabel {
		let sizes = this.#labels.get(name);
		if (sizes === undefined) {
			sizes = new Map();
			this.#labels.set(name, sizes);
		}
		let label = sizes.get(size);
		if (label === undefined) {
			label = {name, size, number: this.events.addLabel({name, size})};
			sizes.set(size, label);
		}
		return label;
	}

	/** The device as far as events tell, but for its nodes; undefined before its first event. Read it, don't keep it. */
	device(address: string): Readonly<DeviceState> | undefined {
		return this.#state.devices.get(address);
	}

	#tell(facts: EventFacts): void {
		this.#apply({...nowhere, ...facts} as RecordedEvent);
	}

	#apply(event: RecordedEvent): void {
		apply(this.#state, event);
		if (event.type === 'boot') for (const device of this.#followed.values()) device.owner = null;
		const device = this.#followed.get(event.device ?? '');
		if (device !== undefined) device.owner = null;
	}
}
