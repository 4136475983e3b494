import type {CallArguments, FieldValue} from './event-base.ts';
import type {NodeId} from './node-id.ts';
import {NodeList} from './node-list.ts';

/** A devres node as far as the events so far tell. Immutable: a change makes a new one. */
export type NodeState = NodeId & {
	/** As the log gives it. */
	readonly name: string;

	/** Bytes of data, without the 40-byte header. */
	readonly size: number;

	/** `seq` of the event that put it on `devres_head`; null while it is on no list or where it was never seen added. */
	readonly added: number | null;

	/** Fields of the node's data that an event told, such as `orig_intx`. */
	readonly data: {readonly [field: string]: FieldValue};
};

/** Where a node on a todo list is: not reached, its callback running, or done. */
export type ReleaseStage = 'waiting' | 'releasing' | 'released';

/** A node on a todo list and how far its release has come. */
export type TodoEntry = {readonly node: NodeState; readonly stage: ReleaseStage};

/** One run of `release_nodes` over a private todo list. */
export type ReleasePass = {
	/** Context that releases. */
	readonly context: string;

	/** In list order. Released from the last to the first; released ones stay until the pass ends. */
	readonly entries: TodoEntry[];

	/** The first REL has been seen: a further move starts another, nested pass. */
	started: boolean;

	/** Index of the entry whose callback was called last; null before the first. */
	releasing: number | null;
};

/** A device as far as the events so far tell. Only `apply` changes one. */
export class DeviceState {
	/** Address on its bus, or device name. */
	readonly address: string;

	/** Null where no event told. */
	bus: string | null = null;

	/** `vendor:device` or a name; null where no event told. */
	id: string | null = null;

	/** False after the device was removed from its bus. */
	present = true;

	/** `dev->driver`: a name, null for none, undefined where the recording hasn't told. */
	driver: string | null | undefined = undefined;

	/** Between `bind` and `unbind`. */
	bound = false;

	/** `devres_head` as `apply` changes it. */
	readonly list: NodeList<NodeState>;

	/** Release passes that are under way, outermost first. */
	passes: ReleasePass[] = [];

	/** Config space as known: even offset to 16-bit word. */
	registers: Map<number, number> = new Map();

	/** `enable_cnt`; null where no event told. */
	enable_count: number | null = null;

	/** Other fields of the device: `is_managed`, `pinned`, `msi_enabled`, `bar5`, … */
	data: {[field: string]: FieldValue} = {};

	/** Offsets of the capabilities' flags words; null for none or not known. */
	msi: number | null = null;
	msix: number | null = null;

	/** INTERRUPT_PIN; null where not known. */
	interruptPin: number | null = null;

	/** Only its name is known at first: that it is on its bus, and nothing else. */
	constructor(address: string, list: NodeList<NodeState> = new NodeList()) {
		this.address = address;
		this.list = list;
	}

	/** Oldest first, as the kernel links them. */
	get devres_head(): NodeState[] {
		return this.list.nodes;
	}
}

/** A call that is open. */
export type Frame = {
	readonly fn: string;

	/** In the kernel's order; empty where not told. */
	readonly args: CallArguments;

	/** Null for the kernel's own code and where not told. */
	readonly module: string | null;

	/** Compilers inline it: no real trace shows this frame. */
	readonly inlined: boolean;

	/** `seq` of the call. */
	readonly call: number;
};

/** A driver that an event named. It stays here after it was unregistered. */
export type DriverState = {
	readonly name: string;

	/** False before registration and after it was taken from its bus. */
	registered: boolean;

	/** Bound devices in the order they were bound. */
	devices: string[];
};

/** As in the `fault` event; `nth` counts down to its call. */
export type ArmedFault = {readonly fn: string; readonly nth: number; readonly error: number};

/** Everything that is known at a position. Only `apply` changes one. */
export type MachineState = {
	/** Events applied: 0 is before everything. */
	position: number;

	/** Time of the last event that had one. */
	time: number | null;

	/** Context of the last event; null at the start. */
	context: string | null;

	/** By address, in order of first appearance. */
	devices: Map<string, DeviceState>;

	/** By name, in order of first appearance. */
	drivers: Map<string, DriverState>;

	/** Stacks that are not empty: outermost frame first. */
	contexts: Map<string, Frame[]>;

	/** Nodes that are allocated but were on no list yet, by `nodeKey`. */
	loose: Map<string, NodeState>;

	/** Deferred probe list, oldest first. */
	deferred: {readonly device: string; readonly driver: string}[];

	/** Allocations so far, failed ones included. */
	allocations: number;

	/** Faults still to strike; `nth` counts down. */
	faults: ArmedFault[];
};

/** Position 0: nothing is known and nothing happened. */
export function initialState(): MachineState {
	return {
		position: 0,
		time: null,
		context: null,
		devices: new Map(),
		drivers: new Map(),
		contexts: new Map(),
		loose: new Map(),
		deferred: [],
		allocations: 0,
		faults: [],
	};
}

function copyDevice(device: DeviceState): DeviceState {
	const copy = new DeviceState(device.address, device.list.copy());
	copy.bus = device.bus;
	copy.id = device.id;
	copy.present = device.present;
	copy.driver = device.driver;
	copy.bound = device.bound;
	copy.passes = device.passes.map((pass) => ({...pass, entries: pass.entries.slice()}));
	copy.registers = new Map(device.registers);
	copy.enable_count = device.enable_count;
	copy.data = {...device.data};
	copy.msi = device.msi;
	copy.msix = device.msix;
	copy.interruptPin = device.interruptPin;
	return copy;
}

/** A state that shares nothing which `apply` changes. */
export function copyState(state: MachineState): MachineState {
	const devices = new Map<string, DeviceState>();
	for (const [address, device] of state.devices) devices.set(address, copyDevice(device));
	const drivers = new Map<string, DriverState>();
	for (const [name, driver] of state.drivers) {
		drivers.set(name, {...driver, devices: driver.devices.slice()});
	}
	const contexts = new Map<string, Frame[]>();
	for (const [context, frames] of state.contexts) contexts.set(context, frames.slice());
	return {
		...state,
		devices,
		drivers,
		contexts,
		loose: new Map(state.loose),
		deferred: state.deferred.slice(),
		faults: state.faults.slice(),
	};
}

/** Things whose copy costs: decides how far checkpoints lie apart. */
export function stateSize(state: MachineState): number {
	let size = state.loose.size + state.drivers.size;
	for (const device of state.devices.values()) {
		size += 4 + device.list.length + device.registers.size;
		for (const pass of device.passes) size += pass.entries.length;
	}
	for (const frames of state.contexts.values()) size += 1 + frames.length;
	return size;
}

/** Entries of all passes under way, in list order, outermost pass first. */
export function todoOf(device: DeviceState): readonly TodoEntry[] {
	if (device.passes.length === 1) return device.passes[0]?.entries ?? [];
	return device.passes.flatMap((pass) => pass.entries);
}

/** The node whose release callback is running, or null. */
export function releasingNode(device: DeviceState): NodeState | null {
	const entries = todoOf(device);
	for (let index = entries.length - 1; index >= 0; index -= 1) {
		const entry = entries[index];
		if (entry?.stage === 'releasing') return entry.node;
	}
	return null;
}
