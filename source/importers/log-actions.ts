import type {EventWriter, Place} from './event-writer.ts';

/** Where a log has no markers, tells its parts apart by what happens to the devices: each becomes an inferred action. */
export class LogActions {
	readonly #writer: EventWriter;
	readonly #isQuiet: boolean;

	/** Devices whose nodes are being added: the action for it has been written. */
	readonly #adding = new Set<string>();

	/** A log with markers of its own needs no others. */
	constructor(writer: EventWriter, hasMarkers: boolean) {
		this.#writer = writer;
		this.#isQuiet = hasMarkers;
	}

	/** A kernel starts. */
	reset(): void {
		this.#adding.clear();
	}

	/** To be called before a node is added, when no release of the device goes on. */
	beforeAdd(place: Place, device: string): void {
		if (this.#isQuiet || this.#adding.has(device)) return;
		this.#adding.add(device);
		this.#tell(place, device, `${device}: nodes are added`);
	}

	/** To be called before the first node of a pass is released. */
	releaseStarts(place: Place, device: string): void {
		this.#adding.delete(device);
		this.#tell(place, device, `${device}: nodes are released`);
	}

	/** To be called before the kernel says so. */
	refused(place: Place, device: string): void {
		this.#tell(place, device, `${device}: a probe is refused`);
	}

	#tell(place: Place, device: string, text: string): void {
		if (!this.#isQuiet) this.#writer.infer(place, {type: 'action', device, text});
	}
}
