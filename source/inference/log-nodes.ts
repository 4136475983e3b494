import type {EventWriter} from './event-writer.ts';
import {noRefrains} from './known-event.ts';
import type {DevresEntry} from './log-entry.ts';
import type {LogAddress, LogDevice, LogLabel, LogNode} from './log-node.ts';
import type {LogOperation} from './log-operation.ts';
import type {Place} from './log-place.ts';

/**
A copy of a text that is no part of a larger one.

What is cut out of a line refers to it: looking an address up would fetch the lines that named its neighbours, from all over
a log of millions.
*/
function standAlone(text: string): string {
	return JSON.parse(JSON.stringify(text));
}

/**
The nodes that a log has named: tells apart those that had one address after another, since addresses are reused and
hashed ones too, and keeps each device's list: what a release takes must be known before it is written.
*/
export class LogNodes {
	readonly #writer: EventWriter;

	/** By number, from 1. */
	readonly #addresses: LogAddress[] = [];

	readonly #devices = new Map<string, LogDevice>();

	/** Something is missing in the log, perhaps that a node was added. */
	#isLossy = false;

	constructor(writer: EventWriter) {
		this.#writer = writer;
	}

	/** All devices so far. */
	get devices(): Iterable<LogDevice> {
		return this.#devices.values();
	}

	/** An address, by its text. */
	addressOf(text: string): LogAddress {
		const known = this.#known(text);
		if (known !== undefined) return known;
		const own = standAlone(text);
		const number = this.#writer.events.addAddress(own);
		const address = {text: own, number, latest: null, generation: 0};
		this.#addresses.push(address);
		return address;
	}

	/** A device, by its text. */
	deviceOf(text: string): LogDevice {
		let device = this.#devices.get(text);
		if (device === undefined) {
			const address = standAlone(text);
			const number = this.#writer.events.deviceNumber(address);
			device = {
				address,
				number,
				nodes: [],
				runs: null,
				adding: null,
				refrains: noRefrains(),
				owner: null,
			};
			this.#devices.set(address, device);
			this.#writer.follow(device);
		}
		return device;
	}

	/** A name and a size. */
	labelOf(name: string, size: number): LogLabel {
		return this.#writer.labelOf(name, size);
	}

	/** Looks the texts of an operation up. */
	operationOf(
		{time, context, origin}: Place,
		{op, device, node, name, size, owner}: DevresEntry,
	): LogOperation {
		return {
			time,
			context,
			origin,
			entry: null,
			op,
			device: this.deviceOf(device),
			address: this.addressOf(node),
			label: this.labelOf(name, size),
			owner,
		};
	}

	/** The latest node that had an address, ended or not; null where none is known. */
	latest(text: string): LogNode | null {
		return this.#known(text)?.latest ?? null;
	}

	/** The node that is added at an address: always a new one, and the newest of its device's list. */
	add(address: LogAddress, device: LogDevice, label: LogLabel): LogNode {
		const node = this.#meet(address, device, label);
		node.listed = true;
		device.nodes.push(node);
		return node;
	}

	/** The node that ends at an address. One that ended before and looks different now was added unseen. */
	end(address: LogAddress, device: LogDevice, label: LogLabel): LogNode {
		const {latest} = address;
		const isSame = latest?.label === label && latest.device === device;
		const isKnown = latest !== null && (!latest.ended || (isSame && !this.#isLossy));
		const node = isKnown ? latest : this.#meet(address, device, label);
		node.ended = true;
		return node;
	}

	/** The node leaves its list, where it is on it. */
	unlist(node: LogNode): void {
		if (!node.listed) return;
		node.listed = false;
		const list = node.device.nodes;
		// Mostly the newest leaves, or, when all are taken, the oldest.
		if (list.at(-1) === node) list.pop();
		else if (list[0] === node) list.shift();
		else list.splice(list.lastIndexOf(node), 1);
	}

	/** Something is missing in the log from here on: a node that ends twice was added again unseen. */
	lose(): void {
		this.#isLossy = true;
	}

	/** Another kernel starts: lists are empty, and hashes of addresses are other addresses. */
	forget(): void {
		for (const address of this.#addresses) address.latest = null;
		for (const device of this.#devices.values()) device.nodes.length = 0;
	}

	#known(address: string): LogAddress | undefined {
		const number = this.#writer.events.addressNumber(address);
		return number > 0 ? this.#addresses[number - 1] : undefined;
	}

	#meet(address: LogAddress, device: LogDevice, label: LogLabel): LogNode {
		address.latest = this.#writer.newNode(address, label, device);
		address.generation += 1;
		return address.latest;
	}
}
