import type {NodeId} from '../recording/event.ts';
import type {EventWriter} from './event-writer.ts';

/** A node as an importer knows it. Importers alone change one. */
export type LogNode = NodeId & {
	/** Its number among the nodes of the recording's columns. */
	readonly number: number;

	/** As the log gives it. */
	readonly name: string;

	/** Bytes. */
	readonly size: number;

	/** Device that owns it. */
	readonly device: string;

	/** On `devres_head`, as far as the log tells. */
	listed: boolean;

	/** Its REL, REM or REPLACE was seen. */
	ended: boolean;

	/** The pass that is to release it; null before it is moved, and when it is released. */
	pass: object | null;
};

/**
The nodes that a log has named: tells apart those that had one address after another, since addresses are reused and
hashed ones too, and keeps each device's list: what a release takes must be known before it is written.
*/
export class LogNodes {
	readonly #writer: EventWriter;

	/** The latest node of each address. */
	readonly #latest = new Map<string, LogNode>();

	/** `devres_head` of each device, oldest first. */
	readonly #lists = new Map<string, LogNode[]>();

	/** Generation that an address has next, where another kernel used it before. */
	readonly #generations = new Map<string, number>();

	constructor(writer: EventWriter) {
		this.#writer = writer;
	}

	/** The latest node that had an address, ended or not; undefined where none is known. */
	latest(address: string): LogNode | undefined {
		return this.#latest.get(address);
	}

	/** A device's `devres_head`, oldest first, as far as is known. Read it, don't keep it. */
	listOf(device: string): readonly LogNode[] {
		return this.#lists.get(device) ?? [];
	}

	/** The node that is added at an address, now the newest of its device's list: always another one than `before`. */
	add(
		address: string,
		before: LogNode | undefined,
		device: string,
		name: string,
		size: number,
	): LogNode {
		const node = this.#meet(address, before, device, name, size);
		node.listed = true;
		const list = this.#lists.get(device);
		if (list === undefined) this.#lists.set(device, [node]);
		else list.push(node);
		return node;
	}

	/** The node that ends at an address. One that ended before and looks different now was added unseen. */
	end(address: string, device: string, name: string, size: number): LogNode {
		const before = this.#latest.get(address);
		const isSame = before?.name === name && before.size === size && before.device === device;
		const isKnown = before !== undefined && (!before.ended || isSame);
		const node = isKnown ? before : this.#meet(address, before, device, name, size);
		node.ended = true;
		return node;
	}

	/** The node leaves its list, where it is on it. */
	unlist(node: LogNode): void {
		if (!node.listed) return;
		node.listed = false;
		const list = this.#lists.get(node.device) ?? [];
		// Mostly the newest leaves, or, when all are taken, the oldest.
		if (list.at(-1) === node) list.pop();
		else if (list[0] === node) list.shift();
		else list.splice(list.lastIndexOf(node), 1);
	}

	/** Another kernel starts: lists are empty, and hashes of addresses are other addresses. */
	forget(): void {
		for (const [address, {generation}] of this.#latest) {
			this.#generations.set(address, generation + 1);
		}
		this.#latest.clear();
		this.#lists.clear();
	}

	#meet(
		address: string,
		before: LogNode | undefined,
		device: string,
		name: string,
		size: number,
	): LogNode {
		const generation =
			before === undefined ? (this.#generations.get(address) ?? 0) : before.generation + 1;
		// The text of the address is one and the same for all that have it: a log may be a million lines long.
		const node = this.#writer.newNode({
			node: before?.node ?? address,
			generation,
			name,
			size,
			device,
		});
		this.#latest.set(node.node, node);
		return node;
	}
}
