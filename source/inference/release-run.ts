import {isGroupMarker} from '../recording/group-marker.ts';
import type {LogNode, Run} from './log-node.ts';
import type {Place} from './log-place.ts';
import {type Removal, removedByAll, removedByGroup} from './removed-nodes.ts';

/** The pass is to release the node. */
export function entrust(run: Run, node: LogNode): void {
	node.pass = run;
	run.waiting += 1;
}

/** Whether the release of a node can be part of the pass. */
export function isMember(run: Run, node: LogNode): boolean {
	return node.pass === run || (run.late && !node.listed);
}

/** Whether a release is part of the pass: one task does all of a pass. */
export function isPart(run: Run, {context}: Place, node: LogNode): boolean {
	return run.context === context && isMember(run, node);
}

/** What left the list before this first release; null where the log leaves that open. */
export function removalOf(list: readonly LogNode[], first: LogNode): Removal<LogNode> | null {
	const all = removedByAll(list);
	if (all.moved.at(-1) === first || !list.some(isGroupMarker)) return all;
	return removedByGroup(list, first);
}
