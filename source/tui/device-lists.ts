import {type DevresView, devresView, type NodeRow} from '../debugger/devres-view.ts';
import type {DeviceState, MachineState, NodeState} from '../recording/state.ts';
import type {PaneInput} from './pane-list.ts';

/** The two lists of the device that is shown. Rows of `devres_head` are made only when asked for. */
export type DeviceLists = Pick<DevresView, 'listed' | 'todo' | 'left'> & {
	/** Rows of `devres_head`. */
	readonly length: number;

	/** The last row that is not as it was; -1 for none. */
	readonly changed: number;

	/** Undefined behind the end. */
	headRow(index: number): NodeRow | undefined;
};

const nothing: DeviceLists = {
	listed: 0,
	todo: [],
	left: 0,
	length: 0,
	changed: -1,
	headRow: () => undefined,
};

function sameNodes(a: readonly NodeState[], b: readonly NodeState[]): number {
	let length = 0;
	while (
		length < a.length &&
		a[length]?.node === b[length]?.node &&
		a[length]?.generation === b[length]?.generation
	) {
		length += 1;
	}
	return length;
}

/** Long lists change at their ends: only what is behind the part in common is compared. */
function compare(now: DeviceState, before: DeviceState | undefined): DeviceLists {
	const same = before === undefined ? 0 : sameNodes(now.devres_head, before.devres_head);
	const ending = (device: DeviceState) => ({
		...device,
		devres_head: device.devres_head.slice(same),
	});
	const {head, todo, left} = devresView(ending(now), before && ending(before));
	const changed = head.findLastIndex(({mark}) => mark !== 'same');
	return {
		listed: now.devres_head.length,
		todo,
		left,
		length: same + head.length,
		changed: changed === -1 ? -1 : same + changed,
		headRow: (index) => {
			const node = index < same ? now.devres_head[index] : undefined;
			return node === undefined ? head[index - same] : {node, mark: 'same'};
		},
	};
}

type Made = {readonly before: MachineState; readonly device: string; readonly lists: DeviceLists};

const made = new WeakMap<MachineState, Made>();

/** Both panes and every key ask for the same lists: they are made once for a stop and a device. */
export function deviceLists({now, before, device}: PaneInput): DeviceLists {
	if (device === null) return nothing;
	const known = made.get(now);
	if (known?.before === before && known.device === device) return known.lists;
	const state = now.devices.get(device);
	const lists = state === undefined ? nothing : compare(state, before.devices.get(device));
	made.set(now, {before, device, lists});
	return lists;
}
