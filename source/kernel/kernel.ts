// What the simulated kernel is made of, as types that name each other: itself, its drivers, its revisions.

import type {RecordedEvent, UnplacedEvent} from '../recording/event.ts';
import type {FieldValue} from '../recording/event-base.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {DeviceState, MachineState, NodeState} from '../recording/state.ts';
import type {Hardware} from './hardware.ts';
import type {KernelConfig} from './kernel-config.ts';
import type {MessagesPart} from './kernel-message.ts';
import type {ActionsPart, DriversPart, IomapTablePart, MsiPart} from './plain-parts.ts';

type WithoutStamp<T> = T extends unknown ? Omit<T, 'time' | 'context' | 'origin'> : never;

/** An event without what the kernel stamps on it: time, context and origin. */
export type KernelEvent = WithoutStamp<UnplacedEvent>;

/** What a call says of itself beside its name and arguments. */
export type CallOptions<T> = {
	/** Module that the function lives in; absent for the kernel's own code. */
	readonly module?: string;

	/** Compilers inline this function. */
	readonly inlined?: true;

	/** The model is known to differ from the kernel inside this call. */
	readonly approximate?: true;

	/** What the function does instead when a fault was armed for it; without this it can't be made to fail. */
	readonly fails?: (error: number) => T;
};

/** Arguments of a call, in the kernel's order. */
export type NamedValues = {readonly [name: string]: string | number};

/**
The simulated kernel: it changes its state only by emitting events, and reads it only from their fold.

What it keeps beside the state is what a run starts with (revision, options, hardware, drivers) and who runs now.
*/
export type Kernel = {
	readonly revision: Revision;
	readonly config: KernelConfig;

	/** The fold of `events`. Read it, don't keep it. */
	readonly state: MachineState;

	/** What happened so far. */
	readonly events: readonly RecordedEvent[];

	/** By address, in the order of the bus. */
	readonly hardware: Map<string, Hardware>;

	/** By name, registered or not. */
	readonly drivers: Map<string, Driver>;

	/** By logged name of the node, or by action. */
	readonly releaseCallbacks: ReadonlyMap<string, ReleaseCallback>;

	/** Line of the scenario that is being executed. */
	origin: number | undefined;

	/** Task or interrupt that runs. */
	readonly context: string;

	/** Adds an event to the recording; its time is a microsecond after the last one's unless given. */
	emit(event: KernelEvent, time?: number): void;

	/** Brackets `body` with the call and the return of `fn`; the return tells the body's result. */
	call<T>(
		fn: string,
		device: string | null,
		args: NamedValues,
		body: () => T,
		options?: CallOptions<T>,
	): T;

	/** A function that returns 0 or a negative errno, or a count: it can be made to fail by a fault. */
	callInt(
		fn: string,
		device: string | null,
		args: NamedValues,
		body: () => number,
		options?: CallOptions<number>,
	): number;

	/** Runs `body` as another task or interrupt. */
	inContext<T>(context: string, body: () => T): T;

	/** The device as the fold knows it. Throws for one that never appeared: scenarios are checked before. */
	device(address: string): DeviceState;

	/** Sets a field of the device, or of a node's data; null takes it away. */
	setField(device: string, field: string, value: FieldValue): void;
	setNodeField(device: string, node: NodeId, field: string, value: FieldValue): void;

	/** Tells the reader something in our own words. */
	note(text: string, device?: string): void;

	/** Whether a fault makes this allocation fail; tells the recording when it does. */
	failsAllocation(what: string, size: number, device?: string): boolean;
};

/** What releasing a node of some name does. */
export type ReleaseCallback = {
	/**
	The function in the node's `release` pointer. Two nodes are of the same kind if these are equal.

	It differs from the logged name for actions (`devm_action_release`) and memory (`devm_kmalloc_release`).
	*/
	readonly fn: string;

	/** Body of that function. Absent: it does nothing that a recording shows. */
	readonly run?: (kernel: Kernel, dev: string, node: NodeState) => void;
};

/** A driver: some way of making calls into the kernel. */
export type Driver = {
	readonly name: string;

	/** Module it lives in. */
	readonly module: string;
	readonly bus: string;

	/** Ids of the devices it takes. */
	readonly matches: readonly string[];

	/** Names of its callbacks in the kernel, for stacks. */
	readonly probeFunction: string;
	readonly removeFunction: string | null;

	/** Prefers to be probed by a worker instead of by modprobe. */
	readonly async: boolean;

	/** Its module's init function before registration. */
	beforeRegister(kernel: Kernel): void;

	/** 0 or a negative errno. */
	probe(kernel: Kernel, dev: string): number;

	/** Called only where the driver has a `removeFunction`. */
	remove(kernel: Kernel, dev: string): void;

	/** Work item that its probe queues, done once the device is bound; null where there is none. */
	readonly work: {readonly fn: string; run(kernel: Kernel, dev: string): void} | null;

	/** Rest of its module's init function, after registration. */
	afterRegister(kernel: Kernel): void;
};

/** Release callbacks that a part brings, by logged name. */
export type Callbacks = {readonly [name: string]: ReleaseCallback};

/** How bit 10 of PCI_COMMAND is switched, saved and restored. */
export type IntxPart = {
	/** `enable` is 0 or 1. */
	pci_intx(kernel: Kernel, pdev: string, enable: number): void;

	/** Null where the kernel has no such function. 0 or -ENOMEM. */
	readonly pcim_intx: ((kernel: Kernel, pdev: string, enable: number) => number) | null;
	readonly callbacks: Callbacks;
};

/** How a managed device is enabled, pinned and disabled. */
export type EnablePart = {
	/** 0 or a negative errno. */
	pcim_enable_device(kernel: Kernel, pdev: string): number;

	/** Of `pcim_enable_device` only the log is known. */
	readonly approximate?: true;

	/** The device stays enabled when its driver goes. */
	pcim_pin_device(kernel: Kernel, pdev: string): void;

	/** What pci_disable_device() does first. */
	beforeDisable(kernel: Kernel, pdev: string): void;

	/** 0 or a negative errno. */
	pcim_set_mwi(kernel: Kernel, pdev: string): number;
	readonly callbacks: Callbacks;
};

/** How BARs, numbers 0 to 5, are requested and mapped: 0 or a negative errno. A kernel lacks what is null. */
export type RegionsPart = {
	pci_request_region(kernel: Kernel, pdev: string, bar: number, name: string): number;
	pci_release_region(kernel: Kernel, pdev: string, bar: number): void;
	pci_request_regions(kernel: Kernel, pdev: string, name: string): number;
	pci_release_regions(kernel: Kernel, pdev: string): void;
	readonly pcim_request_region:
		| ((kernel: Kernel, pdev: string, bar: number, name: string) => number)
		| null;
	readonly pcim_request_all_regions:
		| ((kernel: Kernel, pdev: string, name: string) => number)
		| null;
	readonly pcim_iomap_region:
		| ((kernel: Kernel, pdev: string, bar: number, name: string) => number)
		| null;
	readonly pcim_iounmap_region: ((kernel: Kernel, pdev: string, bar: number) => void) | null;
	readonly pcim_iomap_range: ((kernel: Kernel, pdev: string, bar: number) => number) | null;

	/** 0, or -ENOMEM where the kernel gives a null pointer. */
	pcim_iomap(kernel: Kernel, pdev: string, bar: number): number;
	pcim_iounmap(kernel: Kernel, pdev: string, bar: number): void;
	pcim_iomap_regions(kernel: Kernel, pdev: string, bars: readonly number[], name: string): number;
	readonly pcim_iounmap_regions:
		| ((kernel: Kernel, pdev: string, bars: readonly number[]) => void)
		| null;
	readonly pcim_iomap_regions_request_all:
		| ((kernel: Kernel, pdev: string, bars: readonly number[], name: string) => number)
		| null;
	readonly callbacks: Callbacks;
};

/** Parts that a kernel is made of: differences between kernels are entries here, never conditions. */
export type RevisionParts = {
	readonly intx: IntxPart;
	readonly enable: EnablePart;
	readonly regions: RegionsPart;
	readonly iomapTable: IomapTablePart;
	readonly msi: MsiPart;
	readonly actions: ActionsPart;
	readonly messages: MessagesPart;
	readonly drivers: DriversPart;

	/** Bytes of data by node name, where this kernel differs from what callers ask for. */
	readonly sizes: {readonly [name: string]: number};
};

/** A kernel: the parts it is made of, under a name that users type. */
export type Revision = RevisionParts & {
	/** `v6.11-rc1`; for a mixture the base's name with a plus. */
	readonly name: string;

	/** Name of the revision that a mixture starts from; else its own name. */
	readonly base: string;

	/** What is special about it, in a line. */
	readonly summary: string;
};
