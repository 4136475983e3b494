import type {EventType, RecordedEvent, UnplacedEvent} from './event.ts';
import type {FieldValue} from './event-base.ts';
import {type NodeId, nodeKey} from './node-id.ts';
import {popFrames, pushFrame} from './open-frames.ts';
import {setRegister} from './pci-registers.ts';
import {appendEntry, entryOf, passFor, setStage, startReleasing} from './release-entries.ts';
import {DeviceState, type MachineState, type NodeState} from './state.ts';

type Handler<T extends EventType> = (
	state: MachineState,
	event: Extract<RecordedEvent, {type: T}>,
) => void;

function deviceOf(state: MachineState, event: {readonly device?: string}): DeviceState {
	const address = event.device ?? '';
	let device = state.devices.get(address);
	if (device === undefined) {
		device = new DeviceState(address);
		state.devices.set(address, device);
	}
	return device;
}

function newNode(event: NodeId & {readonly name: string; readonly size: number}): NodeState {
	const {node, generation, name, size} = event;
	return {node, generation, name, size, added: null, data: {}};
}

function takeLoose(state: MachineState, id: NodeId): NodeState | null {
	// In most logs no node is ever loose: then its key need not be made.
	if (state.loose.size === 0) return null;
	const key = nodeKey(id);
	const node = state.loose.get(key) ?? null;
	if (node !== null) state.loose.delete(key);
	return node;
}

function release(state: MachineState, event: Extract<RecordedEvent, {type: 'devres-release'}>) {
	const device = deviceOf(state, event);
	let found = entryOf(device, event);
	if (found === null) {
		// Never moved as far as events tell: it goes through a pass of its own.
		const node = device.list.remove(event) ?? takeLoose(state, event) ?? newNode(event);
		const pass = device.passes.at(-1) ?? passFor(device, event.context);
		appendEntry(pass, node);
		found = {pass, index: pass.entries.length - 1};
	}
	startReleasing(found.pass, found.index);
}

function withData(node: NodeState, field: string, value: FieldValue): NodeState {
	return {...node, data: {...node.data, [field]: value}};
}

function setNodeData(state: MachineState, event: Extract<RecordedEvent, {type: 'devres-data'}>) {
	const key = nodeKey(event);
	const loose = state.loose.get(key);
	if (loose !== undefined) {
		state.loose.set(key, withData(loose, event.field, event.value));
		return;
	}
	const device = deviceOf(state, event);
	const {field, value} = event;
	if (device.list.replace(event, (node) => withData(node, field, value))) return;
	const found = entryOf(device, event);
	const entry = found?.pass.entries[found.index];
	if (found === null || entry === undefined) return;
	found.pass.entries[found.index] = {
		node: withData(entry.node, field, value),
		stage: entry.stage,
	};
}

function countDownFaults(state: MachineState, fn: string): void {
	state.faults = state.faults.map((fault) =>
		fault.fn === fn ? {...fault, nth: fault.nth - 1} : fault,
	);
}

function allocated(state: MachineState): void {
	state.allocations += 1;
	if (state.faults.length > 0) countDownFaults(state, 'alloc');
}

function driverOf(state: MachineState, name: string) {
	let driver = state.drivers.get(name);
	if (driver === undefined) {
		driver = {name, registered: true, devices: []};
		state.drivers.set(name, driver);
	}
	return driver;
}

function addDevice(state: MachineState, event: Extract<RecordedEvent, {type: 'device-add'}>) {
	// A rescan finds a new struct device at the old address: nothing of the old one stays.
	const device = new DeviceState(event.device ?? '');
	device.bus = event.bus;
	device.id = event.id ?? null;
	device.driver = null;
	device.enable_count = event.bus === 'pci' ? 0 : null;
	device.msi = event.msi ?? null;
	device.msix = event.msix ?? null;
	device.interruptPin = event.interruptPin ?? null;
	for (const [offset, word] of Object.entries(event.config ?? {})) {
		device.registers.set(Number(offset), word);
	}
	state.devices.set(device.address, device);
}

const handlers: {readonly [T in EventType]: Handler<T>} = {
	call: (state, event) => {
		pushFrame(state, event);
		if (state.faults.length > 0) countDownFaults(state, event.fn);
	},
	return: popFrames,
	'devres-alloc': (state, event) => {
		state.loose.set(nodeKey(event), newNode(event));
		allocated(state);
	},
	'devres-free': (state, event) => {
		if (takeLoose(state, event) !== null) return;
		const found = entryOf(deviceOf(state, event), event);
		if (found !== null) setStage(found.pass, found.index, 'released');
	},
	'devres-add': (state, event) => {
		const node = takeLoose(state, event) ?? newNode(event);
		deviceOf(state, event).list.push({...node, added: event.seq});
	},
	'devres-release': release,
	'devres-remove': (state, event) => {
		deviceOf(state, event).list.remove(event);
	},
	'devres-replace': (state, event) => {
		const {list} = deviceOf(state, event);
		const {by, seq} = event;
		if (by === undefined) list.remove(event);
		else list.replace(event, () => ({...newNode(by), added: seq}));
	},
	'devres-move': (state, event) => {
		const device = deviceOf(state, event);
		const node = device.list.remove(event);
		if (node !== null) appendEntry(passFor(device, event.context), node);
	},
	'devres-unlink': (state, event) => {
		deviceOf(state, event).list.remove(event);
	},
	'release-end': (state, event) => {
		deviceOf(state, event).passes.pop();
	},
	'devres-data': setNodeData,
	alloc: allocated,
	'alloc-fail': allocated,
	'config-read': (state, event) => {
		setRegister(deviceOf(state, event), event.offset, event.width, event.value);
	},
	'config-write': (state, event) => {
		setRegister(deviceOf(state, event), event.offset, event.width, event.value);
	},
	'device-add': addDevice,
	'device-remove': (state, event) => {
		const device = deviceOf(state, event);
		device.present = false;
		device.driver = null;
		device.bound = false;
	},
	'device-data': (state, event) => {
		const device = deviceOf(state, event);
		const text = event.value === null ? null : `${event.value}`;
		if (event.field === 'driver') device.driver = text;
		else if (event.field === 'bus') device.bus = text;
		else device.data = {...device.data, [event.field]: event.value};
	},
	'enable-count': (state, event) => {
		deviceOf(state, event).enable_count = event.value;
	},
	'driver-register': (state, event) => {
		driverOf(state, event.driver).registered = true;
	},
	'driver-unregister': (state, event) => {
		driverOf(state, event.driver).registered = false;
	},
	bind: (state, event) => {
		const device = deviceOf(state, event);
		device.bound = true;
		device.driver = event.driver;
		driverOf(state, event.driver).devices.push(device.address);
	},
	unbind: (state, event) => {
		const device = deviceOf(state, event);
		device.bound = false;
		const driver = driverOf(state, event.driver);
		driver.devices = driver.devices.filter((address) => address !== device.address);
	},
	'probe-begin': () => {},
	'probe-end': (state, event) => {
		// Bound or not: a recording that doesn't tell the result leaves both possible.
		if (event.result === null) deviceOf(state, event).driver = undefined;
	},
	defer: (state, event) => {
		const address = event.device ?? '';
		state.deferred = state.deferred.filter((entry) => entry.device !== address);
		if (event.pending) state.deferred.push({device: address, driver: event.driver});
	},
	printk: () => {},
	warning: () => {},
	stack: () => {},
	action: () => {},
	note: () => {},
	fault: (state, event) => {
		const {fn, nth, error} = event;
		state.faults = [...state.faults, {fn, nth, error}];
	},
	'fault-hit': (state, event) => {
		const index = state.faults.findIndex((fault) => fault.fn === event.fn && fault.nth <= 0);
		state.faults = state.faults.filter((_, place) => place !== index);
	},
	boot: (state) => {
		state.devices.clear();
		state.drivers.clear();
		state.contexts.clear();
		state.loose.clear();
		state.deferred = [];
	},
	lost: () => {},
};

/**
Changes `state` in place by one event. The only function that changes a state.

Total: a recording of a misbehaving kernel, or one that lacks its beginning, is folded as far as it makes sense.
*/
export function apply(state: MachineState, event: RecordedEvent): void {
	(handlers[event.type] as Handler<EventType>)(state, event);
	state.position += 1;
	state.context = event.context;
	if (event.time !== null) state.time = event.time;
}

/** Gives an event its place. */
export function place(event: UnplacedEvent, seq: number): RecordedEvent {
	return {seq, ...event} as RecordedEvent;
}
