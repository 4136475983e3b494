// Models the core of drivers/base/devres.c, v6.12. Groups: devres-groups.ts.
// Left out: the spinlock, NUMA hints, the v7.1 rework (node callbacks get the node).
import {errno} from '../recording/errno.ts';
import {isGroupMarker} from '../recording/group-marker.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {NodeState} from '../recording/state.ts';
import {nodeAddress} from './allocator.ts';
import type {Kernel, ReleaseCallback} from './kernel.ts';
import {bug, warn} from './log.ts';

/** Says whether a node is the one looked for. */
export type DevresMatch = (node: NodeState) => boolean;

/** The callback of nodes with that logged name; unknown names are functions of a driver that do nothing visible. */
export function callbackOf(kernel: Kernel, name: string): ReleaseCallback {
	return kernel.releaseCallbacks.get(name) ?? {fn: name};
}

/** The function in the `release` pointer of every action's node. */
export const actionRelease = 'devm_action_release';

/** An action of a driver: nothing is known of it but its name. */
const driverAction: ReleaseCallback = {
	fn: actionRelease,
	run: (kernel, dev, node) => kernel.call(`${node.data['action']}`, dev, {data: dev}, () => {}),
};

/** As callbackOf(); an action is known by what it calls, which the log does not always name. */
function callbackOfNode(kernel: Kernel, node: NodeState): ReleaseCallback {
	const action = node.data['action'];
	if (action === undefined) return callbackOf(kernel, node.name);
	return kernel.releaseCallbacks.get(`${action}`) ?? driverAction;
}

/** The data's size in this kernel: what the revision says, else what the caller asks for. */
function sizeIn(kernel: Kernel, name: string, size: number): number {
	// Names of drivers may be those of object internals.
	return Object.hasOwn(kernel.revision.sizes, name) ? (kernel.revision.sizes[name] ?? size) : size;
}

/**
Allocates a node for nodes named `name` in the log; null where memory is short.

The node is on no list yet. Its size is `size` unless the revision knows better.
*/
export function devres_alloc(kernel: Kernel, name: string, size: number): NodeId | null {
	const bytes = sizeIn(kernel, name, size);
	return kernel.call('__devres_alloc_node', null, {release: name, size: bytes}, () =>
		allocateNode(kernel, name, bytes),
	);
}

/** As devres_alloc(), where the caller has it inlined. */
export function alloc_dr(kernel: Kernel, name: string, size: number): NodeId | null {
	return kernel.call(
		'alloc_dr',
		null,
		{release: name, size},
		() => allocateNode(kernel, name, size),
		{inlined: true},
	);
}

function allocateNode(kernel: Kernel, name: string, size: number): NodeId | null {
	if (kernel.failsAllocation(name, size)) return null;
	const node = {node: nodeAddress(kernel.state.allocations, size), generation: 0};
	kernel.emit({type: 'devres-alloc', ...node, name, size});
	return node;
}

/** Frees a node that is on no list. */
export function devres_free(kernel: Kernel, node: NodeId): void {
	kernel.emit({type: 'devres-free', node: node.node, generation: node.generation});
}

function isListed(kernel: Kernel, dev: string, id: NodeId): boolean {
	return kernel
		.device(dev)
		.devres_head.some((node) => node.node === id.node && node.generation === id.generation);
}

/** Appends at the tail. The node must have been allocated and be on no list. Callers in devres.c have it inlined. */
export function devres_add(
	kernel: Kernel,
	dev: string,
	id: NodeId,
	options: {readonly inlined?: true} = {},
): void {
	const args = {dev, node: nodeKey(id)};
	kernel.call('devres_add', dev, args, () => logAdd(kernel, dev, id), options);
}

/** ADD without the call: the body of devres_add(), which some callers have inlined. */
export function logAdd(kernel: Kernel, dev: string, id: NodeId): void {
	const node = kernel.state.loose.get(nodeKey(id));
	if (node === undefined || isListed(kernel, dev, id)) {
		bug(kernel, dev, 'drivers/base/devres.c add_dr');
	}
	const {name, size} = node;
	kernel.emit({type: 'devres-add', device: dev, ...idOf(node), name, size});
}

/** Only the identity. */
export function idOf({node, generation}: NodeId): NodeId {
	return {node, generation};
}

/** Newest first, by the release function behind the name. */
function findNode(kernel: Kernel, dev: string, name: string, match: DevresMatch): NodeState | null {
	const {fn} = callbackOf(kernel, name);
	return (
		kernel
			.device(dev)
			.devres_head.findLast((node) => callbackOfNode(kernel, node).fn === fn && match(node)) ?? null
	);
}

const any: DevresMatch = () => true;

/** The newest node of that kind that matches, or null. Nodes on a todo list are not found. */
export function devres_find(
	kernel: Kernel,
	dev: string,
	name: string,
	match: DevresMatch = any,
): NodeState | null {
	return kernel.call('devres_find', dev, {dev, release: callbackOf(kernel, name).fn}, () =>
		findNode(kernel, dev, name, match),
	);
}

/** Adds `fresh` unless a node of its kind is there: then frees it and gives the old one. */
export function devres_get(
	kernel: Kernel,
	dev: string,
	fresh: NodeId,
	match: DevresMatch = any,
): NodeId {
	return kernel.call('devres_get', dev, {dev, node: nodeKey(fresh)}, () => {
		const name = kernel.state.loose.get(nodeKey(fresh))?.name ?? '';
		const old = findNode(kernel, dev, name, match);
		if (old === null) {
			logAdd(kernel, dev, fresh);
			return fresh;
		}
		devres_free(kernel, fresh);
		return old;
	});
}

/** Unlinks the newest match and gives it to the caller. Logs REM. */
export function devres_remove(
	kernel: Kernel,
	dev: string,
	name: string,
	match: DevresMatch = any,
): NodeState | null {
	return kernel.call('devres_remove', dev, {dev, release: callbackOf(kernel, name).fn}, () => {
		const node = findNode(kernel, dev, name, match);
		if (node !== null) logRemove(kernel, dev, node);
		return node;
	});
}

/** REM without the call: unlinks a node from `devres_head`. Its memory is still there. */
export function logRemove(kernel: Kernel, dev: string, node: NodeState): void {
	const {name, size} = node;
	kernel.emit({type: 'devres-remove', device: dev, ...idOf(node), name, size});
}

/** Removes and frees without calling release. -ENOENT if there is none. Callers in devres.c have it inlined. */
export function devres_destroy(
	kernel: Kernel,
	dev: string,
	name: string,
	match: DevresMatch = any,
	options: {readonly inlined?: true} = {},
): number {
	const body = (): number => {
		const node = devres_remove(kernel, dev, name, match);
		if (node === null) return -errno.ENOENT;
		devres_free(kernel, node);
		return 0;
	};
	const args = {dev, release: callbackOf(kernel, name).fn};
	return kernel.call('devres_destroy', dev, args, body, options);
}

/** Removes, calls release and frees. Logs REM, not REL. -ENOENT if there is none. */
export function devres_release(
	kernel: Kernel,
	dev: string,
	name: string,
	match: DevresMatch = any,
): number {
	return kernel.call('devres_release', dev, {dev, release: callbackOf(kernel, name).fn}, () => {
		const node = devres_remove(kernel, dev, name, match);
		if (node === null) return -errno.ENOENT;
		callRelease(kernel, dev, node);
		devres_free(kernel, node);
		return 0;
	});
}

/** Calls the node's release function. Group markers have one that does nothing. */
export function callRelease(kernel: Kernel, dev: string, node: NodeState): void {
	if (isGroupMarker(node)) return;
	const {fn, run} = callbackOfNode(kernel, node);
	kernel.call(fn, dev, {dev, res: nodeKey(node)}, () => {
		run?.(kernel, dev, node);
	});
}

/** WARN of a helper that did not find what it was told to free. */
export function warnNotFound(kernel: Kernel, dev: string, fn: string): void {
	warn(kernel, dev, `${fn}: no such resource`, `drivers/base/devres.c ${fn}`);
}
