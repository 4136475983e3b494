import {type NodeId, sameNode} from './node-id.ts';

/**
Nodes in the order of a list. They leave at its front and at its end without the others being moved.

A release takes all nodes of a device from the front, and a device may have very many.
*/
export class NodeList<T extends NodeId> {
	readonly #nodes: T[];

	/** So many at the front have left, and were not cut off yet. */
	#left = 0;

	constructor(nodes: T[] = []) {
		this.#nodes = nodes;
	}

	/** Nodes there are. */
	get length(): number {
		return this.#nodes.length - this.#left;
	}

	/** The nodes as a list that grows and shrinks with this one, until more leave at the front. */
	get nodes(): T[] {
		if (this.#left > 0) this.#cut();
		return this.#nodes;
	}

	/** The nodes, so that two lists of the same are equal to whoever compares. */
	*[Symbol.iterator](): Iterator<T> {
		yield* this.nodes;
	}

	/** Adds a node at the end. */
	push(node: T): void {
		this.#nodes.push(node);
	}

	/** Takes a node off; null where it isn't there. */
	remove(id: NodeId): T | null {
		const place = this.#placeOf(id);
		if (place === -1) return null;
		const node = this.#nodes[place] ?? null;
		if (place === this.#nodes.length - 1) this.#nodes.pop();
		else if (place === this.#left) this.#removeFirst();
		else this.#nodes.splice(place, 1);
		return node;
	}

	/** Puts what `change` makes of a node in its place. False where it isn't there. */
	replace(id: NodeId, change: (node: T) => T): boolean {
		const place = this.#placeOf(id);
		const node = place === -1 ? undefined : this.#nodes[place];
		if (node === undefined) return false;
		this.#nodes[place] = change(node);
		return true;
	}

	/** Another list of the same nodes. */
	copy(): NodeList<T> {
		return new NodeList(this.#nodes.slice(this.#left));
	}

	#placeOf(id: NodeId): number {
		const nodes = this.#nodes;
		const first = nodes[this.#left];
		if (first !== undefined && sameNode(first, id)) return this.#left;
		for (let place = nodes.length - 1; place > this.#left; place -= 1) {
			const node = nodes[place];
			if (node !== undefined && sameNode(node, id)) return place;
		}
		return -1;
	}

	/** Cutting off as many as stay moves each node once in a while. */
	#removeFirst(): void {
		this.#left += 1;
		if (2 * this.#left > this.#nodes.length) this.#cut();
	}

	#cut(): void {
		this.#nodes.splice(0, this.#left);
		this.#left = 0;
	}
}
