import type {DumpedFrame} from '../recording/event.ts';
import {addressesIn, ConfigAccesses} from './config-accesses.ts';
import {DeviceOwners} from './device-owners.ts';
import {DevresEvents} from './devres-events.ts';
import {EventWriter} from './event-writer.ts';
import {LastEvents} from './last-events.ts';
import {LogActions} from './log-actions.ts';
import type {ConfigEntry, LogEntry, LogRecord, PrintkEntry, StackEntry} from './log-entry.ts';
import type {LogDevice} from './log-node.ts';
import {LogNodes} from './log-nodes.ts';
import type {LogOperation, OtherRecord} from './log-operation.ts';
import type {Place} from './log-place.ts';
import {parseAnnouncement} from './marker-text.ts';
import {failureOf, refusal} from './probe-messages.ts';
import {ReleaseRuns} from './release-runs.ts';
import {LookAhead} from './upcoming.ts';

/** Records that are kept back, so that what they mean can be judged by those behind them. */
const distance = 2000;

/** What is known of a log before it is read. */
export type LogSurvey = {
	/** Devices that it names anywhere: asked for when a register is accessed, since looking for them takes time. */
	readonly devices: () => Iterable<string>;

	/** Somebody wrote into it what is being done. */
	readonly hasMarkers: boolean;
};

/** Kinds of entries that a stack before them may explain. */
const explained: ReadonlySet<LogEntry['kind']> = new Set(['printk', 'moved']);

/** Turns the records of a log that shows no calls into events: one reader for kernel logs and plain traces. */
export class LogInterpreter {
	readonly writer = new EventWriter();

	/** Release of the first kernel that says its name; null while none does. */
	kernel: string | null = null;

	/** Events that the log says are missing. */
	lost = 0;
	readonly #records = new LookAhead<LogOperation | OtherRecord>(distance, (record) =>
		this.#take(record),
	);

	/** For those who look the texts of operations up themselves. */
	readonly nodes = new LogNodes(this.writer);
	readonly #owners = new DeviceOwners(this.writer);
	readonly #actions: LogActions;
	readonly #runs: ReleaseRuns;
	readonly #devres: DevresEvents;
	readonly #accesses: ConfigAccesses;

	/** A dumped stack explains the one before it. */
	readonly #last = new LastEvents();

	/** The record that is being taken. */
	#taken: LogOperation | OtherRecord | null = null;

	/** A stack that explains what its context does next. */
	#dumped: {readonly place: Place; readonly frames: readonly DumpedFrame[]} | null = null;

	constructor(survey: LogSurvey) {
		this.#actions = new LogActions(this.writer, survey.hasMarkers);
		this.#runs = new ReleaseRuns(this.writer, this.nodes, this.#records, {
			started: (place, device) => {
				this.#actions.releaseStarts(place, device);
				this.#owners.releaseStarted(place, device);
			},
			ended: (place, device) => {
				this.#owners.releaseEnded(place, device);
				this.#tellOwner(device);
			},
		});
		this.#devres = new DevresEvents(this.writer, this.nodes, this.#runs);
		this.#accesses = new ConfigAccesses(survey.devices);
	}

	/** Takes the next record. What it means may be decided later. */
	push(record: LogRecord): void {
		const {entry} = record;
		if (entry.kind === 'devres') this.pushOperation(this.nodes.operationOf(record, entry));
		else this.#records.push(record as OtherRecord);
	}

	/** The same for an operation whose texts are looked up: `nodes` knows them. */
	pushOperation(operation: LogOperation): void {
		this.#records.push(operation);
	}

	/** Decides what was put off: nothing more is known for now. */
	flush(): void {
		this.#records.flush();
	}

	/** The log is over. */
	finish(): void {
		this.#records.finish();
		this.#taken = null;
		this.#tellStack();
		this.#runs.finish();
	}

	#take(record: LogOperation | OtherRecord): void {
		this.#taken = record;
		if (record.entry === null) this.#takeOperation(record);
		else this.#takeOther(record);
	}

	#takeOther(place: OtherRecord): void {
		const {entry} = place;
		if (this.#dumped !== null && !explained.has(entry.kind)) this.#tellStack();
		switch (entry.kind) {
			case 'printk':
				this.#takePrintk(place, entry);
				break;
			case 'marker':
				this.#takeMarker(place, entry.text);
				break;
			case 'config':
				this.#takeAccess(place, entry);
				break;
			case 'stack':
				this.#takeStack(place, entry);
				break;
			case 'warning': {
				const {text, at, frames, device} = entry;
				const about = device === null ? {} : {device};
				const where = at === null ? {} : {at};
				this.writer.write(place, {type: 'warning', ...about, text, ...where, frames});
				break;
			}
			case 'moved':
				this.#takeMove(place, entry.node);
				break;
			case 'boot':
				this.#boot(place, entry.kernel, entry.inferred);
				break;
			case 'lost':
				this.lost += entry.count ?? 0;
				this.writer.write(place, {type: 'lost', count: entry.count});
				this.#runs.lose();
				this.nodes.lose();
		}
	}

	#takeAccess(place: Place, entry: ConfigEntry): void {
		const known = (address: string) => this.writer.device(address);
		const facts = this.#accesses.read(place.context, entry, known);
		if (facts === null) this.#last.set(place.context, null);
		else this.#happened(place, this.writer.write(place, facts));
	}

	#takeOperation(operation: LogOperation): void {
		const {device, op, label, owner} = operation;
		if (op === 'ADD') {
			this.#runs.beforeAdd(operation, device, label.name);
			if (!this.#runs.isOpen(device)) this.#actions.beforeAdd(operation, device);
		} else if (op !== 'REL') this.#runs.ended(device);
		if (owner !== null) this.#owners.toldAgain(operation, device, owner);
		this.#happened(operation, this.#devres.writeOperation(operation));
	}

	/** A pass is seen to be over at a line that may name the next driver. */
	#tellOwner(device: LogDevice): void {
		const taken = this.#taken;
		if (taken === null || taken.entry !== null || taken.device !== device) return;
		if (taken.owner !== null) this.#owners.toldAgain(taken, device, taken.owner);
	}

	#takeMove(place: Place, address: string): void {
		const node = this.nodes.latest(address);
		if (node === null || !node.listed) return;
		this.#runs.moved(place, node);
		this.nodes.unlist(node);
		const {device, generation} = node;
		const about = {device: device.address, node: node.node, generation};
		this.#happened(place, this.writer.write(place, {type: 'devres-move', ...about}));
	}

	#takePrintk(place: Place, entry: PrintkEntry): void {
		const {level, prefix, text, device} = entry;
		const [owner = ''] = prefix.split(' ', 1);
		const failed = failureOf(entry);
		const refused = text === refusal ? device : null;
		const concerned = failed?.device ?? refused;
		if (concerned !== null) this.#runs.settle(this.nodes.deviceOf(concerned));
		if (refused !== null) {
			this.#actions.refused(place, refused);
			this.#owners.refusing(place, this.nodes.deviceOf(refused), owner);
		}
		const about = device === null ? {} : {device};
		const facts = {type: 'printk', ...about, level, prefix, text} as const;
		this.#happened(place, this.writer.write(place, facts));
		if (refused !== null) this.#owners.refused(place, refused);
		else if (failed !== null) {
			const {driver, result} = failed;
			this.#owners.failed(place, this.nodes.deviceOf(failed.device), driver, result);
		} else if (device !== null && this.writer.device(device) !== undefined) {
			this.#owners.told(place, this.nodes.deviceOf(device), owner);
		}
	}

	#takeMarker(place: Place, text: string): void {
		const said = parseAnnouncement(text);
		if (said !== null) this.#runs.settle(this.nodes.deviceOf(said.device));
		const [device, ...others] = addressesIn(text);
		const about = device === undefined || others.length > 0 ? {} : {device};
		this.#last.set(place.context, this.writer.write(place, {type: 'action', text, ...about}));
		if (said !== null) this.#owners.announce(place, said);
	}

	#boot(place: Place, kernel: string | null, inferred: boolean): void {
		this.#tellStack();
		this.kernel ??= kernel;
		this.#runs.reset();
		this.nodes.forget();
		this.#actions.reset();
		// The first kernel of a log resets nothing.
		if (this.writer.events.length === 0) return;
		if (inferred) this.writer.infer(place, {type: 'boot', kernel});
		else this.writer.write(place, {type: 'boot', kernel});
	}

	#takeStack(place: Place, {frames, follows}: StackEntry): void {
		if (follows === false) {
			this.#dumped = {place, frames};
			return;
		}
		const of = follows ? this.#last.of(place.context) : null;
		this.writer.write(place, {type: 'stack', frames, ...(of === null ? {} : {of})});
	}

	/** An event that a stack of the same context may explain: the one before it, or one just dumped. */
	#happened({context}: Place, seq: number): void {
		this.#last.set(context, seq);
		const dumped = this.#dumped;
		if (dumped === null || dumped.place.context !== context) return;
		this.#dumped = null;
		this.writer.write(dumped.place, {type: 'stack', frames: dumped.frames, of: seq});
	}

	/** Nothing came that a dumped stack could explain. */
	#tellStack(): void {
		const dumped = this.#dumped;
		this.#dumped = null;
		if (dumped !== null) this.writer.write(dumped.place, {type: 'stack', frames: dumped.frames});
	}
}
