// Models release passes of drivers/base/devres.c, v6.12.

import {groupCloseName, groupOpenName, isGroupMarker} from '../recording/group-marker.ts';
import type {NodeState} from '../recording/state.ts';
import {callRelease, idOf} from './devres.ts';
import type {Kernel} from './kernel.ts';
import {bug} from './log.ts';

/** Tells the recording that a listed node goes to the todo list. */
function moveToTodo(kernel: Kernel, dev: string, node: NodeState, todo: NodeState[]): void {
	kernel.emit({type: 'devres-move', device: dev, ...idOf(node)});
	todo.push(node);
}

/**
Moves nodes from `first` up to, not including, `end` to `todo`; gives the number of ordinary ones.

Two passes: ordinary nodes in list order, then the start markers of the groups that lie
wholly in the range. An open group counts as whole when its start marker is in the range.
*/
export function remove_nodes(
	kernel: Kernel,
	dev: string,
	range: readonly NodeState[],
	todo: NodeState[],
): number {
	return kernel.call('remove_nodes', dev, {dev, nodes: range.length}, () => {
		const markers: NodeState[] = [];
		for (const node of range) {
			if (isGroupMarker(node)) markers.push(node);
			else moveToTodo(kernel, dev, node, todo);
		}
		const count = todo.length;
		const colors = new Map<string, number>();
		for (const marker of markers) {
			const group = marker.name === groupOpenName ? marker.node : `${marker.data['open']}`;
			const open = kernel.device(dev).devres_head.find((node) => node.node === group);
			if (open === undefined) bug(kernel, dev, 'drivers/base/devres.c remove_nodes');
			const color = (colors.get(group) ?? 0) + (closeMarkerOf(kernel, dev, open) ? 1 : 2);
			colors.set(group, color);
			if (color === 2) takeGroup(kernel, dev, open, todo);
		}
		return count;
	});
}

/** The linked end marker of a group, or null while the group is open. */
export function closeMarkerOf(kernel: Kernel, dev: string, open: NodeState): NodeState | null {
	const {devres_head} = kernel.device(dev);
	return (
		devres_head.find((node) => node.name === groupCloseName && node.data['open'] === open.node) ??
		null
	);
}

function takeGroup(kernel: Kernel, dev: string, open: NodeState, todo: NodeState[]): void {
	const close = closeMarkerOf(kernel, dev, open);
	moveToTodo(kernel, dev, open, todo);
	if (close !== null) kernel.emit({type: 'devres-unlink', device: dev, ...idOf(close)});
}

/** Releases a todo list from its tail: REL is logged, then the callback runs, then the node is freed. */
export function release_nodes(
	kernel: Kernel,
	dev: string,
	todo: readonly NodeState[],
	count: number,
): void {
	kernel.call('release_nodes', dev, {dev, todo: todo.length}, () => {
		for (const node of todo.toReversed()) {
			const {name, size} = node;
			kernel.emit({type: 'devres-release', device: dev, ...idOf(node), name, size});
			callRelease(kernel, dev, node);
			kernel.emit({type: 'devres-free', device: dev, ...idOf(node)});
		}
		kernel.emit({type: 'release-end', device: dev, count});
	});
}

/**
Releases everything on `devres_head`; gives the number of ordinary nodes that were moved.

A callback that adds a node adds it to `devres_head`, not to the todo list: it outlives this call.
*/
export function devres_release_all(kernel: Kernel, dev: string): number {
	return kernel.call('devres_release_all', dev, {dev}, () => {
		const {devres_head} = kernel.device(dev);
		if (devres_head.length === 0) return 0;
		const todo: NodeState[] = [];
		const count = remove_nodes(kernel, dev, devres_head.slice(), todo);
		release_nodes(kernel, dev, todo, count);
		return count;
	});
}
