// Models devres groups of drivers/base/devres.c, v6.12.

import {groupCloseName, groupOpenName} from '../recording/group-marker.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {NodeState} from '../recording/state.ts';
import {closeMarkerAddress, nodeAddress} from './allocator.ts';
import {logAdd, logRemove} from './devres.ts';
import {closeMarkerOf, release_nodes, remove_nodes} from './devres-release.ts';
import type {Kernel} from './kernel.ts';
import {bug, warn} from './log.ts';

/** `sizeof(struct devres_group)`: two nodes, an id and a colour. */
const groupSize = 96;

/** Names a group; null means the newest open one. */
export type GroupId = string | null;

/** Opens a group; gives its id, which is the group's address where none is given. Null where memory is short. */
export function devres_open_group(kernel: Kernel, dev: string, id: GroupId): string | null {
	return kernel.call('devres_open_group', dev, {dev, id: id ?? 'NULL'}, () => {
		if (kernel.failsAllocation('devres_group', groupSize, dev)) return null;
		const node = nodeAddress(kernel.state.allocations, groupSize);
		const open: NodeId = {node, generation: 0};
		kernel.emit({type: 'devres-alloc', ...open, name: groupOpenName, size: 0});
		kernel.setNodeField(dev, open, 'id', id ?? node);
		logAdd(kernel, dev, open);
		return id ?? node;
	});
}

/** With an id: the newest group of that id, open or closed. With null: the newest group that is open. */
function findGroup(kernel: Kernel, dev: string, id: GroupId): NodeState | null {
	const isWanted = (node: NodeState): boolean =>
		id === null ? closeMarkerOf(kernel, dev, node) === null : node.data['id'] === id;
	return (
		kernel
			.device(dev)
			.devres_head.findLast((node) => node.name === groupOpenName && isWanted(node)) ?? null
	);
}

/** Closes a group by appending its end marker, which is part of the group's memory. */
export function devres_close_group(kernel: Kernel, dev: string, id: GroupId): void {
	kernel.call('devres_close_group', dev, {dev, id: id ?? 'NULL'}, () => {
		const open = findGroup(kernel, dev, id);
		if (open === null) {
			warn(kernel, dev, 'no such group', 'drivers/base/devres.c devres_close_group');
			return;
		}
		if (closeMarkerOf(kernel, dev, open) !== null) bug(kernel, dev, 'drivers/base/devres.c add_dr');
		const close: NodeId = {node: closeMarkerAddress(open.node), generation: 0};
		kernel.emit({type: 'devres-add', device: dev, ...close, name: groupCloseName, size: 0});
		kernel.setNodeField(dev, close, 'open', open.node);
	});
}

/** Forgets a group and keeps its members. Logs one REM for the start marker, nothing for the end marker. */
export function devres_remove_group(kernel: Kernel, dev: string, id: GroupId): void {
	kernel.call('devres_remove_group', dev, {dev, id: id ?? 'NULL'}, () => {
		const open = findGroup(kernel, dev, id);
		if (open === null) {
			warn(kernel, dev, 'no such group', 'drivers/base/devres.c devres_remove_group');
			return;
		}
		const close = closeMarkerOf(kernel, dev, open);
		if (close !== null) {
			const {node, generation} = close;
			kernel.emit({type: 'devres-unlink', device: dev, node, generation});
		}
		logRemove(kernel, dev, open);
	});
}

/** Nodes from the start marker to the end marker, or to the end of the list while the group is open. */
function groupRange(kernel: Kernel, dev: string, open: NodeState): readonly NodeState[] {
	const {devres_head} = kernel.device(dev);
	const first = devres_head.findIndex((node) => nodeKey(node) === nodeKey(open));
	const close = closeMarkerOf(kernel, dev, open);
	const last = close === null ? devres_head.length - 1 : devres_head.indexOf(close);
	return devres_head.slice(first, last + 1);
}

/** Releases the members of a group and the groups wholly inside it; gives the number of ordinary nodes. */
export function devres_release_group(kernel: Kernel, dev: string, id: GroupId): number {
	return kernel.call('devres_release_group', dev, {dev, id: id ?? 'NULL'}, () => {
		const open = findGroup(kernel, dev, id);
		if (open === null) {
			// An empty list means that the device is being torn down: then a missing group is no fault.
			if (kernel.device(dev).devres_head.length > 0) {
				warn(kernel, dev, 'no such group', 'drivers/base/devres.c devres_release_group');
			}
			return 0;
		}
		const todo: NodeState[] = [];
		const count = remove_nodes(kernel, dev, groupRange(kernel, dev, open), todo);
		release_nodes(kernel, dev, todo, count);
		return count;
	});
}
