import type {RecordedEvent} from '../recording/event.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {countBelow, lastBelow, none, openCalls} from './call-index.ts';
import {lastInLife} from './driver-life.ts';
import {historyOf} from './node-index.ts';
import {eventNumber} from './why-answer.ts';

/** One run over a private todo list, from the first move to the end. */
export type PassSpan = {
	/** Whose nodes are released. */
	readonly device: string;

	/** Who releases. */
	readonly context: string;

	/** Ordinal of the first move; of the first REL where no move is recorded. */
	readonly from: number;

	/** Ordinals of its REL events, ascending. */
	readonly releases: readonly number[];

	/** Ordinal of its `release-end`; null where none is recorded. */
	readonly end: number | null;

	/** The pass of the same device that it runs inside, or null. */
	readonly outer: PassSpan | null;
};

type GrowingPass = {-readonly [field in keyof PassSpan]: PassSpan[field]} & {
	readonly releases: number[];
};

type PassIndex = {
	readonly byDevice: ReadonlyMap<string, readonly PassSpan[]>;
	readonly byNode: ReadonlyMap<string, PassSpan>;

	/** `from` of each pass in `byDevice`. */
	readonly starts: ReadonlyMap<string, readonly number[]>;
};

type PassEvent = Extract<
	RecordedEvent,
	{readonly type: 'devres-move' | 'devres-release' | 'release-end' | 'probe-begin' | 'bind'}
>;

const indexes = new WeakMap<Recording, PassIndex>();

/** Finds passes as the fold does: a move after the first REL begins another, inner pass. */
class PassFinder {
	readonly byDevice = new Map<string, GrowingPass[]>();
	readonly byNode = new Map<string, GrowingPass>();
	readonly #open = new Map<string, GrowingPass[]>();

	take(event: PassEvent): void {
		const device = event.device ?? '';
		const open = this.#open.get(device) ?? [];
		this.#open.set(device, open);
		switch (event.type) {
			case 'devres-move': {
				const last = open.at(-1);
				const waiting = last?.releases.length === 0 ? last : this.#begin(event, open);
				this.byNode.set(nodeKey(event), waiting);
				return;
			}
			case 'devres-release': {
				const moved = this.byNode.get(nodeKey(event));
				const known = moved !== undefined && open.includes(moved) ? moved : open.at(-1);
				const pass = known ?? this.#begin(event, open);
				pass.releases.push(event.seq);
				this.byNode.set(nodeKey(event), pass);
				return;
			}
			case 'release-end': {
				const pass = open.pop();
				if (pass !== undefined) pass.end = event.seq;
				return;
			}
			default:
				// A pass whose end the log lacks is over when a driver comes.
				open.length = 0;
		}
	}

	#begin(event: PassEvent, open: GrowingPass[]): GrowingPass {
		const {context, seq} = event;
		const device = event.device ?? '';
		const outer = open.at(-1) ?? null;
		const pass: GrowingPass = {device, context, from: seq, releases: [], end: null, outer};
		open.push(pass);
		const all = this.byDevice.get(device);
		if (all === undefined) this.byDevice.set(device, [pass]);
		else all.push(pass);
		return pass;
	}
}

function indexOf(recording: Recording): PassIndex {
	let index = indexes.get(recording);
	if (index === undefined) {
		const finder = new PassFinder();
		const types = ['devres-move', 'devres-release', 'release-end', 'probe-begin', 'bind'] as const;
		const seqs = types.flatMap((type) => recording.ofType(type)).sort((a, b) => a - b);
		for (const seq of seqs) finder.take(recording.at(seq) as PassEvent);
		const {byDevice, byNode} = finder;
		const starts = new Map(
			Array.from(byDevice, ([device, passes]) => [device, passes.map(({from}) => from)]),
		);
		index = {byDevice, byNode, starts};
		indexes.set(recording, index);
	}
	return index;
}

/** The pass that took a node off `devres_head`, or null. */
export function passOfNode(recording: Recording, id: NodeId): PassSpan | null {
	return indexOf(recording).byNode.get(nodeKey(id)) ?? null;
}

/** The innermost pass of a device that is under way just before an event, or null. */
export function passAround(recording: Recording, device: string, seq: number): PassSpan | null {
	const {byDevice, starts} = indexOf(recording);
	const last = countBelow(starts.get(device) ?? [], seq) - 1;
	let pass = byDevice.get(device)?.[last] ?? null;
	while (pass !== null && !isUnderWay(recording, pass, seq)) pass = pass.outer;
	return pass;
}

/** Whether a pass goes on just before an event. Without a recorded end it goes on until a driver comes. */
export function isUnderWay(recording: Recording, pass: PassSpan, seq: number): boolean {
	if (pass.from >= seq) return false;
	if (pass.end !== null) return seq <= pass.end;
	const next = lastInLife(recording, pass.device, seq, 'probe-begin', 'bind');
	return next === null || next.seq < pass.from;
}

/** The REL event of the pass whose callback an event happens in, or `none`. */
export function callbackAround(recording: Recording, pass: PassSpan, seq: number): number {
	const release = lastBelow(pass.releases, seq);
	if (release === none || recording.at(release).context !== recording.at(seq).context) return none;
	const events = historyOf(recording, recording.at(release) as PassEvent & NodeId)?.events ?? [];
	const isFreed = events.some(
		(each) => each > release && each < seq && recording.at(each).type === 'devres-free',
	);
	if (isFreed) return none;
	const open = openCalls(recording, recording.at(seq).context, seq);
	return open.length === 0 || open.some((call) => call > release) ? release : none;
}

/** `the release pass of the unbind from ccp (event 480)`: what a pass is part of, as far as events tell. */
export function passWords(recording: Recording, pass: PassSpan): string {
	const open = openCalls(recording, pass.context, pass.from);
	const isGroup = open.some((call) => {
		const event = recording.at(call);
		return event.type === 'call' && event.fn === 'devres_release_group';
	});
	if (isGroup) return `the release of a group that began at ${eventNumber(pass.from)}`;
	const before = lastInLife(recording, pass.device, pass.from, 'unbind', 'probe-begin', 'bind');
	const mark = before?.inferred ? ', inferred' : '';
	switch (before?.type) {
		case 'unbind':
			return `the release pass of the unbind from ${before.driver} (${eventNumber(before.seq)}${mark})`;
		case 'probe-begin':
			return `the release pass of the probe that began at ${eventNumber(before.seq)}${mark}`;
		default:
			return `the release pass that began at ${eventNumber(pass.from)}`;
	}
}
