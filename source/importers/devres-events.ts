import type {NodeId} from '../recording/event.ts';
import {groupOpenName} from '../recording/group-marker.ts';
import type {EventWriter, Place} from './event-writer.ts';
import type {DevresEntry} from './log-entry.ts';
import {NodeIdentities} from './node-identities.ts';
import {closeMarkerOf} from './removed-nodes.ts';

/** Infers the release passes that no log prints. */
export type PassInference = {
	/** To be called before the release of a node is written. */
	readonly beforeRelease: (place: Place, device: string, id: NodeId) => void;
};

/** Turns operations that a log shows into events, with what follows from them. */
export class DevresEvents {
	readonly identities = new NodeIdentities();
	readonly #writer: EventWriter;
	readonly #passes: PassInference;

	constructor(writer: EventWriter, passes: PassInference) {
		this.#writer = writer;
		this.#passes = passes;
	}

	/** Writes an operation. Returns the event's seq. */
	write(place: Place, {device, op, node, name, size}: DevresEntry): number {
		switch (op) {
			case 'ADD':
				return this.#add(place, device, node, name, size);
			case 'REL': {
				const id = this.identities.ended(node, device, name, size);
				this.#passes.beforeRelease(place, device, id);
				return this.#writer.writeOperation(place, 'devres-release', device, id, name, size);
			}
			case 'REM':
				if (name === groupOpenName) this.#unlinkCloseMarker(place, device, node);
				return this.#end(place, 'devres-remove', device, node, name, size);
			case 'REPLACE':
				return this.#end(place, 'devres-replace', device, node, name, size);
		}
	}

	/** A node left the list for the todo list, as an instrumented kernel says. Returns the seq, null for an unknown node. */
	writeMove(place: Place, node: string): number | null {
		const living = this.identities.living(node);
		if (living === null) return null;
		return this.#writer.write(place, {type: 'devres-move', device: living.device, ...living.id});
	}

	#add(place: Place, device: string, node: string, name: string, size: number): number {
		const living = this.identities.living(node);
		// Two nodes can't have one address: how the first one ended is missing in the log.
		if (living !== null) this.#unlinkStale(place, living.device, living.id);
		const id = this.identities.added(node, device, name, size);
		return this.#writer.writeOperation(place, 'devres-add', device, id, name, size);
	}

	#end(
		place: Place,
		type: 'devres-remove' | 'devres-replace',
		device: string,
		node: string,
		name: string,
		size: number,
	): number {
		const id = this.identities.ended(node, device, name, size);
		return this.#writer.writeOperation(place, type, device, id, name, size);
	}

	#unlinkStale(place: Place, device: string, id: NodeId): void {
		const list = this.#writer.device(device)?.devres_head ?? [];
		const isListed = list.some(
			({node, generation}) => node === id.node && generation === id.generation,
		);
		if (isListed) this.#writer.inferUnlink(place, 'devres-unlink', device, id);
	}

	/** Removing a group logs its open marker alone; the close marker goes with it. */
	#unlinkCloseMarker(place: Place, device: string, node: string): void {
		const list = this.#writer.device(device)?.devres_head ?? [];
		const open = list.findLast((each) => each.node === node);
		const close = open === undefined ? null : closeMarkerOf(list, open);
		if (close !== null) this.#writer.inferUnlink(place, 'devres-unlink', device, close);
	}
}
