import type {FieldValue} from '../recording/event-base.ts';
import {commandOf, intxDisabled, msiEnabled, msixEnabled} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {type DeviceState, type NodeState, todoOf} from '../recording/state.ts';
import type {Budget} from './expression-budget.ts';

/** A value that is no list and no map. Whole numbers are bigints in the expression language. */
export type PlainValue = string | bigint | number | boolean | null;

/** Any value; keys of strangers are safe in a Map. */
export type ExpressionValue =
	| PlainValue
	| readonly ExpressionValue[]
	| ReadonlyMap<string, ExpressionValue>;

/** A number as the language has it. */
export function numberValue(value: number): number | bigint {
	return Number.isInteger(value) ? BigInt(value) : value;
}

function fieldValue(value: FieldValue): ExpressionValue {
	return typeof value === 'number' ? numberValue(value) : value;
}

/** Fields of an event or a node by their names. */
export function fieldMap(fields: {readonly [field: string]: FieldValue}): ExpressionValue {
	return new Map(Object.entries(fields).map(([name, value]) => [name, fieldValue(value)]));
}

function nodeMap(recording: Recording, node: NodeState, stage?: string): ExpressionValue {
	return new Map<string, ExpressionValue>([
		['name', node.name],
		['size', numberValue(node.size)],
		['address', node.node],
		['number', numberValue(recording.nodeNumber(node))],
		['data', fieldMap(node.data)],
		...(stage === undefined ? [] : ([['stage', stage]] as const)),
	]);
}

type FieldMaker = (device: DeviceState, recording: Recording, budget: Budget) => ExpressionValue;

/** Making the map of a node takes as long as reading so many texts. */
const nodeCost = 5;

function numberOrNull(value: number | null): ExpressionValue {
	return value === null ? null : numberValue(value);
}

/** Lists of a device, each as its items. */
const lists = {
	devres_head: ({devres_head}: DeviceState) => devres_head,
	todo: todoOf,
} as const;

/** A field of a device that is a list. */
export type DeviceList = keyof typeof lists;

/** Whether a device has such a list. */
export function isDeviceList(field: string): field is DeviceList {
	return Object.hasOwn(lists, field);
}

/** How many items a list of a device has. */
export function lengthIn(device: DeviceState, list: DeviceList): number {
	return lists[list](device).length;
}

const deviceFields: ReadonlyMap<string, FieldMaker> = new Map<string, FieldMaker>([
	['address', (device) => device.address],
	['bus', (device) => device.bus],
	['id', (device) => device.id],
	['present', (device) => device.present],
	['driver', (device) => device.driver ?? null],
	['bound', (device) => device.bound],
	[
		'devres_head',
		({devres_head}, recording, budget) =>
			budget.count(devres_head, (node) => nodeMap(recording, node), nodeCost),
	],
	[
		'todo',
		(device, recording, budget) =>
			budget.count(todoOf(device), ({node, stage}) => nodeMap(recording, node, stage), nodeCost),
	],
	['command', (device) => numberOrNull(commandOf(device))],
	['intx_disable', intxDisabled],
	['msi', msiEnabled],
	['msix', msixEnabled],
	['enable_count', (device) => numberOrNull(device.enable_count)],
	['data', (device) => fieldMap(device.data)],
]);

/** Whether it is a field of a device that is one value. */
export function isPlainField(field: string): boolean {
	return deviceFields.has(field) && !isDeviceList(field) && field !== 'data';
}

/** Names of what a device has, for completion. */
export const deviceFieldNames: readonly string[] = [...deviceFields.keys()];

/** A device as a map whose values are made when they are asked for: a condition asks for one of many. */
export class DeviceMap extends Map<string, ExpressionValue> {
	readonly #device: DeviceState;
	readonly #recording: Recording;
	readonly #budget: Budget;

	constructor(device: DeviceState, recording: Recording, budget: Budget) {
		super();
		this.#device = device;
		this.#recording = recording;
		this.#budget = budget;
	}

	override get size(): number {
		return deviceFields.size;
	}

	override has(name: string): boolean {
		return deviceFields.has(name);
	}

	override get(name: string): ExpressionValue | undefined {
		return deviceFields.get(name)?.(this.#device, this.#recording, this.#budget);
	}

	override keys(): MapIterator<string> {
		return deviceFields.keys();
	}

	override entries(): MapIterator<[string, ExpressionValue]> {
		return new Map(
			Array.from(deviceFields.keys(), (name) => [name, this.get(name) ?? null]),
		).entries();
	}

	override [Symbol.iterator](): MapIterator<[string, ExpressionValue]> {
		return this.entries();
	}
}

// The expression library tells types apart by their constructor.
Object.defineProperty(DeviceMap.prototype, 'constructor', {value: Map});
