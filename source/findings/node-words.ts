import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';

/** A node by what a log tells of it. */
export type NamedNode = NodeId & {readonly name: string; readonly size: number};

/** Nodes of one sentence that are named; the rest is counted. */
const namedAtOnce = 4;

/** `#28 pcim_intx_restore (4 bytes)`: its number in the recording, its name and its size. */
export function nodeWords(recording: Recording, node: NamedNode): string {
	return `#${recording.nodeNumber(node)} ${node.name} (${node.size} bytes)`;
}

/** The first few nodes of a list, and how many more there are. */
export function listWords(recording: Recording, nodes: readonly NamedNode[]): string {
	const more = nodes.length - namedAtOnce;
	const shown = nodes.slice(0, namedAtOnce).map((node) => nodeWords(recording, node));
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** `1 node`, `2 nodes`. */
export function countWords(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
