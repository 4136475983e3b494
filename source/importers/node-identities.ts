import type {NodeId} from '../recording/event.ts';

type Known = {
	/** Address as first printed: one text for all events of it. */
	readonly node: string;
	generation: number;
	name: string;
	size: number;
	device: string;
	ended: boolean;

	/** Which kernel it belongs to: hashes of another boot are other addresses. */
	boot: number;
};

/** Tells apart the nodes that had one address after another: addresses are reused, and hashed ones too. */
export class NodeIdentities {
	readonly #known = new Map<string, Known>();
	#boot = 0;

	/** The node that is added at an address: always a new one. */
	added(node: string, device: string, name: string, size: number): NodeId {
		const known = this.#known.get(node);
		if (known === undefined) return this.#meet(node, device, name, size, false);
		known.generation += 1;
		return this.#update(known, device, name, size, false);
	}

	/** The node that ends at an address. One that ended before and looks different now was added unseen. */
	ended(node: string, device: string, name: string, size: number): NodeId {
		const known = this.#known.get(node);
		if (known === undefined) return this.#meet(node, device, name, size, true);
		const isSame = known.name === name && known.size === size && known.device === device;
		if (known.boot !== this.#boot || (known.ended && !isSame)) known.generation += 1;
		return this.#update(known, device, name, size, true);
	}

	/** The node that has an address now and its device; null where none is known to live there. */
	living(node: string): {readonly id: NodeId; readonly device: string} | null {
		const known = this.#known.get(node);
		if (known === undefined || known.ended || known.boot !== this.#boot) return null;
		return {id: {node: known.node, generation: known.generation}, device: known.device};
	}

	/** Another kernel starts: no address means what it meant. */
	forget(): void {
		this.#boot += 1;
	}

	#meet(node: string, device: string, name: string, size: number, ended: boolean): NodeId {
		this.#known.set(node, {node, generation: 0, name, size, device, ended, boot: this.#boot});
		return {node, generation: 0};
	}

	#update(known: Known, device: string, name: string, size: number, ended: boolean): NodeId {
		known.name = name;
		known.size = size;
		known.device = device;
		known.ended = ended;
		known.boot = this.#boot;
		return {node: known.node, generation: known.generation};
	}
}
