import type {EventFacts, EventWriter, KnownEvent} from './event-writer.ts';
import type {LogDevice} from './log-node.ts';
import type {Place} from './log-place.ts';
import type {Announcement} from './marker-text.ts';

/** A line names the bus of a device that has no driver (dev_driver_string() of drivers/base/core.c). */
const buses: ReadonlySet<string> = new Set([
	'acpi',
	'amba',
	'auxiliary',
	'hdaudio',
	'hid',
	'i2c',
	'mdio_bus',
	'mmc',
	'pci',
	'pci_express',
	'platform',
	'pnp',
	'scsi',
	'sdio',
	'serio',
	'spi',
	'usb',
	'virtio',
]);

/** Events by device, and the driver that they name. */
type Said = Map<string, {readonly driver: string | null; readonly event: KnownEvent}>;

/** Follows who owns each device: as the prefixes of kernel messages say, and as markers announce. */
export class DeviceOwners {
	readonly #writer: EventWriter;
	#announced: Announcement | null = null;

	/** Probes that failed and whose resources are still to be released: result by device. */
	readonly #failed = new Map<string, {readonly driver: string; readonly result: number}>();

	/** What is told of each device again and again, and the driver that it is about. */
	readonly #unbinds: Said = new Map();
	readonly #drivers: Said = new Map();
	readonly #clearings: Said = new Map();

	constructor(writer: EventWriter) {
		this.#writer = writer;
	}

	/** A line about a device is prefixed with its driver or its bus; null where the log has no prefixes. */
	told(place: Place, device: string, owner: string | null): void {
		if (owner === null) return;
		const isBus = buses.has(owner);
		if (isBus && this.#writer.device(device)?.bus !== owner) {
			this.#writer.infer(place, {type: 'device-data', device, field: 'bus', value: owner});
		}
		const driver = isBus ? null : owner;
		if (this.#driverOf(device) !== driver) this.#setDriver(place, device, driver);
	}

	/** The same for what logs are full of: a line that says what the one before said tells nothing. */
	toldAgain(place: Place, device: LogDevice, owner: string): void {
		if (device.owner === owner) return;
		this.told(place, device.address, owner);
		device.owner = owner;
	}

	/** Somebody wrote what comes, or what has been done. */
	announce(place: Place, said: Announcement): void {
		this.#announced = said.begins ? said : null;
		const {begins, step, device, driver, exitCode} = said;
		if (begins || driver === null || exitCode !== 0 || step !== 'bind') return;
		if (this.#writer.device(device)?.bound === true) return;
		this.#writer.infer(place, {type: 'bind', device, driver});
		this.#writer.infer(place, {type: 'probe-end', device, driver, result: 0});
	}

	/** The kernel says that a probe failed. What it left is released next. */
	failed(place: Place, device: string, driver: string, result: number): void {
		this.told(place, device, driver);
		this.#failed.set(device, {driver, result});
	}

	/** The kernel is about to refuse a probe: it looks at `devres_head` first thing (really_probe() of drivers/base/dd.c). */
	refusing(place: Place, device: string, bus: string): void {
		this.told(place, device, bus);
		this.#writer.infer(place, {type: 'probe-begin', device, driver: null});
	}

	/** It has said so: the probe ends with -EBUSY. */
	refused(place: Place, device: string): void {
		this.#writer.infer(place, {type: 'probe-end', device, driver: null, result: -16});
	}

	/** The device's nodes begin to be released. */
	releaseStarted(place: Place, device: string): void {
		if (this.#failed.has(device)) return;
		const announced = this.#announced?.device === device ? this.#announced.driver : null;
		const driver = this.#driverOf(device) ?? announced;
		const isGone = this.#driverOf(device) === null;
		if (driver === null || isGone) return;
		this.#again(this.#unbinds, place, {type: 'unbind', device, driver}, driver);
	}

	/** They are released: device_unbind_cleanup() leaves the device without a driver. */
	releaseEnded(place: Place, device: string): void {
		const failed = this.#failed.get(device);
		this.#failed.delete(device);
		if (failed !== undefined) {
			this.#writer.infer(place, {type: 'probe-end', device, ...failed});
		}
		if (this.#driverOf(device) !== null) this.#setDriver(place, device, null);
	}

	/** Infers what mostly was inferred of the device before, and is kept once. */
	#again(
		said: Said,
		place: Place,
		facts: EventFacts & {readonly device: string},
		driver: string | null,
	): void {
		let known = said.get(facts.device);
		if (known?.driver !== driver) {
			known = {driver, event: this.#writer.known(facts)};
			said.set(facts.device, known);
		}
		this.#writer.inferAgain(place, known.event);
	}

	/** A driver's name, null for none, undefined where nothing has told. */
	#driverOf(device: string): string | null | undefined {
		return this.#writer.device(device)?.driver;
	}

	#setDriver(place: Place, device: string, value: string | null): void {
		const of = value === null ? this.#clearings : this.#drivers;
		this.#again(of, place, {type: 'device-data', device, field: 'driver', value}, value);
	}
}
