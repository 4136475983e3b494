import {isGroupMarker} from '../recording/group-marker.ts';
import type {CallStacks, OpenCall} from './call-stacks.ts';
import type {PassInference} from './devres-events.ts';
import type {EventWriter} from './event-writer.ts';
import type {LogDevice, LogNode} from './log-node.ts';
import type {LogNodes} from './log-nodes.ts';
import type {Place} from './log-place.ts';
import {type Removal, removedByAll, removedByGroup} from './removed-nodes.ts';

/** One run over a todo list, as far as a log shows it. */
type Pass = {
	readonly device: LogDevice;

	/** The call that releases; null where it began before the recording or isn't traced. */
	readonly owner: OpenCall | null;
};

/** Calls between the one that releases and the log line. */
const passedOver = new Set(['devres_log', 'release_nodes']);
const releasesAll = 'devres_release_all';
const releasesGroup = 'devres_release_group';

/** Number of nodes that a release function returns; null for other functions and values. */
function countOf(fn: string | null, value: string | null): number | null {
	if (value === null || (fn !== releasesAll && fn !== releasesGroup)) return null;
	const count = Number(value);
	return Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/**
Infers what no log prints: which nodes left `devres_head` before the first release of a pass, and when the pass ended.

What a callback adds stands on `devres_head` after the move and is not moved with it.
*/
export class ReleasePasses implements PassInference {
	readonly #writer: EventWriter;
	readonly #stacks: CallStacks;
	readonly #nodes: LogNodes;

	/** By context, outermost first. */
	readonly #passes = new Map<string, Pass[]>();

	constructor(writer: EventWriter, stacks: CallStacks, nodes: LogNodes) {
		this.#writer = writer;
		this.#stacks = stacks;
		this.#nodes = nodes;
	}

	/** To be called before the release of a node is written. */
	beforeRelease(place: Place, node: LogNode): void {
		const {device} = node;
		const stack = this.#stacks.of(place.context);
		const owner = stack.findLast(({fn}) => !passedOver.has(fn)) ?? null;
		const passes = this.#passes.get(place.context) ?? [];
		this.#passes.set(place.context, passes);
		const list = device.nodes;
		const listed = node.listed ? node : undefined;
		const last = passes.at(-1);
		if (last !== undefined && last.device === device && last.owner === owner) {
			if (owner !== null || listed === undefined) return;
			this.#end(place, passes, null);
		}
		passes.push({device, owner});
		const removal = removalOf(owner, list, listed);
		for (const moved of removal?.moved ?? []) {
			this.#nodes.unlist(moved);
			this.#writer.inferUnlink(place, 'devres-move', moved);
		}
		for (const unlinked of removal?.unlinked ?? []) {
			this.#nodes.unlist(unlinked);
			this.#writer.inferUnlink(place, 'devres-unlink', unlinked);
		}
	}

	/** To be called before a return is written; `call` is null where the trace lacks its beginning. */
	beforeReturn(place: Place, call: OpenCall | null, fn: string | null, value: string | null): void {
		if (call === null && fn !== null && passedOver.has(fn)) return;
		const passes = this.#passes.get(place.context);
		if (passes === undefined) return;
		while (passes.length > 0 && passes.at(-1)?.owner === call) {
			this.#end(place, passes, countOf(fn ?? call?.fn ?? null, value));
		}
	}

	#end(place: Place, passes: Pass[], count: number | null): void {
		const pass = passes.pop();
		if (pass === undefined) return;
		this.#writer.infer(place, {type: 'release-end', device: pass.device.address, count});
	}
}

/** What left the list before this first release; null where the log leaves that open. */
function removalOf(
	owner: OpenCall | null,
	list: readonly LogNode[],
	first: LogNode | undefined,
): Removal<LogNode> | null {
	if (owner?.fn === releasesAll) return removedByAll(list);
	if (owner?.fn === releasesGroup || list.some(isGroupMarker)) {
		return first === undefined ? null : removedByGroup(list, first);
	}
	// A call that began before the recording took the list as it was then; nodes added since are not in it.
	return owner === null && first === undefined ? null : removedByAll(list);
}
