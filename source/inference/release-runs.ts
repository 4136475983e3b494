import type {PassInference} from './devres-events.ts';
import type {EventWriter} from './event-writer.ts';
import type {DeviceRuns, LogDevice, LogNode, Run} from './log-node.ts';
import type {LogNodes} from './log-nodes.ts';
import type {LogOperation, OtherRecord} from './log-operation.ts';
import type {Place} from './log-place.ts';
import {goesOn, nextRelease} from './release-outlook.ts';
import {entrust, isPart, removalOf} from './release-run.ts';
import {isProvenRelease} from './stack-proof.ts';
import type {Upcoming} from './upcoming.ts';

/** What others do when a pass begins and ends. */
export type RunListener = {
	readonly started: (place: Place, device: LogDevice) => void;
	readonly ended: (place: Place, device: LogDevice) => void;
};

/** No callback takes longer, in seconds, even when each line goes over a serial console. */
const longestCallback = 1;

/** Added by switching INTx alone, which needs an enabled device: a probe never begins with it (drivers/pci, v6.11 to v6.16). */
const neverFirst = 'pcim_intx_restore';

/**
Infers release passes where no call tells their bounds: in kernel logs and plain traces.

The first REL of a run moves what is on the list. A run goes on as long as nodes are released that were moved with it, or
that were there before the log began; a node that is added before then is added during release.
*/
export class ReleaseRuns implements PassInference {
	readonly #writer: EventWriter;
	readonly #nodes: LogNodes;
	readonly #upcoming: Upcoming<LogOperation | OtherRecord>;
	readonly #listener: RunListener;
	/** Devices with a pass under way, by the context in which it began. */
	readonly #open = new Map<string, LogDevice[]>();

	/** Mostly a line is of the context of the one before. */
	#context = '';
	#openHere: LogDevice[] = [];

	/** The others need not be looked at before that record, as long as nothing happens but to this device. */
	readonly #settled: {device: LogDevice | null; until: number} = {device: null, until: -1};

	/** Whether a device's list is known from its first event on. */
	#fromBoot = false;

	constructor(
		writer: EventWriter,
		nodes: LogNodes,
		upcoming: Upcoming<LogOperation | OtherRecord>,
		listener: RunListener,
	) {
		this.#writer = writer;
		this.#nodes = nodes;
		this.#upcoming = upcoming;
		this.#listener = listener;
	}

	/** A kernel starts: passes of the one before are gone, and lists are seen from their first node on. */
	reset(): void {
		for (const device of this.#nodes.devices) device.runs = null;
		this.#open.clear();
		this.#context = '';
		this.#openHere = [];
		this.#settled.device = null;
		this.#open.set('', this.#openHere);
		this.#fromBoot = true;
	}

	/** Something is missing in the log: lists may hold what nobody saw added, or lack what is gone. */
	lose(): void {
		this.#fromBoot = false;
		this.#settled.device = null;
		for (const {runs} of this.#nodes.devices) {
			if (runs === null) continue;
			runs.known = false;
			runs.goesOnUntil = -1;
			for (const run of runs.runs) run.late = true;
		}
	}

	/** A node is moved in so many words: it will be released by the pass that is about to start. */
	moved(place: Place, node: LogNode): void {
		const {runs} = this.#of(node.device);
		entrust(runs.at(-1) ?? this.#begin(place, node.device), node);
	}

	beforeRelease(place: Place, node: LogNode): void {
		const {device} = node;
		this.#settleOthers(place, device);
		const {runs} = this.#of(device);
		let run = runs.at(-1);
		while (run !== undefined && !isPart(run, place, node)) {
			if (node.listed && goesOn(this.#upcoming, device, run) === true) break;
			this.#end(device);
			run = runs.at(-1);
		}
		if (run === undefined || !isPart(run, place, node)) run = this.#start(place, node);
		if (node.pass === run) run.waiting -= 1;
		run.last = place;
	}

	/** Whether a pass of the device is under way. */
	isOpen(device: LogDevice): boolean {
		return (device.runs?.runs.length ?? 0) > 0;
	}

	/** To be called before it is written that a node is added. */
	beforeAdd(place: Place, device: LogDevice, name: string): void {
		this.#settleOthers(place, device);
		const {runs} = this.#of(device);
		for (let run = runs.at(-1); run !== undefined; run = runs.at(-1)) {
			if (this.#isDuring(device, run, place, name)) return;
			this.#end(device);
		}
	}

	/** A node of the device ends without a release. */
	ended(device: LogDevice): void {
		this.#of(device);
	}

	/** Something else happens to the device that only happens outside of a release. */
	settle(device: LogDevice): void {
		const {runs} = this.#of(device);
		for (let run = runs.at(-1); run !== undefined; run = runs.at(-1)) {
			if (goesOn(this.#upcoming, device, run) === true) return;
			this.#end(device);
		}
	}

	/** The log is over: so are passes that have released all that is known of them. */
	finish(): void {
		for (const open of this.#open.values()) {
			for (const device of open.slice()) {
				while (device.runs?.runs.at(-1)?.waiting === 0) this.#end(device);
			}
		}
	}

	#of(device: LogDevice): DeviceRuns {
		device.runs ??= {runs: [], known: this.#fromBoot, goesOnUntil: -1};
		// Something happens to it: what was found out about what comes has to be looked at again.
		device.runs.goesOnUntil = -1;
		if (this.#settled.device !== device) this.#settled.device = null;
		return device.runs;
	}

	#begin(place: Place, device: LogDevice): Run {
		const found = this.#of(device);
		const run: Run = {waiting: 0, late: !found.known, context: place.context, last: place};
		if (found.runs.length === 0) this.#listener.started(place, device);
		if (found.runs.push(run) === 1) this.#openIn(place.context).push(device);
		return run;
	}

	#start(place: Place, first: LogNode): Run {
		const {device} = first;
		const run = this.#begin(place, device);
		if (!first.listed) {
			run.late = true;
			return run;
		}
		const removal = removalOf(device.nodes, first);
		if (removal === null) return run;
		const {moved, unlinked} = removal;
		for (const node of moved) {
			this.#writer.inferUnlink(place, 'devres-move', node);
			entrust(run, node);
		}
		// The newest first: a list is shorter at its end faster.
		for (let index = moved.length - 1; index >= 0; index -= 1) {
			this.#nodes.unlist(moved[index] as LogNode);
		}
		for (const node of unlinked) {
			this.#nodes.unlist(node);
			this.#writer.inferUnlink(place, 'devres-unlink', node);
		}
		return run;
	}

	#end(device: LogDevice): void {
		const found = this.#of(device);
		const run = found.runs.pop();
		if (run === undefined) return;
		const {address, refrains} = device;
		refrains.ends ??= this.#writer.known({type: 'release-end', device: address, count: null});
		this.#writer.inferAgain(run.last, refrains.ends);
		if (found.runs.length > 0) return;
		found.known = true;
		const open = this.#openIn(run.context);
		if (open.at(-1) === device) open.pop();
		else open.splice(open.indexOf(device), 1);
		this.#listener.ended(run.last, device);
	}

	/** Whoever goes on to another device is done with a pass, unless more of it follows. */
	#settleOthers({context}: Place, device: LogDevice): void {
		const open = this.#openIn(context);
		if (open.length === 0 || (open.length === 1 && open[0] === device)) return;
		const {position} = this.#upcoming;
		if (this.#settled.device === device && this.#settled.until >= position) return;
		let index = 0;
		let until = Number.POSITIVE_INFINITY;
		for (let other = open[0]; other !== undefined; other = open[index]) {
			const isSettled = other === device || (other.runs?.goesOnUntil ?? -1) >= position;
			const run = isSettled ? undefined : other.runs?.runs.at(-1);
			if (run !== undefined && other.runs !== null) {
				const next = nextRelease(this.#upcoming, other, run);
				if (next === -1) this.#end(other);
				else other.runs.goesOnUntil = next ?? -1;
			}
			// One that ended has left the list.
			if (open[index] !== other) continue;
			index += 1;
			if (other !== device) until = Math.min(until, other.runs?.goesOnUntil ?? -1);
		}
		this.#settled.device = device;
		this.#settled.until = until;
	}

	#openIn(context: string): LogDevice[] {
		if (context === this.#context) return this.#openHere;
		let open = this.#open.get(context);
		if (open === undefined) {
			open = [];
			this.#open.set(context, open);
		}
		this.#context = context;
		this.#openHere = open;
		this.#settled.device = null;
		return open;
	}

	#isDuring(device: LogDevice, run: Run, place: Place, name: string): boolean {
		const proof = isProvenRelease(this.#upcoming, place.context);
		if (proof !== null) return proof;
		if (this.#isInsideCallback(run, place, name)) return true;
		return goesOn(this.#upcoming, device, run) ?? (run.waiting > 0 && !run.late);
	}

	#isInsideCallback({last}: Run, {time, context}: Place, name: string): boolean {
		if (name !== neverFirst || last.context !== context) return false;
		return time === null || last.time === null || time - last.time < longestCallback;
	}
}
