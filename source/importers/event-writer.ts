import type {NodeId, RecordedEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import {type DeviceState, initialState, type MachineState} from '../recording/state.ts';

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

/** Numbers events as they come and folds them at once, so that an importer can ask what is known so far. */
export class EventWriter {
	/** In order of `seq`. Only the writer adds to them. */
	readonly events: RecordedEvent[] = [];
	readonly #state: MachineState = initialState();

	/** Appends what the log says. Returns the event's seq. */
	write(place: Place, facts: EventFacts): number {
		return this.#append(place, facts, {});
	}

	/** Appends what the log doesn't say but what follows from it. */
	infer(place: Place, facts: EventFacts): number {
		return this.#append(place, facts, {inferred: true});
	}

	/** As `write`, for what logs are full of. */
	writeOperation(
		{time, context, origin}: Place,
		type: NodeOperation,
		device: string,
		{node, generation}: NodeId,
		name: string,
		size: number,
	): number {
		const seq = this.events.length;
		const event = {seq, type, time, context, device, node, generation, name, size, origin};
		this.events.push(event);
		apply(this.#state, event);
		return seq;
	}

	/** As `infer`, for a node that leaves a list without a word. */
	inferUnlink(
		{time, context, origin}: Place,
		type: 'devres-move' | 'devres-unlink',
		device: string,
		{node, generation}: NodeId,
	): void {
		const seq = this.events.length;
		const inferred = true as const;
		const event = {seq, type, time, context, device, node, generation, origin, inferred};
		this.events.push(event);
		apply(this.#state, event);
	}

	/** The device as far as events tell; undefined before its first event. Read it, don't keep it. */
	device(address: string): Readonly<DeviceState> | undefined {
		return this.#state.devices.get(address);
	}

	#append({time, context, origin}: Place, facts: EventFacts, mark: {inferred?: true}): number {
		const seq = this.events.length;
		const event = {seq, time, context, ...facts, origin, ...mark} as RecordedEvent;
		this.events.push(event);
		apply(this.#state, event);
		return seq;
	}
}
