import {type NodeId, nodeKey, sameNode} from './node-id.ts';
import type {DeviceState, NodeState, ReleasePass} from './state.ts';

/** The pass that nodes are moved to now: a new one where all have begun to release. */
export function passFor(device: DeviceState, context: string): ReleasePass {
	const innermost = device.passes.at(-1);
	if (innermost !== undefined && !innermost.started) return innermost;
	const pass: ReleasePass = {context, entries: [], started: false, releasing: null};
	device.passes.push(pass);
	return pass;
}

/** Index of each entry by key, for passes that release in an order of their own. Derived: no part of the state. */
const placesOf = new WeakMap<ReleasePass, Map<string, number>>();

/** Adds a node that waits for its release. */
export function appendEntry(pass: ReleasePass, node: NodeState): void {
	placesOf.get(pass)?.set(nodeKey(node), pass.entries.length);
	pass.entries.push({node, stage: 'waiting'});
}

function placeIn(pass: ReleasePass, id: NodeId): number | undefined {
	let places = placesOf.get(pass);
	if (places === undefined) {
		places = new Map(pass.entries.map(({node}, index) => [nodeKey(node), index]));
		placesOf.set(pass, places);
	}
	return places.get(nodeKey(id));
}

/** Finds the entry among all passes, innermost first: mostly it is the one before the last that was released. */
export function entryOf(
	device: DeviceState,
	id: NodeId,
): {pass: ReleasePass; index: number} | null {
	for (let p = device.passes.length - 1; p >= 0; p -= 1) {
		const pass = device.passes[p];
		if (pass === undefined) continue;
		const current = pass.releasing ?? pass.entries.length;
		for (const index of [current, current - 1]) {
			const expected = pass.entries[index];
			if (expected !== undefined && sameNode(expected.node, id)) return {pass, index};
		}
		const index = placeIn(pass, id);
		if (index !== undefined) return {pass, index};
	}
	return null;
}

/** Says how far the release of an entry is. */
export function setStage(pass: ReleasePass, index: number, stage: 'releasing' | 'released'): void {
	const entry = pass.entries[index];
	if (entry !== undefined) pass.entries[index] = {node: entry.node, stage};
}

/** A callback is over when the next one of its pass begins, whether or not the log says so. */
export function startReleasing(pass: ReleasePass, index: number): void {
	const previous = pass.releasing === null ? undefined : pass.entries[pass.releasing];
	if (pass.releasing !== null && previous?.stage === 'releasing') {
		setStage(pass, pass.releasing, 'released');
	}
	pass.started = true;
	pass.releasing = index;
	setStage(pass, index, 'releasing');
}
