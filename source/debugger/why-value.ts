import {describeField, hex} from '../recording/describe.ts';
import type {FieldValue} from '../recording/event-base.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {nodeLabel} from './devres-view.ts';
import {historyOf} from './node-index.ts';
import {callbackAround, passAround} from './release-pass.ts';
import {changesOf, type ValueChange, type Valued} from './value-changes.ts';
import {
	answer,
	byWhom,
	fact,
	nodeTitle,
	unknown,
	type WhyAnswer,
	type WhyStep,
} from './why-answer.ts';
import {lastOfNode} from './why-not-listed.ts';

/** How it is called where it is told of: `INTX_DISABLE of 0000:23:00.1`. */
function nameOf(recording: Recording, valued: Valued): string {
	const owner = valued.kind === 'data' ? nodeLabel(recording, valued.node) : valued.device;
	return `${valued.name} of ${owner}`;
}

/** The bits that are meant: one bit as 0 or 1. */
function bitsOf(value: FieldValue | undefined, mask: number): FieldValue | undefined {
	if (typeof value !== 'number' || mask === 0xffff) return value;
	const bits = value & mask;
	return (mask & (mask - 1)) === 0 ? Number(bits !== 0) : bits;
}

function print(valued: Valued, value: FieldValue | undefined): string {
	if (value === undefined) return 'unknown';
	const isWord = valued.kind === 'register' && valued.mask === 0xffff;
	return isWord && typeof value === 'number' ? hex(value) : describeField(value);
}

/** A change, where it stands in the list, and how many accesses after it left the bits as they were. */
type Found = {readonly change: ValueChange; readonly place: number; readonly untouched: number};

/** The last change at or before a place of the list: of bits, accesses that leave them alone are passed over. */
function lastChange(changes: readonly ValueChange[], start: number, mask: number): Found | null {
	for (let place = start; place >= 0; place -= 1) {
		const change = changes[place];
		if (change === undefined) break;
		const [from, to] = [bitsOf(change.from, mask), bitsOf(change.to, mask)];
		if (mask === 0xffff || from !== to || change.from === undefined) {
			return {change: {...change, from, to}, place, untouched: start - place};
		}
	}
	return null;
}

function changeText(recording: Recording, valued: Valued, change: ValueChange): string {
	const [from, to] = [print(valued, change.from), print(valued, change.to)];
	const {name} = valued;
	const by = byWhom(recording, change.seq);
	switch (change.how) {
		case 'appeared':
			return `${name} was ${to} when the device appeared.`;
		case 'read': {
			const seen = valued.kind === 'register' ? `was read as ${to}${by}` : `was ${to} here`;
			return change.from === undefined
				? `${name} ${seen}: nothing recorded before tells it.`
				: `${name} ${seen}, although it was ${from}: nothing recorded changed it.`;
		}
		case 'written':
			break;
	}
	const unsaid = by === '' ? '; by whom is not recorded' : '';
	if (change.to === undefined)
		return `From here on ${name} is unknown: the probe's result is not recorded.`;
	if (change.from === undefined)
		return `${name} was set to ${to}${by}; nothing recorded before tells it${unsaid}.`;
	return change.from === change.to
		? `${name} was written with ${to}, which it was already,${by === '' ? ' by whom is not recorded' : by}.`
		: `${name} changed from ${from} to ${to}${by}${unsaid}.`;
}

/** Nodes whose callback puts back bit 10: of their own, and the shared one of older kernels. */
const restorers = new Set(['pcim_intx_restore', 'pcim_release']);

/** Where a release callback put back a bit: what the value came from. */
function restoredSteps(
	recording: Recording,
	valued: Valued,
	change: ValueChange,
): readonly WhyStep[] {
	if (valued.kind !== 'register' || valued.name !== 'INTX_DISABLE') return [];
	const pass = passAround(recording, valued.device, change.seq);
	const release = pass === null ? -1 : callbackAround(recording, pass, change.seq);
	const event = release < 0 ? null : recording.at(release);
	if (event?.type !== 'devres-release' || !restorers.has(event.name)) return [];
	const data = savedIn(recording, event, change.seq);
	if (data === null) return [];
	const {from, to, seq} = data;
	const was =
		from === undefined || from === to ? '' : `, where ${describeField(from)} had been saved before`;
	const text = `${nodeTitle(recording, event)} restored what its orig_intx said: ${print(valued, to)} was written to it${was}.`;
	return [fact(recording, seq, text)];
}

function savedIn(recording: Recording, id: NodeId, seq: number): ValueChange | null {
	const changes = changesOf(recording, {kind: 'data', node: id, name: 'orig_intx'});
	return changes.findLast((change) => change.seq < seq) ?? null;
}

/** What keeps a device enabled after its driver is gone. */
function pinnedSteps(recording: Recording, valued: Valued, position: number): readonly WhyStep[] {
	if (valued.kind !== 'field' || valued.name !== 'enable_count') return [];
	const pinned = changesOf(recording, {...valued, name: 'pinned'}).findLast(
		({seq}) => seq < position,
	);
	if (pinned?.to !== true) return [];
	const text = 'The device is pinned since then: releasing its nodes does not disable it.';
	return [fact(recording, pinned.seq, text)];
}

function notToldSteps(recording: Recording, valued: Valued, position: number): readonly WhyStep[] {
	const name = nameOf(recording, valued);
	if (valued.kind !== 'data') return [unknown(`No event before this position tells ${name}.`)];
	const history = historyOf(recording, valued.node);
	const added = history && lastOfNode(recording, history, position, 'devres-add');
	if (added === null || added === undefined)
		return [unknown(`No event before this position tells ${name}.`)];
	return [
		fact(
			recording,
			added.seq,
			`The node was added, and nothing recorded set its ${valued.name} since.`,
		),
	];
}

function linkSteps(
	recording: Recording,
	valued: Valued,
	{change, untouched}: Found,
): readonly WhyStep[] {
	const text = changeText(recording, valued, change);
	const plural = untouched === 1 ? 'access' : 'accesses';
	const kept = untouched === 0 ? '' : ` ${untouched} later ${plural} of the word left it so.`;
	const isConcluded = change.how === 'read' && change.from !== undefined;
	return [
		fact(recording, change.seq, text + kept, isConcluded),
		...restoredSteps(recording, valued, change),
	];
}

/**
Why something held its value at a position: the last `links` changes before it, latest first.

Of a register's bits only what changed them is told.
*/
export function whyValue(
	recording: Recording,
	position: number,
	valued: Valued,
	links: number,
): WhyAnswer {
	const changes = changesOf(recording, valued);
	const mask = valued.kind === 'register' ? valued.mask : 0xffff;
	const start = changes.findLastIndex(({seq}) => seq < position);
	let found = lastChange(changes, start, mask);
	const name = nameOf(recording, valued);
	const value = print(valued, found?.change.to);
	const question = `Why is ${name} ${value}?`;
	if (found === null) return answer(question, notToldSteps(recording, valued, position));
	const steps: WhyStep[] = [];
	for (let link = 0; found !== null && link < links; link += 1) {
		steps.push(...linkSteps(recording, valued, found));
		if (link === 0) steps.push(...pinnedSteps(recording, valued, position));
		found = lastChange(changes, found.place - 1, mask);
	}
	return {question, steps, more: found !== null};
}
