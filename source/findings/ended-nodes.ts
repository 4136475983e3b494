import type {RecordedEvent} from '../recording/event.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {Watch} from './rule.ts';

/** The ways in which the log ends a node. */
export type Ending = Extract<RecordedEvent, {type: 'devres-release' | 'devres-remove'}>;

/** What was known of a node when it ended. */
export type Past = {
	/** It was added, and did not end since. */
	readonly alive: boolean;

	/** `seq` at which it ended before; null where it did not since it was added. */
	readonly ended: number | null;
};

/** Calls `look` at each REL and REM with what was known of the node before. */
export function watchEndings(look: (event: Ending, past: Past) => void): Watch {
	const alive = new Set<string>();
	const ended = new Map<string, number>();
	const keyOf = (device: string | undefined, id: NodeId) => `${device} ${nodeKey(id)}`;
	const end = (event: Ending) => {
		const key = keyOf(event.device, event);
		look(event, {alive: alive.has(key), ended: ended.get(key) ?? null});
		alive.delete(key);
		ended.set(key, event.seq);
	};
	return {
		before: {
			'devres-add': (event) => {
				const key = keyOf(event.device, event);
				alive.add(key);
				ended.delete(key);
			},
			'devres-replace': (event) => {
				alive.delete(keyOf(event.device, event));
				if (event.by !== undefined) alive.add(keyOf(event.device, event.by));
			},
			'devres-unlink': (event) => {
				alive.delete(keyOf(event.device, event));
			},
			'devres-release': end,
			'devres-remove': end,
		},
	};
}
