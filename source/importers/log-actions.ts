import type {EventWriter, KnownEvent} from './event-writer.ts';
import type {LogDevice} from './log-node.ts';
import type {Place} from './log-place.ts';

/** Where a log has no markers, tells its parts apart by what happens to the devices: each becomes an inferred action. */
export class LogActions {
	readonly #writer: EventWriter;
	readonly #isQuiet: boolean;

	/** What devices hold whose nodes are being added: the action for it has been written. */
	#adding = {};

	/** What is told of each device again and again. */
	readonly #known = new Map<
		LogDevice,
		{readonly adds: KnownEvent; readonly releases: KnownEvent}
	>();

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
		this.#writer.inferAgain(place, this.#knownOf(device).adds);
	}

	/** To be called before the first node of a pass is released. */
	releaseStarts(place: Place, device: LogDevice): void {
		device.adding = null;
		if (!this.#isQuiet) this.#writer.inferAgain(place, this.#knownOf(device).releases);
	}

	/** To be called before the kernel says so. */
	refused(place: Place, device: string): void {
		if (this.#isQuiet) return;
		this.#writer.infer(place, {type: 'action', device, text: `${device}: a probe is refused`});
	}

	#knownOf(device: LogDevice) {
		let known = this.#known.get(device);
		if (known === undefined) {
			const tell = (text: string) =>
				this.#writer.known({type: 'action', device: device.address, text});
			known = {
				adds: tell(`${device.address}: nodes are added`),
				releases: tell(`${device.address}: nodes are released`),
			};
			this.#known.set(device, known);
		}
		return known;
	}
}
