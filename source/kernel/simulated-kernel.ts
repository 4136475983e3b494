import type {RecordedEvent, UnplacedEvent} from '../recording/event.ts';
import type {CallArguments, FieldValue} from '../recording/event-base.ts';
import {apply, place} from '../recording/fold.ts';
import type {NodeId} from '../recording/node-id.ts';
import {DeviceState, initialState, type MachineState} from '../recording/state.ts';
import type {Hardware} from './hardware.ts';
import type {
	CallOptions,
	Driver,
	Kernel,
	KernelEvent,
	NamedValues,
	ReleaseCallback,
	Revision,
} from './kernel.ts';
import type {KernelConfig} from './kernel-config.ts';
import {BudgetError} from './run-errors.ts';

const microsecond = 1e-6;

/** The only implementation of `Kernel`. */
export class SimulatedKernel implements Kernel {
	readonly revision: Revision;
	readonly config: KernelConfig;
	readonly state: MachineState = initialState();
	readonly events: RecordedEvent[] = [];
	readonly hardware = new Map<string, Hardware>();
	readonly drivers = new Map<string, Driver>();
	readonly releaseCallbacks: Map<string, ReleaseCallback>;

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

	call<T>(
		fn: string,
		device: string | null,
		args: NamedValues,
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

	callInt(
		fn: string,
		device: string | null,
		args: NamedValues,
		body: () => number,
		options: CallOptions<number> = {},
	): number {
		return this.call(fn, device, args, body, {...options, fails: (error) => error});
	}

	inContext<T>(context: string, body: () => T): T {
		const before = this.#context;
		this.#context = context;
		try {
			return body();
		} finally {
			this.#context = before;
		}
	}

	device(address: string): DeviceState {
		const device = this.state.devices.get(address);
		if (device !== undefined) return device;
		// A driver will add it: until then it is like one that was removed.
		if (this.hardware.has(address))
			return Object.assign(new DeviceState(address), {present: false});
		throw new Error(`no device ${address}`);
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
		options: Pick<CallOptions<unknown>, 'module' | 'inlined' | 'approximate'>,
	): void {
		this.emit({
			type: 'call',
			...(device === null ? {} : {device}),
			fn,
			args,
			...(options.module === undefined ? {} : {module: options.module}),
			...(options.inlined ? {inlined: true} : {}),
			...(options.approximate ? {approximate: true} : {}),
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
