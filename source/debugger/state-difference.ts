import {describeField, hex} from '../recording/describe.ts';
import {nodeKey} from '../recording/node-id.ts';
import {commandBitNames, commandOf, msiEnabled, msixEnabled} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {type DeviceState, type NodeState, todoOf} from '../recording/state.ts';
import {describeNodeData, nodeLabel} from './devres-view.ts';

/** What a device is at one position and at another; only what differs. */
export type DeviceDifference = {
	/** Its address. */
	readonly device: string;

	/** `driver`, `PCI_COMMAND`, … and the value at either position. */
	readonly values: readonly {readonly name: string; readonly from: string; readonly to: string}[];

	/** By the list that it is about. */
	readonly lists: readonly ListDifference[];
};

/** Nodes of one list that are there at only one of two positions, in list order. */
export type ListDifference = {
	readonly list: 'devres_head' | 'todo';

	/** At the first position alone. */
	readonly gone: readonly NodeState[];

	/** At the second alone. */
	readonly come: readonly NodeState[];

	/** On the list at both, with other data. */
	readonly changed: readonly {readonly from: NodeState; readonly to: NodeState}[];
};

function bit(value: boolean | null): string {
	return value === null ? 'unknown' : value ? 'on' : 'off';
}

function command(device: DeviceState): string {
	const value = commandOf(device);
	if (value === null) return 'unknown';
	return [hex(value), ...commandBitNames(value)].join(' ');
}

/** Everything about a device that is one value, by name. */
function valuesOf(device: DeviceState | undefined): ReadonlyMap<string, string> {
	if (device === undefined) return new Map();
	return new Map([
		['driver', device.driver === undefined ? 'unknown' : (device.driver ?? 'none')],
		['bound', device.bound ? 'yes' : 'no'],
		['present', device.present ? 'yes' : 'no'],
		['PCI_COMMAND', command(device)],
		['MSI', bit(msiEnabled(device))],
		['MSI-X', bit(msixEnabled(device))],
		['enable_cnt', `${device.enable_count ?? 'unknown'}`],
		...Object.entries(device.data).map(([field, value]) => [field, describeField(value)] as const),
	]);
}

function differentValues(from: DeviceState | undefined, to: DeviceState | undefined) {
	const before = valuesOf(from);
	const after = valuesOf(to);
	return [...new Set([...before.keys(), ...after.keys()])]
		.map((name) => ({
			name,
			from: before.get(name) ?? 'unknown',
			to: after.get(name) ?? 'unknown',
		}))
		.filter((each) => each.from !== each.to);
}

function differentNodes(
	list: ListDifference['list'],
	from: readonly NodeState[],
	to: readonly NodeState[],
): ListDifference {
	const before = new Map(from.map((node) => [nodeKey(node), node]));
	const after = new Set(to.map(nodeKey));
	return {
		list,
		gone: from.filter((node) => !after.has(nodeKey(node))),
		come: to.filter((node) => !before.has(nodeKey(node))),
		changed: to.flatMap((node) => {
			const was = before.get(nodeKey(node));
			const isSame = was === undefined || describeNodeData(was) === describeNodeData(node);
			return isSame ? [] : [{from: was, to: node}];
		}),
	};
}

function listsOf(device: DeviceState | undefined) {
	return {head: device?.devres_head ?? [], todo: device ? todoOf(device).map((e) => e.node) : []};
}

/** How the devices differ between two positions, whichever comes first. Devices that don't are left out. */
export function stateDifference(
	recording: Recording,
	from: number,
	to: number,
): readonly DeviceDifference[] {
	const before = recording.stateAt(from).devices;
	const after = recording.stateAt(to).devices;
	const addresses = new Set([...before.keys(), ...after.keys()]);
	return Array.from(addresses, (device): DeviceDifference => {
		const [was, is] = [before.get(device), after.get(device)];
		const [lists, now] = [listsOf(was), listsOf(is)];
		return {
			device,
			values: differentValues(was, is),
			lists: [
				differentNodes('devres_head', lists.head, now.head),
				differentNodes('todo', lists.todo, now.todo),
			].filter(({gone, come, changed}) => gone.length + come.length + changed.length > 0),
		};
	}).filter(({device, values, lists}) => device !== '' && values.length + lists.length > 0);
}

/** Rows of one list that are told; the rest is counted. */
const toldNodes = 50;

function nodeLines(recording: Recording, sign: string, nodes: readonly NodeState[]) {
	const lines = nodes.slice(0, toldNodes).map((node) => {
		const facts = [`${nodeLabel(recording, node)} ${node.name}`, `${node.size} bytes`];
		const data = describeNodeData(node);
		return `    ${sign} ${[...facts, ...(data === '' ? [] : [data])].join(', ')}`;
	});
	const more = nodes.length - lines.length;
	return more > 0 ? [...lines, `    ${sign} and ${more} more`] : lines;
}

/** A difference as lines: the device, then what was and what is, nodes with `-` and `+` before them. */
export function describeDifference(
	recording: Recording,
	each: DeviceDifference,
): readonly string[] {
	return [
		`${each.device}:`,
		...each.values.map(({name, from, to}) => `  ${name} was ${from}, is ${to}`),
		...each.lists.flatMap(({list, gone, come, changed}) => [
			`  ${list}:`,
			...nodeLines(recording, '-', gone),
			...nodeLines(recording, '+', come),
			...changed.slice(0, toldNodes).map(({from, to}) => {
				const label = `${nodeLabel(recording, to)} ${to.name}`;
				const [was, is] = [from, to].map((node) => describeNodeData(node) || 'nothing');
				return `    * ${label}: was ${was}, is ${is}`;
			}),
		]),
	];
}
