/** Identity of a devres node: addresses are hashed and reused, so both halves are needed. */
export type NodeId = {
	/** The address as printed, hashed or not: 16 hex digits without 0x. */
	readonly node: string;

	/** How many nodes had this address before, from 0. */
	readonly generation: number;
};

/** One text for a node's identity, usable as a map key: `ffff8cfaa528d140`, from the second use on `…#1`. */
export function nodeKey(id: NodeId): string {
	return id.generation === 0 ? id.node : `${id.node}#${id.generation}`;
}

/** Whether two identities are of one node: without making keys of them. */
export function sameNode(a: NodeId, b: NodeId): boolean {
	return a.node === b.node && a.generation === b.generation;
}
