import type {CallStacks, OpenCall} from './call-stacks.ts';
import type {EventWriter} from './event-writer.ts';
import type {Place} from './log-place.ts';
import {parseAnnouncement} from './marker-text.ts';

/** What a marker says that its writer is doing to one device. */
type Announced = {readonly device: string; readonly driver: string | null};

/** Functions that a write to a sysfs file calls for the device that it is about. */
const roots = new Set([
	'bind_store',
	'unbind_store',
	'pci_stop_bus_device',
	'pci_stop_and_remove_bus_device_locked',
	'pci_bus_add_device',
]);

/** Functions between those and what happens to the device. */
const leadsToDevice = new Set([
	...roots,
	'pci_stop_and_remove_bus_device',
	'device_attach',
	'__device_attach',
	'__device_attach_driver',
	'device_driver_attach',
	'device_driver_detach',
	'device_release_driver',
	'device_release_driver_internal',
	'__device_release_driver',
	'driver_probe_device',
	'__driver_probe_device',
	'really_probe',
]);

/** Result of a probe from what really_probe() returned. */
function resultOf(value: string | null): number | null {
	if (value === null) return null;
	const result = Number(value) | 0;
	// A driver's own failure is returned with its sign turned, one of the driver core's is not.
	return result > 0 ? -result : result;
}

/**
Infers probes, bindings and unbindings from calls: only below a sysfs write that a marker announces for one device,
and never for the devices that the driver itself handles below it. A trace without such markers tells probes alone, and
their device where the first operation inside names it.
*/
export class DriverCore {
	readonly #writer: EventWriter;
	readonly #stacks: CallStacks;
	#announced: Announced | null = null;

	/** A probe by sysfs write whose result the trace lacks: the exit code of the write tells it. */
	#undecided: Announced | null = null;

	#hasMarkers = false;

	/** Probes of a trace without markers whose device is known. */
	readonly #probed = new WeakMap<OpenCall, string>();

	constructor(writer: EventWriter, stacks: CallStacks) {
		this.#writer = writer;
		this.#stacks = stacks;
	}

	/** To be called after a marker was written. */
	announce(place: Place, text: string): void {
		const said = parseAnnouncement(text);
		if (said === null) return;
		const {begins, driver, device, exitCode} = said;
		this.#hasMarkers = true;
		this.#announced = begins ? {device, driver} : null;
		const undecided = this.#undecided;
		this.#undecided = null;
		if (exitCode !== 0 || undecided?.driver == null || undecided.device !== device) return;
		this.#writer.infer(place, {type: 'bind', device, driver: undecided.driver});
	}

	/** To be called after a call was opened and written. */
	afterCall(place: Place, fn: string): void {
		if (fn !== 'really_probe' && fn !== 'device_release_driver_internal') return;
		const callers = this.#stacks.of(place.context).slice(0, -1);
		const about = this.#aboutOf(callers, fn);
		if (about === null) return;
		const {device, driver} = about;
		if (fn === 'really_probe') this.#writer.infer(place, {type: 'probe-begin', device, driver});
		else if (driver !== null && this.#writer.device(device)?.driver !== null) {
			this.#writer.infer(place, {type: 'unbind', device, driver});
		}
	}

	/** To be called before an operation is written. */
	beforeOperation(place: Place, device: string): void {
		if (this.#hasMarkers) return;
		const probe = this.#stacks.of(place.context).findLast(({fn}) => fn === 'really_probe');
		if (probe === undefined || this.#probed.has(probe)) return;
		this.#probed.set(probe, device);
		this.#writer.infer(place, {type: 'probe-begin', device, driver: null});
	}

	/** To be called after a call was closed, before its return is written. */
	beforeReturn(place: Place, call: OpenCall, value: string | null): void {
		const {fn} = call;
		const probed = this.#probed.get(call);
		if (probed !== undefined) {
			const result = resultOf(value);
			this.#writer.infer(place, {type: 'probe-end', device: probed, driver: null, result});
			return;
		}
		if (fn !== 'really_probe' && fn !== 'device_unbind_cleanup') return;
		const callers = this.#stacks.of(place.context);
		const about = this.#aboutOf(callers, fn);
		if (about === null) return;
		const {device, driver} = about;
		if (fn === 'device_unbind_cleanup') {
			this.#undecided = null;
			this.#writer.infer(place, {type: 'device-data', device, field: 'driver', value: null});
			return;
		}
		const result = resultOf(value);
		if (result === null && callers[0]?.fn === 'bind_store') this.#undecided = about;
		if (result === 0 && driver !== null) this.#writer.infer(place, {type: 'bind', device, driver});
		this.#writer.infer(place, {type: 'probe-end', device, driver, result});
	}

	/** The announced device, where a function with these callers, outermost first, is surely about it. */
	#aboutOf(callers: readonly OpenCall[], fn: string): Announced | null {
		const root = callers[0]?.fn;
		if (root === undefined || !roots.has(root)) return null;
		const leads = callers.every((caller) => leadsToDevice.has(caller.fn));
		const isNested = fn === 'really_probe' && callers.some((caller) => caller.fn === fn);
		return leads && !isNested ? this.#announced : null;
	}
}
