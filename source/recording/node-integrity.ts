import type {RecordedEvent} from './event.ts';
import {isGroupMarker} from './group-marker.ts';
import type {IntegrityOptions, Report, Rules} from './integrity-rules.ts';
import {type NodeId, nodeKey} from './node-id.ts';

/** Where a node is: allocated, on `devres_head`, on a todo list, unlinked by its owner, or over. */
type Place = 'loose' | 'listed' | 'todo' | 'removed' | 'released' | 'freed';

type Pass = {
	readonly nodes: Set<string>;

	/** Nodes that are no group markers and were moved here. */
	moved: number;

	/** Members that were never seen added: the pass began with more than the recording knows. */
	strangers: number;
	started: boolean;
};

type Tracker = {
	readonly options: IntegrityOptions;
	readonly places: Map<string, Place>;

	/** Keys of group markers: they don't count as released nodes. */
	readonly markers: Set<string>;

	/** By device, outermost first. */
	readonly passes: Map<string, Pass[]>;

	/** The source has lost something: what is missing may have happened. */
	lossy: boolean;
};

function passesOf(tracker: Tracker, device: string | undefined): Pass[] {
	const key = device ?? '';
	const passes = tracker.passes.get(key) ?? [];
	tracker.passes.set(key, passes);
	return passes;
}

/** The pass that gathers nodes now: none of them was released yet. */
function gatheringPass(passes: Pass[]): Pass {
	const last = passes.at(-1);
	if (last !== undefined && !last.started) return last;
	const pass: Pass = {nodes: new Set(), moved: 0, strangers: 0, started: false};
	passes.push(pass);
	return pass;
}

/** Takes a node from a list it must be on; a node from before the recording may be anywhere. */
function expectPlace(
	tracker: Tracker,
	id: NodeId,
	allowed: readonly Place[],
	report: Report,
	rule: string,
): void {
	const place = tracker.places.get(nodeKey(id));
	if (place !== undefined && allowed.includes(place)) return;
	if (place === undefined && tracker.options.lateStart && rule !== 'move-of-listed') return;
	report(rule, `${nodeKey(id)} is ${place ?? 'not known'}`);
}

function checkRelease(
	tracker: Tracker,
	event: Extract<RecordedEvent, {type: 'devres-release'}>,
	report: Report,
): void {
	const key = nodeKey(event);
	const place = tracker.places.get(key);
	if (place === 'released' || place === 'freed') {
		report('released-once', `${key} was released before`);
		return;
	}
	// A trace may hide which nodes went along; then those that are listed are released from there.
	const allowed: readonly Place[] = tracker.options.lateStart ? ['todo', 'listed'] : ['todo'];
	expectPlace(tracker, event, allowed, report, 'release-of-todo');
	const passes = passesOf(tracker, event.device);
	let pass = passes.findLast(({nodes}) => nodes.has(key));
	if (pass === undefined) {
		pass = passes.at(-1) ?? gatheringPass(passes);
		pass.nodes.add(key);
		pass.strangers += 1;
	}
	pass.started = true;
	tracker.places.set(key, 'released');
}

function checkMove(
	tracker: Tracker,
	event: Extract<RecordedEvent, {type: 'devres-move'}>,
	report: Report,
): void {
	const key = nodeKey(event);
	expectPlace(tracker, event, ['listed'], report, 'move-of-listed');
	const pass = gatheringPass(passesOf(tracker, event.device));
	pass.nodes.add(key);
	if (!tracker.markers.has(key)) pass.moved += 1;
	tracker.places.set(key, 'todo');
}

function checkReleaseEnd(
	tracker: Tracker,
	event: Extract<RecordedEvent, {type: 'release-end'}>,
	report: Report,
): void {
	const pass = passesOf(tracker, event.device).pop();
	if (pass === undefined) {
		report('end-of-pass', `${event.device} has no release pass to end`);
		return;
	}
	for (const key of tracker.lossy ? [] : pass.nodes) {
		if (tracker.places.get(key) === 'todo') report('end-of-pass', `${key} was not released`);
	}
	if (event.count !== null && pass.strangers === 0 && pass.moved !== event.count) {
		report('release-count', `${pass.moved} nodes were moved, not ${event.count}`);
	}
}

function checkAdd(
	tracker: Tracker,
	event: Extract<RecordedEvent, {type: 'devres-add'}>,
	report: Report,
): void {
	const key = nodeKey(event);
	const place = tracker.places.get(key);
	if (place !== undefined && place !== 'loose' && place !== 'removed') {
		report('add-of-unlisted', `${key} is ${place}`);
	}
	tracker.places.set(key, 'listed');
	if (isGroupMarker(event)) tracker.markers.add(key);
}

function checkNode(tracker: Tracker, event: RecordedEvent, report: Report): void {
	const {places} = tracker;
	switch (event.type) {
		case 'devres-alloc':
			if (places.has(nodeKey(event))) report('new-identity', `${nodeKey(event)} exists already`);
			places.set(nodeKey(event), 'loose');
			break;
		case 'devres-add':
			checkAdd(tracker, event, report);
			break;
		case 'devres-move':
			checkMove(tracker, event, report);
			break;
		case 'devres-release':
			checkRelease(tracker, event, report);
			break;
		case 'devres-remove':
		case 'devres-replace':
			expectPlace(tracker, event, ['listed'], report, 'remove-of-listed');
			places.set(nodeKey(event), 'removed');
			if (event.type === 'devres-replace' && event.by) places.set(nodeKey(event.by), 'listed');
			break;
		case 'devres-unlink':
			expectPlace(tracker, event, ['listed'], report, 'unlink-of-listed');
			places.set(nodeKey(event), 'freed');
			break;
		case 'devres-free':
			expectPlace(tracker, event, ['loose', 'removed', 'released'], report, 'free-of-unlisted');
			places.set(nodeKey(event), 'freed');
			break;
		case 'devres-data':
			expectPlace(
				tracker,
				event,
				['loose', 'listed', 'todo', 'removed', 'released'],
				report,
				'data-of-living',
			);
			break;
		case 'release-end':
			checkReleaseEnd(tracker, event, report);
			break;
		case 'lost':
			tracker.lossy = true;
			break;
		case 'boot':
			places.clear();
			tracker.markers.clear();
			tracker.passes.clear();
			break;
	}
}

/** Nodes go from list to list as `devres_head`, todo lists and their owners pass them on; each ends once. */
export function nodeRules(options: IntegrityOptions): Rules {
	const tracker: Tracker = {
		options,
		places: new Map(),
		markers: new Set(),
		passes: new Map(),
		lossy: false,
	};
	return (event, report) => checkNode(tracker, event, report);
}
