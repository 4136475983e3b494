import type {RecordedEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import {nodeKey} from '../recording/node-id.ts';
import {intxDisabled} from '../recording/pci-registers.ts';
import {initialState} from '../recording/state.ts';

/** A value of a device that changed. */
export type CounterChange = {
	/** Address of the device. */
	readonly device: string;

	/** Named as in the panes. */
	readonly name: 'INTX_DISABLE' | 'devres_head' | 'todo';

	/** A bit or a length. */
	readonly value: number;
};

/** Follows what is counted of each device: bit 10 of PCI_COMMAND, nodes on `devres_head`, nodes that wait on todo lists. */
export class Counters {
	readonly #state = initialState();

	/** Last value by device and name. */
	readonly #last = new Map<string, number>();

	/** Nodes that wait for their release, by device: counting the lists anew each time would be quadratic. */
	readonly #waiting = new Map<string, Set<string>>();

	/** Applies an event and tells which values of its device it changed. */
	after(event: RecordedEvent): readonly CounterChange[] {
		const before = this.#listed(event.device);
		apply(this.#state, event);
		const {device} = event;
		if (device === undefined) return [];
		this.#follow(event, device, before);
		const known = this.#state.devices.get(device);
		if (known === undefined) return [];
		const bit = intxDisabled(known);
		return [
			...(bit === null ? [] : this.#change(device, 'INTX_DISABLE', Number(bit))),
			...this.#change(device, 'devres_head', known.list.length),
			...this.#change(device, 'todo', this.#waiting.get(device)?.size ?? 0),
		];
	}

	#listed(device: string | undefined): number {
		return device === undefined ? 0 : (this.#state.devices.get(device)?.list.length ?? 0);
	}

	#follow(event: RecordedEvent, device: string, before: number): void {
		if (event.type === 'devres-move' && this.#listed(device) < before) {
			const waiting = this.#waiting.get(device) ?? new Set();
			this.#waiting.set(device, waiting.add(nodeKey(event)));
		} else if (event.type === 'devres-release') {
			this.#waiting.get(device)?.delete(nodeKey(event));
		} else if (event.type === 'release-end' || event.type === 'device-add') {
			const passes = this.#state.devices.get(device)?.passes.length ?? 0;
			if (passes === 0) this.#waiting.delete(device);
		}
	}

	#change(device: string, name: CounterChange['name'], value: number): readonly CounterChange[] {
		const key = `${name} ${device}`;
		// A list that nothing was ever on has no track.
		if ((this.#last.get(key) ?? (name === 'INTX_DISABLE' ? null : 0)) === value) return [];
		this.#last.set(key, value);
		return [{device, name, value}];
	}
}
