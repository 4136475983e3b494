import type {PrintkEvent, RecordedEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import {intxDisabled} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {initialState, type MachineState} from '../recording/state.ts';

/** What happened to a device during a phase. */
export type DevicePhase = {
	/** Address of the device. */
	readonly device: string;

	/** ADD lines, those during a release included. */
	added: number;

	/** ADD lines while a release pass of the same device was under way. */
	addedDuringRelease: number;

	/** REL lines. */
	released: number;

	/** REM lines. */
	removed: number;

	/** REPLACE lines. */
	replaced: number;

	/** Results of its probes, in order; null where not told. */
	readonly probes: (number | null)[];

	/** Drivers it was unbound from. */
	readonly unbound: string[];

	/** Bit 10 of PCI_COMMAND: as it was, then after each write that changed it; null where not known. */
	readonly intx: (boolean | null)[];

	/** Nodes on `devres_head` at the end of the phase. */
	left: number;
};

/** One action of the script and what followed from it. */
export type Phase = {
	/** Empty for what comes before the first action. */
	readonly text: string;

	/** `seq` of its first event. */
	readonly from: number;

	/** Devices that something happened to, in the order it did. */
	readonly devices: ReadonlyMap<string, DevicePhase>;

	/** Lines of the kernel log that are warnings or worse, or have no level. */
	readonly log: readonly PrintkEvent[];
};

/** The least severe level that is told: KERN_WARNING. */
const warningLevel = 4;

type OpenPhase = Phase & {
	readonly devices: Map<string, DevicePhase>;
	readonly log: PrintkEvent[];
};

function openPhase(text: string, from: number): OpenPhase {
	return {text, from, devices: new Map(), log: []};
}

function bitOf(state: MachineState, address: string): boolean | null {
	const device = state.devices.get(address);
	return device === undefined ? null : intxDisabled(device);
}

function devicePhase(phase: OpenPhase, device: string, state: MachineState): DevicePhase {
	const known = phase.devices.get(device);
	if (known !== undefined) return known;
	const fresh: DevicePhase = {
		device,
		added: 0,
		addedDuringRelease: 0,
		released: 0,
		removed: 0,
		replaced: 0,
		probes: [],
		unbound: [],
		intx: [bitOf(state, device)],
		left: 0,
	};
	phase.devices.set(device, fresh);
	return fresh;
}

/** Counts an event that concerns a device; `state` is that before the event. */
function count(phase: OpenPhase, event: RecordedEvent, state: MachineState): void {
	if (event.type === 'printk') {
		if (event.level === null || event.level <= warningLevel) phase.log.push(event);
		return;
	}
	const device = event.device ?? '';
	switch (event.type) {
		case 'devres-add': {
			const counts = devicePhase(phase, device, state);
			counts.added += 1;
			if ((state.devices.get(device)?.passes.length ?? 0) > 0) counts.addedDuringRelease += 1;
			break;
		}
		case 'devres-release':
			devicePhase(phase, device, state).released += 1;
			break;
		case 'devres-remove':
			devicePhase(phase, device, state).removed += 1;
			break;
		case 'devres-replace':
			devicePhase(phase, device, state).replaced += 1;
			break;
		case 'probe-end':
			devicePhase(phase, device, state).probes.push(event.result);
			break;
		case 'unbind':
			devicePhase(phase, device, state).unbound.push(event.driver);
			break;
		default:
	}
}

function close(phase: OpenPhase, state: MachineState): Phase {
	for (const counts of phase.devices.values()) {
		const device = state.devices.get(counts.device);
		counts.left = device?.devres_head.length ?? 0;
	}
	return phase;
}

/** Applies an event; notes when it changes the bit. */
function advance(phase: OpenPhase, event: RecordedEvent, state: MachineState): void {
	if (event.type !== 'config-write' || event.device === undefined) {
		apply(state, event);
		return;
	}
	const before = bitOf(state, event.device);
	const counts = phase.devices.get(event.device);
	apply(state, event);
	const after = bitOf(state, event.device);
	if (after === before) return;
	if (counts !== undefined) counts.intx.push(after);
	else devicePhase(phase, event.device, state).intx.unshift(before);
}

/** Cuts a recording at its actions and counts what each did. */
export function phasesOf(recording: Recording): readonly Phase[] {
	const phases: Phase[] = [];
	const state = initialState();
	let phase = openPhase('', 0);
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (event.type === 'action') {
			phases.push(close(phase, state));
			phase = openPhase(event.text, seq);
		} else {
			count(phase, event, state);
		}
		advance(phase, event, state);
	}
	phases.push(close(phase, state));
	return phases.filter(({text, devices, log}) => text !== '' || devices.size > 0 || log.length > 0);
}
