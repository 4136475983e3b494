import type {DevresEntry} from '../inference/log-entry.ts';
import {groupCloseName} from '../recording/group-marker.ts';

type Operation = DevresEntry['op'];

/** A devres event whose operation is printed as a word that says nothing. */
export type WordedEntry = Omit<DevresEntry, 'op'> & {
	/** One and the same for every event of an operation. */
	readonly word: string;
};

/** Who logs what, innermost frames of a stack first (drivers/base/devres.c, 6.1 to 6.12, with what compilers inline). */
const loggers: ReadonlyMap<string, Operation> = new Map([
	['add_dr', 'ADD'],
	['devres_add', 'ADD'],
	['devres_get', 'ADD'],
	['devm_kmalloc', 'ADD'],
	['devres_open_group', 'ADD'],
	['__devm_add_action', 'ADD'],
	['devm_add_action', 'ADD'],
	['devres_remove', 'REM'],
	['devres_remove_group', 'REM'],
	['devm_kfree', 'REM'],
	['release_nodes', 'REL'],
	['devres_release_all', 'REL'],
	['devres_release_group', 'REL'],
	['replace_dr', 'REPLACE'],
	['devm_krealloc', 'REPLACE'],
]);

/** Frames between the one that logs and the stack's dump. */
const plumbing =
	/^(?:trace_event_raw_event_|__traceiter_|trace_|perf_trace_|devres_log$|stack_trace_save)/;

/** Nodes of one MSI setup are added in this order (drivers/pci/msi, 6.1 to 6.12). */
const addedBefore: ReadonlyMap<string, string> = new Map([
	['devm_attr_group_remove', 'msi_device_data_release'],
	['msi_device_data_release', 'pcim_msi_release'],
]);

/** Before each probe this node is added and, without a pinctrl, removed at once (drivers/base/pinctrl.c). */
const removedAtOnce = 'devm_pinctrl_release';

const addressName = /^(?:0x)?[\da-f]{12,16}$/;

/** What two events of one address tell, word by word. */
export type Succession = {
	readonly first: string;
	readonly second: string;

	/** The node looks alike, so that it may be one and the same. */
	same: number;

	/** It is another one for sure. */
	changed: number;
};

function isAlike(one: WordedEntry, other: WordedEntry): boolean {
	return one.device === other.device && one.name === other.name && one.size === other.size;
}

/** Collects from the events of a trace what tells operations apart that are not printed. */
export class OperationSigns {
	/** How often something besides the order of events says what a word means. */
	readonly votes = new Map<string, Map<Operation, number>>();

	/** What follows what at one address. */
	readonly successions = new Map<string, Succession>();

	/** Some nodes have an address where their name should be. */
	hasUnnamed = false;

	/** Most events of a device in a row, by word. */
	readonly longestRuns = new Map<string, number>();
	readonly #lastOfNode = new Map<string, WordedEntry>();
	readonly #lastOfDevice = new Map<string, {readonly entry: WordedEntry; readonly run: number}>();

	/** Takes the next event. */
	take(entry: WordedEntry): void {
		const {word, node, device, name} = entry;
		this.hasUnnamed ||= addressName.test(name);
		const before = this.#lastOfNode.get(node);
		if (before !== undefined) this.#succeed(before, entry);
		this.#lastOfNode.set(node, entry);
		const last = this.#lastOfDevice.get(device);
		const run = last?.entry.word === word ? last.run + 1 : 1;
		this.#lastOfDevice.set(device, {entry, run});
		this.longestRuns.set(word, Math.max(run, this.longestRuns.get(word) ?? 0));
		if (name === groupCloseName) this.#vote(word, 'ADD');
		if (last !== undefined) this.#compare(last.entry, entry);
	}

	/** Takes the innermost frame that was not passed over yet, of a stack that explains an event. False to be given the next. */
	takeFrame(word: string, fn: string): boolean {
		if (plumbing.test(fn)) return false;
		const operation = loggers.get(fn);
		if (operation !== undefined) this.#vote(word, operation);
		return true;
	}

	#compare(last: WordedEntry, entry: WordedEntry): void {
		if (last.node === entry.node && last.word !== entry.word && entry.name === removedAtOnce) {
			this.#vote(entry.word, 'REM');
			this.#vote(last.word, 'ADD');
		}
		if (last.word !== entry.word) return;
		if (addedBefore.get(last.name) === entry.name) this.#vote(entry.word, 'ADD');
		if (addedBefore.get(entry.name) === last.name) this.#vote(entry.word, 'REL');
	}

	#succeed(before: WordedEntry, entry: WordedEntry): void {
		if (before.word === entry.word) return;
		const key = `${before.word} ${entry.word}`;
		let found = this.successions.get(key);
		if (found === undefined) {
			found = {first: before.word, second: entry.word, same: 0, changed: 0};
			this.successions.set(key, found);
		}
		if (isAlike(before, entry)) found.same += 1;
		else found.changed += 1;
	}

	#vote(word: string, operation: Operation): void {
		const votes = this.votes.get(word) ?? new Map<Operation, number>();
		this.votes.set(word, votes);
		votes.set(operation, (votes.get(operation) ?? 0) + 1);
	}
}
