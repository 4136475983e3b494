import type {RecordedEvent} from '../recording/event.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {type NodeHistory, nodesNamed} from './node-index.ts';
import {callbackAround, isUnderWay, type PassSpan, passOfNode, passWords} from './release-pass.ts';
import {byWhom, fact, nodeTitle, unknown, type WhyStep} from './why-answer.ts';

/** What was looked for on `devres_head`. */
export type Sought = {
	/** Address of the device. */
	readonly device: string;

	/** Name of the release callback. */
	readonly name: string;

	/** The trace doesn't give the arguments: what was added next tells. */
	readonly inferred: boolean;
};

/** The newest node of a kind that an event before `seq` concerns, other than one. */
function newestBefore(
	recording: Recording,
	{device, name}: Sought,
	seq: number,
	except: NodeId | null,
): NodeHistory | null {
	const nodes = nodesNamed(recording, device, name);
	const begun = nodes.findLast(
		({id, events}) =>
			(events[0] ?? seq) < seq && (except === null || nodeKey(id) !== nodeKey(except)),
	);
	return begun ?? null;
}

/** The last event before `seq` of one of these types that concerns the node, or null. */
export function lastOfNode<T extends RecordedEvent['type']>(
	recording: Recording,
	{events}: NodeHistory,
	seq: number,
	...types: readonly T[]
): Extract<RecordedEvent, {readonly type: T}> | null {
	const found = events.findLast(
		(each) => each < seq && types.some((type) => type === recording.at(each).type),
	);
	return found === undefined
		? null
		: (recording.at(found) as Extract<RecordedEvent, {readonly type: T}>);
}

/** A node that a pass took: when it was moved, and how far its release had come. */
function takenSteps(
	recording: Recording,
	history: NodeHistory,
	pass: PassSpan,
	seq: number,
): readonly WhyStep[] {
	const title = nodeTitle(recording, history.id);
	const moved = lastOfNode(recording, history, seq, 'devres-move');
	const steps: WhyStep[] = [];
	if (moved !== null) {
		const by = byWhom(recording, moved.seq);
		const text = `${title} was not on devres_head: it had moved to the todo list${by}, at the start of the pass.`;
		steps.push(fact(recording, moved.seq, text));
	}
	const released = lastOfNode(recording, history, seq, 'devres-release');
	if (released === null) return steps;
	if (moved === null) {
		const text = `${title} was not on devres_head: a pass takes its nodes off the list before it calls the first callback.`;
		steps.push({seq: released.seq, text, inferred: true});
	}
	const running = callbackAround(recording, pass, seq) === released.seq;
	const stage = running ? 'its callback was running' : 'its callback had run';
	const text = `${title} was released in ${passWords(recording, pass)}: ${stage}.`;
	steps.push(fact(recording, released.seq, text));
	return steps;
}

/** Where the node was when it was looked for, and why it was not found there. */
function candidateSteps(recording: Recording, node: NodeHistory, seq: number): readonly WhyStep[] {
	const title = nodeTitle(recording, node.id);
	const last = lastOfNode(
		recording,
		node,
		seq,
		'devres-add',
		'devres-move',
		'devres-release',
		'devres-remove',
		'devres-replace',
	);
	const pass = passOfNode(recording, node.id);
	if (last?.type === 'devres-move' || last?.type === 'devres-release') {
		const steps = pass === null ? [] : takenSteps(recording, node, pass, seq);
		if (pass !== null && isUnderWay(recording, pass, seq)) return steps;
		const text = `Nothing of that kind was added after ${title} was released.`;
		return [...steps, fact(recording, last.seq, text)];
	}
	if (last?.type === 'devres-add') {
		const text = `${title} is on devres_head since then: it did not match what was asked for.`;
		return [fact(recording, last.seq, text, true)];
	}
	if (last === null) return [unknown(`Whether ${title} was on devres_head is not recorded.`)];
	const by = byWhom(recording, last.seq);
	return [fact(recording, last.seq, `${title} had been taken off devres_head${by}.`)];
}

function neverAdded(recording: Recording, {device, name}: Sought): WhyStep {
	const appeared = recording
		.ofType('device-add')
		.find((seq) => recording.at(seq).device === device);
	if (recording.header.source.kind === 'scenario' || appeared !== undefined) {
		const text = `No ${name} had been added to ${device} before.`;
		return appeared === undefined ? unknown(text) : fact(recording, appeared, text);
	}
	return unknown(
		`No ${name} of ${device} is recorded before: it was never added, or before the recording began.`,
	);
}

/** Why a node of this kind was not on `devres_head` just before an event. */
export function notListedSteps(
	recording: Recording,
	sought: Sought,
	seq: number,
	except: NodeId | null,
): readonly WhyStep[] {
	const node = newestBefore(recording, sought, seq, except);
	if (node === null) return [neverAdded(recording, sought)];
	return candidateSteps(recording, node, seq);
}

/** The node of the same kind that the one added at `seq` stands in for, while a pass has it; null where there is none. */
export function originalOf(recording: Recording, added: RecordedEvent & {type: 'devres-add'}) {
	const {device = '', name, seq} = added;
	const node = newestBefore(recording, {device, name, inferred: false}, seq, added);
	const pass = node === null ? null : passOfNode(recording, node.id);
	return node !== null && pass !== null && isUnderWay(recording, pass, seq) ? node : null;
}
