import type {NodeId} from '../recording/event.ts';

type Known = {
	readonly generation: number;
	readonly name: string;
	readonly size: number;
	readonly ended: boolean;
};

/** Tells apart the nodes that had one address after another: addresses are reused, and hashed ones too. */
export class NodeIdentities {
	readonly #known = new Map<string, Known>();

	/** The node that is added at an address: always a new one. */
	added(node: string, name: string, size: number): NodeId {
		const before = this.#known.get(node);
		const generation = before === undefined ? 0 : before.generation + 1;
		this.#known.set(node, {generation, name, size, ended: false});
		return {node, generation};
	}

	/** The node that ends at an address. One that ended before and looks different now was added unseen. */
	ended(node: string, name: string, size: number): NodeId {
		const known = this.#known.get(node);
		const isOther = known?.ended === true && (known.name !== name || known.size !== size);
		const generation = (known?.generation ?? 0) + (isOther ? 1 : 0);
		this.#known.set(node, {generation, name, size, ended: true});
		return {node, generation};
	}
}
