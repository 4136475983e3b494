import type {NodeId} from './node-id.ts';
import {Texts} from './texts.ts';

const smallest = 1024;

/** Nodes by ordinal: a million of them take no million objects. */
export class NodeTable {
	length = 0;
	readonly #addresses = new Texts();

	/** Of each node: number of its address, and its generation. */
	#nodes = new Uint32Array(2 * smallest);

	/** Nodes of each address, and where those of the next begin; null before somebody asks. */
	#lookup: {
		readonly starts: Uint32Array;
		readonly nodes: Uint32Array;
		readonly length: number;
	} | null = null;

	/** Number of an address, as printed; -1 for one that isn't known. */
	addressNumber(address: string): number {
		return this.#addresses.known(address);
	}

	/** Makes an address known that is not. Returns its number. */
	addAddress(address: string): number {
		return this.#addresses.add(address);
	}

	/** Adds a node; of nodes with one address the generations ascend. */
	add(address: number, generation: number): void {
		const at = 2 * this.length;
		if (at === this.#nodes.length) {
			const grown = new Uint32Array(2 * at);
			grown.set(this.#nodes);
			this.#nodes = grown;
		}
		this.#nodes[at] = address;
		this.#nodes[at + 1] = generation;
		this.length += 1;
	}

	/** The node with an ordinal. */
	idOf(node: number): NodeId {
		const address = this.#addresses.textOf(this.#nodes[2 * node] ?? 0);
		return {node: address, generation: this.#nodes[2 * node + 1] ?? 0};
	}

	/** Ordinal of a node; -1 for one that isn't here. */
	find({node, generation}: NodeId): number {
		const address = this.#addresses.known(node);
		if (address === -1) return -1;
		if (this.#lookup?.length !== this.length) this.#lookup = this.#byAddress();
		const {starts, nodes} = this.#lookup;
		let low = starts[address] ?? 0;
		let high = (starts[address + 1] ?? 0) - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const found = nodes[middle] ?? 0;
			const other = this.#nodes[2 * found + 1] ?? 0;
			if (other === generation) return found;
			if (other < generation) low = middle + 1;
			else high = middle - 1;
		}
		return -1;
	}

	/** Sorts the nodes by address: those of one stay in their order. */
	#byAddress() {
		const starts = new Uint32Array(this.#addresses.length + 1);
		for (let node = 0; node < this.length; node += 1) {
			const address = this.#nodes[2 * node] ?? 0;
			starts[address + 1] = (starts[address + 1] ?? 0) + 1;
		}
		for (let address = 1; address < starts.length; address += 1) {
			starts[address] = (starts[address] ?? 0) + (starts[address - 1] ?? 0);
		}
		const next = starts.slice();
		const nodes = new Uint32Array(this.length);
		for (let node = 0; node < this.length; node += 1) {
			const address = this.#nodes[2 * node] ?? 0;
			const place = next[address] ?? 0;
			nodes[place] = node;
			next[address] = place + 1;
		}
		return {starts, nodes, length: this.length};
	}
}
