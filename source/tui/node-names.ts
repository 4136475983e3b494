import {countBelow} from '../debugger/call-index.ts';
import type {EventType} from '../recording/event.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';

/** Names nodes by their short numbers. That of an event's own node is known without looking for its address. */
export function nodeNamer(recording: Recording): (id: NodeId & {readonly seq?: number}) => string {
	return (id) =>
		`#${id.seq === undefined ? recording.nodeNumber(id) : recording.nodeNumberAt(id.seq)}`;
}

/** Where each address begins to stand for another node. */
type Owners = {readonly from: number[]; readonly numbers: number[]};

const startsNode: ReadonlySet<EventType> = new Set([
	'devres-alloc',
	'devres-add',
	'devres-release',
]);

const ownersByRecording = new WeakMap<Recording, ReadonlyMap<string, Owners>>();

function ownersIn(recording: Recording): ReadonlyMap<string, Owners> {
	let owners = ownersByRecording.get(recording);
	if (owners === undefined) {
		const found = new Map<string, Owners>();
		let latest = 0;
		for (let seq = 0; seq < recording.length; seq += 1) {
			const number = recording.nodeNumberAt(seq);
			// Nodes are numbered as they appear: a higher number is one that appears here.
			if (number <= latest || !startsNode.has(recording.typeAt(seq))) continue;
			latest = number;
			const node = recording.nodeWithNumber(number)?.node ?? '';
			const known = found.get(node);
			if (known === undefined) found.set(node, {from: [0], numbers: [number]});
			else {
				known.from.push(seq);
				known.numbers.push(number);
			}
		}
		owners = found;
		ownersByRecording.set(recording, owners);
	}
	return owners;
}

const address = /\b[0-9a-f]{16}\b/g;

/** A text of an event with every node's address replaced by the number that the node had there. */
export function withNodeNames(recording: Recording, text: string, seq: number): string {
	if (text.length < 16) return text;
	return text.replace(address, (found) => {
		const owners = ownersIn(recording).get(found);
		const number = owners?.numbers[countBelow(owners.from, seq + 1) - 1];
		return number === undefined ? found : `#${number}`;
	});
}
