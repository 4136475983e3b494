import {groupOpenName} from '../recording/group-marker.ts';
import type {EventWriter} from './event-writer.ts';
import type {DevresEntry} from './log-entry.ts';
import type {LogNode} from './log-node.ts';
import type {LogNodes} from './log-nodes.ts';
import type {LogOperation} from './log-operation.ts';
import type {Place} from './log-place.ts';
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
	write(place: Place, entry: DevresEntry): number {
		return this.writeOperation(this.#nodes.operationOf(place, entry));
	}

	/** The same for one whose texts are looked up. */
	writeOperation(operation: LogOperation): number {
		const {device, op, address, label} = operation;
		if (op === 'ADD') {
			// Two nodes can't have one address: how the first one ended is missing in the log.
			if (address.latest?.listed === true) this.#unlink(operation, address.latest);
			const added = this.#nodes.add(address, device, label);
			return this.#writer.writeOperation(operation, 'devres-add', added, label);
		}
		const ending = this.#nodes.end(address, device, label);
		if (op === 'REL') {
			this.#passes.beforeRelease(operation, ending);
			ending.pass = null;
			this.#nodes.unlist(ending);
			return this.#writer.writeOperation(operation, 'devres-release', ending, label);
		}
		if (op === 'REM' && label.name === groupOpenName) this.#unlinkCloseMarker(operation, ending);
		this.#nodes.unlist(ending);
		const type = op === 'REM' ? 'devres-remove' : 'devres-replace';
		return this.#writer.writeOperation(operation, type, ending, label);
	}

	#unlink(place: Place, node: LogNode): void {
		this.#nodes.unlist(node);
		this.#writer.inferUnlink(place, 'devres-unlink', node);
	}

	/** Removing a group logs its open marker alone; the close marker goes with it. */
	#unlinkCloseMarker(place: Place, open: LogNode): void {
		const close = closeMarkerOf(open.device.nodes, open);
		if (close !== null) this.#unlink(place, close);
	}
}
