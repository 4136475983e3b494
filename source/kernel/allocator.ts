/** `sizeof(struct devres)` on x86-64: list entry, release, name, size. */
const devresHeader = 40;

/** kmalloc size classes that a node can fall into, bytes. */
const classes = [64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192];

/** Distance between two allocations, so that no address comes twice. */
const stride = 0x4000;

/** Bytes that kmalloc really takes for a node's data and header. */
export function kmallocBucket(size: number): number {
	return classes.find((candidate) => devresHeader + size <= candidate) ?? size + devresHeader;
}

function hexAddress(offset: number): string {
	return `ffff888${offset.toString(16).padStart(9, '0')}`;
}

/**
A believable address for the n-th allocation: aligned as the kmalloc size class of its size.

Real kernels reuse addresses; the model never does.
*/
export function nodeAddress(nth: number, size: number): string {
	const bytes = classes.find((candidate) => devresHeader + size <= candidate) ?? stride;
	const slots = Math.max(1, Math.floor(4096 / bytes));
	const slot = ((nth * 40503) >>> 3) % slots;
	return hexAddress((nth + 1) * stride + slot * bytes);
}

/** The address of a group's end marker: the second node in `struct devres_group`. */
export function closeMarkerAddress(open: string): string {
	return hexAddress(Number.parseInt(open.slice(7), 16) + devresHeader);
}
