import type {RecordedEvent} from '../recording/event.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {type ExpressionValue, numberValue, type PlainValue} from './device-map.ts';
import {historyOf} from './node-index.ts';

type NodeEvent = RecordedEvent & NodeId;

/** A move or a change of data doesn't repeat the name. */
function labelOf(recording: Recording, event: NodeEvent) {
	return 'name' in event && 'size' in event ? event : historyOf(recording, event);
}

type NodeFieldMaker = (recording: Recording, event: NodeEvent) => PlainValue;

const nodeFields: ReadonlyMap<string, NodeFieldMaker> = new Map<string, NodeFieldMaker>([
	['name', (recording, event) => labelOf(recording, event)?.name ?? null],
	[
		'size',
		(recording, event) => {
			const size = labelOf(recording, event)?.size ?? null;
			return size === null ? null : numberValue(size);
		},
	],
	['address', (_, event) => event.node],
	['number', (recording, event) => numberValue(recording.nodeNumberAt(event.seq))],
]);

/** A field of the node that an event is of; null for one that nodes don't have. */
export function nodeField(recording: Recording, event: NodeEvent, field: string): PlainValue {
	return nodeFields.get(field)?.(recording, event) ?? null;
}

/** The node that an event is of, as a map. */
export function eventNode(recording: Recording, event: NodeEvent): ExpressionValue {
	const node = new Map<string, ExpressionValue>();
	for (const [field, make] of nodeFields) node.set(field, make(recording, event));
	return node;
}
