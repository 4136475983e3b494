import type {RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';

/** Which kinds of facts both recordings tell of a device. What only one tells is never a difference. */
export type ToldFacts = {
	/** When a probe begins. */
	readonly begins: boolean;

	/** How its probes ended. */
	readonly probes: boolean;

	/** When it was bound. */
	readonly binds: boolean;

	/** When it was unbound. */
	readonly unbinds: boolean;

	/** And that before anything that belongs to it: a log without calls shows only its first release. */
	readonly unbindStarts: boolean;

	/** When it appeared and when it was removed from its bus. */
	readonly presence: boolean;

	/** What was written to its registers. */
	readonly registers: boolean;

	/** The lines of the kernel log about its probes. */
	readonly log: boolean;

	/** How severe each line of the kernel log is. */
	readonly levels: boolean;
};

/** What one recording tells of one device. */
export type DeviceFacts = {
	/** ADD, REL, REM and REPLACE lines. */
	nodes: number;

	/** It tells when a probe begins. */
	begins: boolean;

	/** How one ended. */
	probes: boolean;

	/** When the device was bound. */
	binds: boolean;

	/** When it was unbound. */
	unbinds: boolean;

	/** When it was removed from its bus. */
	presence: boolean;

	/** Accesses to its registers. */
	registers: boolean;
};

/** What one recording tells, by device. */
export type RecordingFacts = {
	/** A simulation knows all that happened: what it doesn't tell did not happen. */
	readonly isSimulation: boolean;

	/** Whether it shows when something begins, not only what is then printed. */
	readonly knowsStarts: boolean;

	/** Whether it would show a line of the kernel log. */
	readonly log: boolean;

	/** Whether it tells how severe those are. */
	readonly levels: boolean;

	/** In order of first appearance. */
	readonly devices: ReadonlyMap<string, DeviceFacts>;
};

/** Formats that show lines of the kernel log only where the reader switched them on. */
const tracers = /graph|trace|perf/;

function note(facts: DeviceFacts, event: RecordedEvent): void {
	switch (event.type) {
		case 'devres-add':
		case 'devres-release':
		case 'devres-remove':
		case 'devres-replace':
			facts.nodes += 1;
			break;
		case 'probe-begin':
			facts.begins = true;
			break;
		case 'probe-end':
			if (event.result !== null) facts.probes = true;
			break;
		case 'bind':
			facts.binds = true;
			break;
		case 'unbind':
			facts.unbinds = true;
			break;
		case 'device-remove':
			facts.presence = true;
			break;
		case 'config-read':
		case 'config-write':
			facts.registers = true;
			break;
		default:
	}
}

/** Looks through a recording for the kinds of facts that it tells. */
export function factsOf(recording: Recording): RecordingFacts {
	const {kind, format = ''} = recording.header.source;
	const isSimulation = kind === 'scenario';
	const devices = new Map<string, DeviceFacts>();
	let hasLevels = false;
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (event.type === 'printk' && event.level !== null) hasLevels = true;
		if (event.device === undefined) continue;
		let facts = devices.get(event.device);
		if (facts === undefined) {
			facts = {
				nodes: 0,
				begins: isSimulation,
				probes: isSimulation,
				binds: isSimulation,
				unbinds: isSimulation,
				presence: isSimulation,
				registers: false,
			};
			devices.set(event.device, facts);
		}
		note(facts, event);
	}
	const log = isSimulation || !tracers.test(format) || recording.ofType('printk').length > 0;
	const knowsStarts = isSimulation || recording.ofType('call').length > 0;
	return {isSimulation, knowsStarts, log, levels: isSimulation || hasLevels, devices};
}

/** The kinds of facts that both recordings tell of two devices that are one. */
export function toldByBoth(
	a: RecordingFacts,
	b: RecordingFacts,
	inA: DeviceFacts,
	inB: DeviceFacts,
): ToldFacts {
	return {
		begins: inA.begins && inB.begins,
		probes: inA.probes && inB.probes,
		binds: inA.binds && inB.binds,
		unbinds: inA.unbinds && inB.unbinds,
		unbindStarts: inA.unbinds && inB.unbinds && a.knowsStarts && b.knowsStarts,
		presence: inA.presence && inB.presence,
		registers: inA.registers && inB.registers,
		log: a.log && b.log,
		levels: a.levels && b.levels,
	};
}
