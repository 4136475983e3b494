/** Bits of the place in its block: memory is taken block by block, since to copy what is there would double it. */
export const blockBits = 14;
const blockSize = 1 << blockBits;

/** Of the place in its block, in a number of an event. */
export const indexMask = blockSize - 1;

/** Columns of some events. */
export type EventBlock = ReturnType<typeof newBlock>;

/** Room for some events. */
export function newBlock(size = blockSize) {
	return {
		types: new Uint8Array(size),
		times: new Float64Array(size),
		contexts: new Uint32Array(size),
		devices: new Uint32Array(size),
		origins: new Uint32Array(size),

		/** Number of the node, or of the facts. */
		subjects: new Uint32Array(size),

		/** Number of the label, for a node. */
		labels: new Uint32Array(size),
	};
}

/** Room for none. */
export const emptyBlock = newBlock(0);
