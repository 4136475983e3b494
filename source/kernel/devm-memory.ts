// Models devm_kmalloc() and its kin of drivers/base/devres.c, v6.12.
// Left out: the contents of strings; what fits in an old bucket is taken from kmalloc's size classes.
import {errno} from '../recording/errno.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {NodeState} from '../recording/state.ts';
import {kmallocBucket} from './allocator.ts';
import {alloc_dr, devres_add, devres_destroy, devres_free, warnNotFound} from './devres.ts';
import type {Kernel} from './kernel.ts';

/** The log calls all managed memory so, whichever helper made it. */
export const memoryName = 'devm_kzalloc_release';

/** ZERO_SIZE_PTR: a request for nothing makes no node. */
export const zeroSizePointer = 'ZERO_SIZE_PTR';

/** Managed memory as a driver holds it; null where memory was short. */
export type Pointer = NodeId | typeof zeroSizePointer | null;

/** Managed memory; null where memory is short. */
export function devm_kmalloc(kernel: Kernel, dev: string, size: number): Pointer {
	return kernel.call('devm_kmalloc', dev, {dev, size}, () => {
		if (size === 0) return zeroSizePointer;
		const node = alloc_dr(kernel, memoryName, size);
		if (node !== null) devres_add(kernel, dev, node, {inlined: true});
		return node;
	});
}

/** Written in include/linux/device.h, so that no stack shows them. */
const inHeader = new Set(['devm_kzalloc', 'devm_kcalloc', 'devm_kmalloc_array']);

/** Helpers that end in devm_kmalloc(): their own frame stands around it. */
export function devmStringOrCopy(kernel: Kernel, dev: string, fn: string, size: number): Pointer {
	const options = inHeader.has(fn) ? {inlined: true as const} : {};
	return kernel.call(fn, dev, {dev, size}, () => devm_kmalloc(kernel, dev, size), options);
}

/** REM and free. Nothing for null and ZERO_SIZE_PTR; WARN where the pointer is none of this device's. */
export function devm_kfree(kernel: Kernel, dev: string, pointer: Pointer): void {
	kernel.call('devm_kfree', dev, {dev, p: pointerText(pointer)}, () => {
		if (pointer === null || pointer === zeroSizePointer) return;
		const result = devres_destroy(kernel, dev, memoryName, isNode(pointer), {
			inlined: true,
		});
		if (result === -errno.ENOENT) warnNotFound(kernel, dev, 'devm_kfree');
	});
}

/** Matches that node alone, not a later one at the same address. */
export function isNode(id: NodeId): (node: NodeState) => boolean {
	return (node) => nodeKey(node) === nodeKey(id);
}

function pointerText(pointer: Pointer): string {
	if (pointer === null) return 'NULL';
	return pointer === zeroSizePointer ? pointer : nodeKey(pointer);
}

/**
Resizes managed memory: the same pointer while it fits its bucket, else a new node at the old one's place.

The log then shows REPLACE with the old node and never names the new one. Size 0 frees.
*/
export function devm_krealloc(
	kernel: Kernel,
	dev: string,
	pointer: Pointer,
	size: number,
): Pointer {
	return kernel.call('devm_krealloc', dev, {dev, ptr: pointerText(pointer), new_size: size}, () => {
		if (size === 0) {
			devm_kfree(kernel, dev, pointer);
			return zeroSizePointer;
		}
		if (pointer === null || pointer === zeroSizePointer) return devm_kmalloc(kernel, dev, size);
		const old = kernel.device(dev).devres_head.find(isNode(pointer));
		if (old === undefined) {
			warnNotFound(kernel, dev, 'devm_krealloc');
			return null;
		}
		const allocated = kmallocBucket(Number(old.data['bytes'] ?? old.size));
		return allocated >= kmallocBucket(size) ? old : replaceNode(kernel, dev, old, size);
	});
}

function replaceNode(kernel: Kernel, dev: string, old: NodeState, size: number): NodeId | null {
	const by = kernel.revision.actions.reallocated(size);
	const fresh = alloc_dr(kernel, by.name, by.size);
	if (fresh === null) return null;
	devres_free(kernel, fresh);
	kernel.emit({
		type: 'devres-replace',
		device: dev,
		node: old.node,
		generation: old.generation,
		name: old.name,
		size: old.size,
		by: {...fresh, ...by},
	});
	kernel.setNodeField(dev, fresh, 'bytes', size);
	return fresh;
}
