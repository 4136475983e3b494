import type {DumpedFrame} from '../recording/event.ts';
import type {ConfigAccesses} from './config-accesses.ts';
import {addressesIn} from './config-accesses.ts';
import type {DriverCore} from './driver-core.ts';
import type {EventWriter, Place} from './event-writer.ts';
import type {GraphComment} from './graph-line.ts';
import {NodeIdentities} from './node-identities.ts';
import type {ReleasePasses} from './release-passes.ts';
import {closeMarkerOf} from './removed-nodes.ts';
import {parseTraceEvent, type TraceEvent} from './trace-event.ts';

type DevresTrace = Extract<TraceEvent, {kind: 'devres'}>;
type Use = 'used' | 'ignored' | 'unparsed';

/** Deeper stacks are no stacks. */
const mostFrames = 256;

/** A comment that goes on over several lines. */
type Unfinished = {
	readonly place: Place;
	readonly frames: DumpedFrame[];
	readonly isStack: boolean;
};

const frameLine = /^ *=> +(\S+?)(?:\+(0x[\da-f]+\/0x[\da-f]+))?(?: \[([^\]\s]+)\])?(?: \*\/)?$/;

function frameOf(line: string): DumpedFrame | null {
	const [, fn, offset, module] = line.length > 400 ? [] : (frameLine.exec(line) ?? []);
	if (fn === undefined) return null;
	return {
		fn,
		...(offset === undefined ? {} : {offset}),
		...(module === undefined ? {} : {module}),
	};
}

/** Turns what stands between the calls of a trace, trace events and markers, into events. */
export class TraceComments {
	readonly #writer: EventWriter;
	readonly #passes: ReleasePasses;
	readonly #core: DriverCore;
	readonly #accesses: ConfigAccesses;
	readonly #identities = new NodeIdentities();
	#unfinished: Unfinished | null = null;

	/** Last event of each context: a dumped stack explains the one before it. */
	readonly #last = new Map<string, number>();

	constructor(
		writer: EventWriter,
		passes: ReleasePasses,
		core: DriverCore,
		accesses: ConfigAccesses,
	) {
		this.#writer = writer;
		this.#passes = passes;
		this.#core = core;
		this.#accesses = accesses;
	}

	/** Writes what a comment tells and says what became of its line. An open one goes on in continueWith(). */
	read(place: Place, {text, closed}: GraphComment): Use {
		const trace = parseTraceEvent(text);
		if (!closed) this.#unfinished = {place, frames: [], isStack: trace.kind === 'stack'};
		switch (trace.kind) {
			case 'devres':
				this.#last.set(place.context, this.#writeDevres(place, trace));
				return 'used';
			case 'config': {
				const known = (address: string) => this.#writer.device(address);
				const facts = this.#accesses.read(place.context, trace, known);
				if (facts === null) return 'ignored';
				this.#last.set(place.context, this.#writer.write(place, facts));
				return 'used';
			}
			case 'marker': {
				const [device, ...others] = addressesIn(trace.text);
				const about = device === undefined || others.length > 0 ? {} : {device};
				this.#writer.write(place, {type: 'action', text: trace.text, ...about});
				this.#core.announce(place, trace.text);
				return 'used';
			}
			case 'malformed':
				return 'unparsed';
			case 'stack':
				return 'used';
			case 'other':
				return 'ignored';
		}
	}

	/** Takes a line of a comment that began earlier; null where none is open or the line is no part of it. */
	continueWith(line: string): Use | null {
		const unfinished = this.#unfinished;
		if (unfinished === null) return null;
		const frame = frameOf(line);
		const ends = line.endsWith('*/');
		const isPart = frame !== null || (ends && !line.includes('/*'));
		if (frame !== null && unfinished.frames.length < mostFrames) unfinished.frames.push(frame);
		if (!isPart || ends) this.#finish(unfinished);
		if (!isPart) return null;
		return unfinished.isStack ? 'used' : 'ignored';
	}

	#finish({place, frames, isStack}: Unfinished): void {
		this.#unfinished = null;
		if (!isStack) return;
		const of = this.#last.get(place.context);
		this.#writer.write(place, {type: 'stack', frames, ...(of === undefined ? {} : {of})});
	}

	#writeDevres(place: Place, {device, op, node, name, size}: DevresTrace): number {
		const about = {device, name, size};
		if (op === 'ADD') {
			const id = this.#identities.added(node, name, size);
			return this.#writer.write(place, {type: 'devres-add', ...about, ...id});
		}
		const id = this.#identities.ended(node, name, size);
		if (op === 'REL') {
			this.#passes.beforeRelease(place, device, id);
			return this.#writer.write(place, {type: 'devres-release', ...about, ...id});
		}
		if (op === 'REPLACE') {
			return this.#writer.write(place, {type: 'devres-replace', ...about, ...id});
		}
		this.#unlinkCloseMarker(place, device, node);
		return this.#writer.write(place, {type: 'devres-remove', ...about, ...id});
	}

	/** Removing a group logs its open marker alone; the close marker goes with it. */
	#unlinkCloseMarker(place: Place, device: string, node: string): void {
		const list = this.#writer.device(device)?.devres_head ?? [];
		const open = list.findLast((each) => each.node === node);
		const close = open === undefined ? null : closeMarkerOf(list, open);
		if (close === null) return;
		const {node: address, generation} = close;
		this.#writer.infer(place, {type: 'devres-unlink', device, node: address, generation});
	}
}
