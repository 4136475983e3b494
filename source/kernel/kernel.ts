import type {
	CallArguments,
	FieldValue,
	NodeId,
	RecordedEvent,
	UnplacedEvent,
} from '../recording/event.ts';
import {apply, place} from '../recording/fold.ts';
import {type DeviceState, initialState, type MachineState} from '../recording/state.ts';
import type {Driver} from './driver.ts';
import type {Hardware} from './hardware.ts';
import type {ReleaseCallback} from './release-callback.ts';
import type {Revision} from './revision.ts';

/** Build options of the kernel that change what drivers see. */
export type KernelConfig = {
	/** CONFIG_DEBUG_TEST_DRIVER_REMOVE: every probe is removed and probed again at once. */
	readonly debugTestDriverRemove: boolean;

	/** CONFIG_DEBUG_SHIRQ: a shared handler is called once more after `free_irq`. */
	readonly debugShirq: boolean;
};

/** The run came to its event budget: an endless loop, or a scenario that is too large. */
export class BudgetError extends Error {
	readonly budget: number;

	constructor(budget: number) {
		super(`more than ${budget} events`);
		this.budget = budget;
	}
}

/** A BUG() killed the task that runs: nothing of it goes on. */
export class TaskKilled extends Error {}

type WithoutStamp<T> = T extends unknown ? Omit<T, 'time' | 'context' | 'origin'> : never;

/** An event without what the kernel stamps on it: time, context and origin. */
export type KernelEvent = WithoutStamp<UnplacedEvent>;

export type CallOptions<T> = {
	readonly module?: string;

	/** Compilers inline this function. */
	readonly inlined?: true;

	/** What the function does instead when a fault was armed for it; without this it can't be made to fail. */
	readonly fails?: (error: number) => T;
};

const microsecond = 1e-6;

/**
The simulated kernel: it changes its state only by emitting events, and reads it only from their fold.

What it keeps beside the state is what a run starts with (revision, hardware, drivers) and who runs now.
*/
export class Kernel {
	readonly revision: Revision;
	readonly config: KernelConfig;
	readonly state: MachineState = initialState();
	readonly events: RecordedEvent[] = [];
	readonly hardware = new Map<string, Hardware>();
	readonly drivers = new Map<string, Driver>();
	readonly releaseCallbacks: Map<string, ReleaseCallback>;

	/** Line of the scenario that is being executed. */
	origin: number | undefined = undefined;

	#context = 'swapper-0';
	readonly #budget: number;

	constructor(
		revision: Revision,
		config: KernelConfig,
		releaseCallbacks: ReadonlyMap<string, ReleaseCallback>,
		budget: number,
	) {
		this.revision = revision;
		this.config = config;
		this.releaseCallbacks = new Map(releaseCallbacks);
		this.#budget = budget;
	}

	get context(): string {
		return this.#context;
	}

	/** Seconds of the event that comes next: each takes a microsecond. */
	get now(): number {
		const time = (this.state.time ?? 0) + microsecond;
		return Math.round(time / microsecond) * microsecond;
	}

	emit(event: KernelEvent, time = this.now): void {
		if (this.events.length >= this.#budget) throw new BudgetError(this.#budget);
		const stamped = {...event, time: Number(time.toFixed(6)), context: this.#context};
		const placed = place(
			(this.origin === undefined ? stamped : {...stamped, origin: this.origin}) as UnplacedEvent,
			this.events.length,
		);
		this.events.push(placed);
		apply(this.state, placed);
	}

	/** Brackets `body` with the call and the return of `fn`; the return tells the body's result. */
	call<T>(
		fn: string,
		device: string | null,
		args: {readonly [name: string]: string | number},
		body: () => T,
		options: CallOptions<T> = {},
	): T {
		const texts: {[name: string]: string} = {};
		for (const name in args) texts[name] = `${args[name]}`;
		this.#emitCall(fn, device, texts, options);
		const failed = options.fails === undefined ? null : this.#strike(fn);
		const result = failed === null ? body() : (options.fails as (error: number) => T)(failed);
		const value = valueText(result);
		this.emit({
			type: 'return',
			...(device === null ? {} : {device}),
			fn,
			...(value === undefined ? {} : {value}),
		});
		return result;
	}

	/** A function that returns 0 or a negative errno, or a count: it can be made to fail by a fault. */
	callInt(
		fn: string,
		device: string | null,
		args: {readonly [name: string]: string | number},
		body: () => number,
		options: CallOptions<number> = {},
	): number {
		return this.call(fn, device, args, body, {...options, fails: (error) => error});
	}

	/** Runs `body` as another task or interrupt. */
	inContext<T>(context: string, body: () => T): T {
		const before = this.#context;
		this.#context = context;
		try {
			return body();
		} finally {
			this.#context = before;
		}
	}

	/** The device as the fold knows it. Throws for one that never appeared: scenarios are checked before. */
	device(address: string): DeviceState {
		const device = this.state.devices.get(address);
		if (device === undefined) throw new Error(`no device ${address}`);
		return device;
	}

	setField(device: string, field: string, value: FieldValue): void {
		this.emit({type: 'device-data', device, field, value});
	}

	setNodeField(device: string, {node, generation}: NodeId, field: string, value: FieldValue): void {
		this.emit({type: 'devres-data', device, node, generation, field, value});
	}

	note(text: string, device?: string): void {
		this.emit({type: 'note', text, ...(device === undefined ? {} : {device})});
	}

	/** Whether a fault makes this allocation fail. Tells it to the recording either way, but for devres nodes. */
	failsAllocation(what: string, size: number, device?: string): boolean {
		const struck = this.state.faults.some((fault) => fault.fn === 'alloc' && fault.nth === 1);
		if (!struck) return false;
		this.emit({type: 'alloc-fail', what, size, ...(device === undefined ? {} : {device})});
		this.emit({type: 'fault-hit', fn: 'alloc'});
		return true;
	}

	#emitCall(
		fn: string,
		device: string | null,
		args: CallArguments,
		options: {readonly module?: string; readonly inlined?: true},
	): void {
		this.emit({
			type: 'call',
			...(device === null ? {} : {device}),
			fn,
			args,
			...(options.module === undefined ? {} : {module: options.module}),
			...(options.inlined ? {inlined: true} : {}),
		});
	}

	/** The error of a fault whose turn has come for `fn`, or null. */
	#strike(fn: string): number | null {
		const fault = this.state.faults.find((armed) => armed.fn === fn && armed.nth <= 0);
		if (fault === undefined) return null;
		this.emit({type: 'fault-hit', fn});
		return fault.error;
	}
}

function valueText(result: unknown): string | undefined {
	if (result === undefined) return undefined;
	if (result === null) return 'NULL';
	if (typeof result === 'object' && 'node' in result && 'generation' in result) {
		return `${result.node}`;
	}
	return typeof result === 'boolean' ? `${Number(result)}` : `${result}`;
}
