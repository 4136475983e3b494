import type {EventWriter} from './event-writer.ts';
import type {LogNode} from './log-node.ts';

/**
A copy of a text that is no part of a larger one.

What is cut out of a line refers to it: looking an address up would fetch the lines that named its neighbours, from all over
a log of millions.
*/
function standAlone(text: string): string {
	return JSON.parse(JSON.stringify(text));
}

/** An address that nodes had, one after the other. */
export type Address = {
	/** As printed: one text for all of them, since a log may be a million lines long. */
	readonly text: string;

	/** The one that had it last, ended or not; null where none did, or another kernel's. */
	latest: LogNode | null;

	/** How many had it before the next. */
	generation: number;
};

/**
The nodes that a log has named: tells apart those that had one address after another, since addresses are reused and
hashed ones too, and keeps each device's list: what a release takes must be known before it is written.
*/
export class LogNodes {
	readonly #writer: EventWriter;

	readonly #addresses = new Map<string, Address>();

	/** `devres_head` of each device, oldest first. */
	readonly #lists = new Map<string, LogNode[]>();

	constructor(writer: EventWriter) {
		this.#writer = writer;
	}

	/** An address, by its text. */
	addressOf(text: string): Address {
		let address = this.#addresses.get(text);
		if (address === undefined) {
			address = {text: standAlone(text), latest: null, generation: 0};
			this.#addresses.set(address.text, address);
		}
		return address;
	}

	/** The latest node that had an address, ended or not; null where none is known. */
	latest(text: string): LogNode | null {
		return this.#addresses.get(text)?.latest ?? null;
	}

	/** A device's `devres_head`, oldest first, as far as is known. Read it, don't keep it. */
	listOf(device: string): readonly LogNode[] {
		return this.#lists.get(device) ?? [];
	}

	/** The node that is added at an address: always a new one, and the newest of its device's list. */
	add(address: Address, device: string, name: string, size: number): LogNode {
		const node = this.#meet(address, device, name, size);
		node.listed = true;
		const list = this.#lists.get(device);
		if (list === undefined) this.#lists.set(device, [node]);
		else list.push(node);
		return node;
	}

	/** The node that ends at an address. One that ended before and looks different now was added unseen. */
	end(address: Address, device: string, name: string, size: number): LogNode {
		const {latest} = address;
		const isSame = latest?.name === name && latest.size === size && latest.device === device;
		const isKnown = latest !== null && (!latest.ended || isSame);
		const node = isKnown ? latest : this.#meet(address, device, name, size);
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
		for (const address of this.#addresses.values()) address.latest = null;
		this.#lists.clear();
	}

	#meet(address: Address, device: string, name: string, size: number): LogNode {
		const {text: node, generation} = address;
		address.generation = generation + 1;
		address.latest = this.#writer.newNode({node, generation, name, size, device});
		return address.latest;
	}
}
