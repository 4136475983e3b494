import type {EventWriter} from './event-writer.ts';
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

/** Follows who owns each device: as the prefixes of kernel messages say, and as markers announce. */
export class DeviceOwners {
	readonly #writer: EventWriter;
	#announced: Announcement | null = null;

	/** Probes that failed and whose resources are still to be released: result by device. */
	readonly #failed = new Map<string, {readonly driver: string; readonly result: number}>();

	constructor(writer: EventWriter) {
		this.#writer = writer;
	}

	/** A line about a device is prefixed with its driver or its bus. */
	told(place: Place, device: LogDevice, owner: string): void {
		const isBus = buses.has(owner);
		const {address} = device;
		if (isBus && this.#writer.device(address)?.bus !== owner) {
			const facts = {type: 'device-data', device: address, field: 'bus', value: owner} as const;
			this.#writer.infer(place, facts);
		}
		const driver = isBus ? null : owner;
		if (this.#driverOf(device) !== driver) this.#setDriver(place, device, driver);
	}

	/** The same for what logs are full of: a line that says what the one before said tells nothing. */
	toldAgain(place: Place, device: LogDevice, owner: string): void {
		if (device.owner === owner) return;
		this.told(place, device, owner);
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
	failed(place: Place, device: LogDevice, driver: string, result: number): void {
		this.told(place, device, driver);
		this.#failed.set(device.address, {driver, result});
	}

	/** The kernel is about to refuse a probe: it looks at `devres_head` first thing (really_probe() of drivers/base/dd.c). */
	refusing(place: Place, device: LogDevice, bus: string): void {
		this.told(place, device, bus);
		this.#writer.infer(place, {type: 'probe-begin', device: device.address, driver: null});
	}

	/** It has said so: the probe ends with -EBUSY. */
	refused(place: Place, device: string): void {
		this.#writer.infer(place, {type: 'probe-end', device, driver: null, result: -16});
	}

	/** The device's nodes begin to be released. */
	releaseStarted(place: Place, device: LogDevice): void {
		const {address, refrains} = device;
		if (this.#failed.has(address)) return;
		const named = this.#driverOf(device);
		const name = named ?? (this.#announced?.device === address ? this.#announced.driver : null);
		if (named === null || name === null) return;
		if (refrains.unbind?.name !== name) {
			const event = this.#writer.known({type: 'unbind', device: address, driver: name});
			refrains.unbind = {name, event};
		}
		this.#writer.inferAgain(place, refrains.unbind.event);
	}

	/** They are released: device_unbind_cleanup() leaves the device without a driver. */
	releaseEnded(place: Place, device: LogDevice): void {
		const {address} = device;
		const failed = this.#failed.get(address);
		if (failed !== undefined) {
			this.#failed.delete(address);
			this.#writer.infer(place, {type: 'probe-end', device: address, ...failed});
		}
		if (this.#driverOf(device) !== null) this.#setDriver(place, device, null);
	}

	/** A driver's name, null for none, undefined where nothing has told. */
	#driverOf({address}: LogDevice): string | null | undefined {
		return this.#writer.device(address)?.driver;
	}

	#setDriver(place: Place, {address, refrains}: LogDevice, name: string | null): void {
		const known = (value: string | null) =>
			this.#writer.known({type: 'device-data', device: address, field: 'driver', value});
		if (name === null) {
			refrains.noDriver ??= known(null);
			this.#writer.inferAgain(place, refrains.noDriver);
			return;
		}
		if (refrains.driver?.name !== name) refrains.driver = {name, event: known(name)};
		this.#writer.inferAgain(place, refrains.driver.event);
	}
}
