import type {DeviceState} from '../recording/state.ts';
import type {EventFacts} from './event-writer.ts';
import type {ConfigEntry} from './log-entry.ts';

/** Where an access goes, as its probe says. */
type Target = Pick<ConfigEntry, 'devfn' | 'bus' | 'offset' | 'width'>;

const pciAddress = /\b[\da-f]{4,8}:([\da-f]{2}):([01][\da-f])\.([0-7])\b/g;

/** PCI addresses that a text names, in order, each once. */
export function addressesIn(text: string): readonly string[] {
	return [...new Set(Array.from(text.matchAll(pciAddress), ([address]) => address))];
}

/** What config space holds as far as the recording knows; null where it doesn't. */
function knownValue(
	device: Readonly<DeviceState> | undefined,
	offset: number,
	width: number,
): number | null {
	const word = device?.registers.get(offset & ~1);
	if (word === undefined) return null;
	if (width === 1) return (word >> (8 * (offset & 1))) & 0xff;
	if (width === 2) return offset & 1 ? null : word;
	const high = device?.registers.get(offset + 2);
	return high === undefined ? null : high * 0x10000 + word;
}

/** Devices by slot and function: probes don't say the bus. */
type DevicesBySlot = ReadonlyMap<number, {readonly address: string; readonly bus: number}[]>;

function bySlot(addresses: Iterable<string>): DevicesBySlot {
	const devices = new Map<number, {readonly address: string; readonly bus: number}[]>();
	for (const address of new Set(addresses)) {
		const [, bus = '', slot = '', fn = ''] = [...address.matchAll(pciAddress)][0] ?? [];
		const devfn = Number.parseInt(slot, 16) * 8 + Number(fn);
		const others = devices.get(devfn) ?? [];
		devices.set(devfn, [...others, {address, bus: Number.parseInt(bus, 16)}]);
	}
	return devices;
}

/** PCI addresses that lines name, one after the other. */
export function* addressesOf(lines: Iterable<string>): Iterable<string> {
	for (const line of lines) yield* addressesIn(line);
}

/** Turns probes on config space functions into accesses of devices. */
export class ConfigAccesses {
	readonly #addresses: () => Iterable<string>;

	/** Devices that the log names; null until one is accessed. */
	#devices: DevicesBySlot | null = null;

	/** What each context is about to read: the probe at the function's return may not repeat it. */
	readonly #pending = new Map<string, Target>();

	/** `addresses` gives what the log names anywhere, in any number: asked for once, when it matters. */
	constructor(addresses: () => Iterable<string>) {
		this.#addresses = addresses;
	}

	/** What an access says; null for the beginning of a read and where value or place are not told. */
	read(
		context: string,
		trace: ConfigEntry,
		device: (address: string) => Readonly<DeviceState> | undefined,
	): EventFacts | null {
		if (trace.access === 'read' && !trace.returned) {
			this.#pending.set(context, trace);
			return null;
		}
		const target = this.#targetOf(context, trace);
		const {value} = trace;
		if (trace.failed || value === null || value < 0) return null;
		if (target === undefined || target.devfn === null || target.offset === null) return null;
		const {offset, width} = target;
		const address = this.#addressOf(target.devfn, target.bus);
		if (trace.access === 'read')
			return {type: 'config-read', device: address, offset, width, value};
		const previous = knownValue(device(address), offset, width);
		return {type: 'config-write', device: address, offset, width, value, previous};
	}

	#targetOf(context: string, trace: ConfigEntry): Target | undefined {
		const pending = this.#pending.get(context);
		if (trace.access === 'read') this.#pending.delete(context);
		return trace.offset === null || trace.devfn === null ? pending : trace;
	}

	/** The one known device with that slot and function, else a name that claims no bus: `devfn:1f.2`. */
	#addressOf(devfn: number, bus: number | null): string {
		this.#devices ??= bySlot(this.#addresses());
		const devices = this.#devices.get(devfn) ?? [];
		const fitting = devices.filter((each) => bus === null || each.bus === bus);
		const [only, ...others] = fitting;
		if (only !== undefined && others.length === 0) return only.address;
		return `devfn:${(devfn >> 3).toString(16).padStart(2, '0')}.${devfn & 7}`;
	}
}
