import type {PassInference} from './devres-events.ts';
import type {EventWriter, Place} from './event-writer.ts';
import type {LogRecord} from './log-entry.ts';
import type {LogNode} from './log-node.ts';
import type {LogNodes} from './log-nodes.ts';
import {entrust, isMember, isPart, type Run, removalOf} from './release-run.ts';
import {isProvenRelease} from './stack-proof.ts';
import type {Upcoming} from './upcoming.ts';

type DeviceRuns = {
	/** Passes under way, outermost first. */
	readonly runs: Run[];

	/** Everything on `devres_head` was seen added. */
	known: boolean;
};

/** What others do when a pass begins and ends. */
export type RunListener = {
	readonly started: (place: Place, device: string) => void;
	readonly ended: (place: Place, device: string) => void;
};

/** How far to look for the next line of a device: beyond it, whatever comes belongs to something else. */
const reach = 2000;

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
	readonly #upcoming: Upcoming<LogRecord>;
	readonly #listener: RunListener;
	readonly #devices = new Map<string, DeviceRuns>();

	/** Devices with a pass under way, by the context in which it began. */
	readonly #open = new Map<string, Map<string, DeviceRuns>>();

	/** Whether a device's list is known from its first event on. */
	#fromBoot = false;

	constructor(
		writer: EventWriter,
		nodes: LogNodes,
		upcoming: Upcoming<LogRecord>,
		listener: RunListener,
	) {
		this.#writer = writer;
		this.#nodes = nodes;
		this.#upcoming = upcoming;
		this.#listener = listener;
	}

	/** A kernel starts: passes of the one before are gone, and lists are seen from their first node on. */
	reset(): void {
		this.#devices.clear();
		this.#open.clear();
		this.#fromBoot = true;
	}

	/** Something is missing in the log: lists may hold what nobody saw added, or lack what is gone. */
	lose(): void {
		this.#fromBoot = false;
		for (const device of this.#devices.values()) {
			device.known = false;
			for (const run of device.runs) run.late = true;
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
			if (node.listed && this.#goesOn(device, run) === true) break;
			this.#end(device);
			run = runs.at(-1);
		}
		if (run === undefined || !isPart(run, place, node)) run = this.#start(place, node);
		if (node.pass === run) run.waiting -= 1;
		run.last = place;
	}

	/** Whether a pass of the device is under way. */
	isOpen(device: string): boolean {
		return (this.#devices.get(device)?.runs.length ?? 0) > 0;
	}

	/** To be called before it is written that a node is added. */
	beforeAdd(place: Place, device: string, name: string): void {
		this.#settleOthers(place, device);
		const {runs} = this.#of(device);
		for (let run = runs.at(-1); run !== undefined; run = runs.at(-1)) {
			if (this.#isDuring(device, run, place, name)) return;
			this.#end(device);
		}
	}

	/** Something else happens to the device that only happens outside of a release. */
	settle(device: string): void {
		const {runs} = this.#of(device);
		for (let run = runs.at(-1); run !== undefined; run = runs.at(-1)) {
			if (this.#goesOn(device, run) === true) return;
			this.#end(device);
		}
	}

	/** The log is over: so are passes that have released all that is known of them. */
	finish(): void {
		for (const open of this.#open.values()) {
			for (const [device, {runs}] of open) {
				while (runs.at(-1)?.waiting === 0) this.#end(device);
			}
		}
	}

	#of(device: string): DeviceRuns {
		let found = this.#devices.get(device);
		if (found === undefined) {
			found = {runs: [], known: this.#fromBoot};
			this.#devices.set(device, found);
		}
		return found;
	}

	#begin(place: Place, device: string): Run {
		const found = this.#of(device);
		const run: Run = {waiting: 0, late: !found.known, context: place.context, last: place};
		if (found.runs.length === 0) this.#listener.started(place, device);
		if (found.runs.push(run) === 1) this.#openIn(place.context).set(device, found);
		return run;
	}

	#start(place: Place, first: LogNode): Run {
		const {device} = first;
		const run = this.#begin(place, device);
		if (!first.listed) {
			run.late = true;
			return run;
		}
		const removal = removalOf(this.#nodes.listOf(device), first);
		for (const node of removal?.moved ?? []) {
			this.#nodes.unlist(node);
			this.#writer.inferUnlink(place, 'devres-move', node);
			entrust(run, node);
		}
		for (const node of removal?.unlinked ?? []) {
			this.#nodes.unlist(node);
			this.#writer.inferUnlink(place, 'devres-unlink', node);
		}
		return run;
	}

	#end(device: string): void {
		const found = this.#of(device);
		const run = found.runs.pop();
		if (run === undefined) return;
		this.#writer.infer(run.last, {type: 'release-end', device, count: null});
		if (found.runs.length > 0) return;
		found.known = true;
		this.#openIn(run.context).delete(device);
		this.#listener.ended(run.last, device);
	}

	/** Whoever goes on to another device is done with a pass, unless more of it follows. */
	#settleOthers({context}: Place, device: string): void {
		const open = this.#openIn(context);
		if (open.size === 0 || (open.size === 1 && open.has(device))) return;
		for (const [other, {runs}] of open) {
			const run = other === device ? undefined : runs.at(-1);
			if (run !== undefined && this.#goesOn(other, run) === false) this.#end(other);
		}
	}

	#openIn(context: string): Map<string, DeviceRuns> {
		let open = this.#open.get(context);
		if (open === undefined) {
			open = new Map();
			this.#open.set(context, open);
		}
		return open;
	}

	#isDuring(device: string, run: Run, place: Place, name: string): boolean {
		const proof = isProvenRelease(this.#upcoming, place.context);
		if (proof !== null) return proof;
		if (this.#isInsideCallback(run, place, name)) return true;
		const goesOn = this.#goesOn(device, run);
		return goesOn ?? (run.waiting > 0 && !run.late);
	}

	#isInsideCallback({last}: Run, {time, context}: Place, name: string): boolean {
		if (name !== neverFirst || last.context !== context) return false;
		return time === null || last.time === null || time - last.time < longestCallback;
	}

	/** Whether more nodes of the pass are released later; null where the log, as far as it is read, leaves that open. */
	#goesOn(device: string, run: Run): boolean | null {
		if (run.waiting === 0 && !run.late) return false;
		const added = new Set<string>();
		for (let distance = 0; distance < reach; distance += 1) {
			const record = this.#upcoming.peek(distance);
			// Of a pass that waits for nothing, nothing more comes where nothing comes.
			if (record === undefined) return this.#upcoming.isOver && run.waiting === 0 ? false : null;
			const {entry} = record;
			if (entry.kind === 'boot') return false;
			if (entry.kind !== 'devres' || entry.device !== device) continue;
			if (entry.op === 'ADD') added.add(entry.node);
			if (entry.op !== 'REL') continue;
			if (record.context !== run.context || added.has(entry.node)) return false;
			return this.#mayRelease(run, entry.node);
		}
		return false;
	}

	#mayRelease(run: Run, address: string): boolean {
		const node = this.#nodes.latest(address);
		return node === null || node.ended ? run.late : isMember(run, node);
	}
}
