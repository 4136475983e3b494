import {groupOpenName} from '../recording/group-marker.ts';
import type {EventWriter, Place} from './event-writer.ts';
import type {DevresEntry} from './log-entry.ts';
import type {LogNode} from './log-node.ts';
import type {LogNodes} from './log-nodes.ts';
import {closeMarkerOf} from './removed-nodes.ts';

/** Infers the release passes that no log prints. */
export type PassInference = {
	/** To be called before the release of a node is written. */
	readonly beforeRelease: (place: Place, node: LogNode) => void;
};

/** Turns operations that a log shows into events, with what follows from them. */
export class DevresEvents {
	readonly #writer: EventWriter;
	readonly #nodes: LogNodes;
	readonly #passes: PassInference;

	constructor(writer: EventWriter, nodes: LogNodes, passes: PassInference) {
		this.#writer = writer;
		this.#nodes = nodes;
		this.#passes = passes;
	}

	/** Writes an operation. Returns the event's seq. */
	write(place: Place, {device, op, node, name, size}: DevresEntry): number {
		const address = this.#nodes.addressOf(node);
		if (op === 'ADD') {
			// Two nodes can't have one address: how the first one ended is missing in the log.
			if (address.latest?.listed === true) this.#unlink(place, address.latest);
			const added = this.#nodes.add(address, device, name, size);
			return this.#writer.writeOperation(place, 'devres-add', added, name, size);
		}
		const ending = this.#nodes.end(address, device, name, size);
		if (op === 'REL') {
			this.#passes.beforeRelease(place, ending);
			ending.pass = null;
			this.#nodes.unlist(ending);
			return this.#writer.writeOperation(place, 'devres-release', ending, name, size);
		}
		if (op === 'REM' && name === groupOpenName) this.#unlinkCloseMarker(place, ending);
		this.#nodes.unlist(ending);
		const type = op === 'REM' ? 'devres-remove' : 'devres-replace';
		return this.#writer.writeOperation(place, type, ending, name, size);
	}

	#unlink(place: Place, node: LogNode): void {
		this.#nodes.unlist(node);
		this.#writer.inferUnlink(place, 'devres-unlink', node);
	}

	/** Removing a group logs its open marker alone; the close marker goes with it. */
	#unlinkCloseMarker(place: Place, open: LogNode): void {
		const close = closeMarkerOf(this.#nodes.listOf(open.device), open);
		if (close !== null) this.#unlink(place, close);
	}
}
