import type {EventWriter} from './event-writer.ts';
import type {KnownEvent} from './known-event.ts';
import type {LogDevice} from './log-node.ts';
import type {Place} from './log-place.ts';

/** Where a log has no markers, tells its parts apart by what happens to the devices: each becomes an inferred action. */
export class LogActions {
	readonly #writer: EventWriter;
	readonly #isQuiet: boolean;

	/** What devices hold whose nodes are being added: the action for it has been written. */
	#adding = {};

	/** A log with markers of its own needs no others. */
	constructor(writer: EventWriter, hasMarkers: boolean) {
		this.#writer = writer;
		this.#isQuiet = hasMarkers;
	}

	/** A kernel starts. */
	reset(): void {
		this.#adding = {};
	}

	/** To be called before a node is added, when no release of the device goes on. */
	beforeAdd(place: Place, device: LogDevice): void {
		if (this.#isQuiet || device.adding === this.#adding) return;
		device.adding = this.#adding;
		const {refrains} = device;
		refrains.adds ??= this.#known(device, 'nodes are added');
		this.#writer.inferAgain(place, refrains.adds);
	}

	/** To be called before the first node of a pass is released. */
	releaseStarts(place: Place, device: LogDevice): void {
		device.adding = null;
		if (this.#isQuiet) return;
		const {refrains} = device;
		refrains.releases ??= this.#known(device, 'nodes are released');
		this.#writer.inferAgain(place, refrains.releases);
	}

	/** To be called before the kernel says so. */
	refused(place: Place, device: string): void {
		if (this.#isQuiet) return;
		this.#writer.infer(place, {type: 'action', device, text: `${device}: a probe is refused`});
	}

	#known({address}: LogDevice, text: string): KnownEvent {
		return this.#writer.known({type: 'action', device: address, text: `${address}: ${text}`});
	}
}
