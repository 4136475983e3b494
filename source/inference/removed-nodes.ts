// Models remove_nodes() of drivers/base/devres.c, 6.1 to 6.12, over a list that a log told: who leaves it, in which order.

import {groupCloseName, groupOpenName, isGroupMarker} from '../recording/group-marker.ts';

/** Of a node on the list, only its name counts: markers have names of their own. */
type Named = {readonly name: string};

/** What one run of remove_nodes() does to a list. */
export type Removal<T extends Named> = {
	/** Nodes for the todo list, in its order: ordinary ones, then open markers of groups. */
	readonly moved: readonly T[];

	/** Close markers, which vanish without a word. */
	readonly unlinked: readonly T[];
};

/** A list with more groups than any driver opens is not worth guessing about. */
const mostGroups = 64;

/** Close marker of each open marker; null for a group that is open. A close marker closes the newest group still open. */
function groupsOf<T extends Named>(list: readonly T[]): Map<T, T | null> {
	const groups = new Map<T, T | null>();
	const open: T[] = [];
	for (const node of list) {
		if (node.name === groupOpenName) {
			groups.set(node, null);
			open.push(node);
		} else if (node.name === groupCloseName) {
			const newest = open.pop();
			if (newest !== undefined) groups.set(newest, node);
		}
	}
	return groups;
}

/** Takes a part of a list: its ordinary nodes, and the groups of which no marker is outside. */
function removeNodes<T extends Named>(
	part: readonly T[],
	groups: ReadonlyMap<T, T | null>,
): Removal<T> {
	const opens = new Map(Array.from(groups, ([open, close]) => [close, open]));
	const seen = new Set<T>();
	const moved = part.filter((node) => !isGroupMarker(node));
	const unlinked: T[] = [];
	for (const node of part) {
		if (node.name === groupOpenName) {
			seen.add(node);
			if (groups.get(node) === null) moved.push(node);
		}
		const open = node.name === groupCloseName ? opens.get(node) : undefined;
		if (open !== undefined && seen.has(open)) {
			moved.push(open);
			unlinked.push(node);
		}
	}
	return {moved, unlinked};
}

/** What devres_release_all() takes: everything. */
export function removedByAll<T extends Named>(list: readonly T[]): Removal<T> {
	if (!list.some(isGroupMarker)) return {moved: list.slice(), unlinked: []};
	return removeNodes(list, groupsOf(list));
}

/** The close marker that goes when the group's open marker is removed; null where the group is open or not known. */
export function closeMarkerOf<T extends Named>(list: readonly T[], open: T): T | null {
	return groupsOf(list).get(open) ?? null;
}

/** What devres_release_group() took, judged by the node it releases first; null where none or several groups would fit. */
export function removedByGroup<T extends Named>(list: readonly T[], first: T): Removal<T> | null {
	const fitting: Removal<T>[] = [];
	const groups = groupsOf(list);
	if (groups.size > mostGroups) return null;
	for (const [open, close] of groups) {
		const start = list.indexOf(open);
		const end = close === null ? list.length : list.indexOf(close) + 1;
		const removal = removeNodes(list.slice(start, end), groups);
		if (removal.moved.at(-1) === first) fitting.push(removal);
	}
	return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
