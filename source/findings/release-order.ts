import {isGroupMarker} from '../recording/group-marker.ts';
import {nodeKey} from '../recording/node-id.ts';
import type {NodeState, ReleasePass} from '../recording/state.ts';
import {nodeWords} from './node-words.ts';
import type {Report, Rule, Scene} from './rule.ts';

/** A pass that has begun to release. */
type Started = {
	/** Place on the todo list by node; those that were never seen to move have none. */
	readonly places: ReadonlyMap<string, number>;

	/** The node that was released last, its place and the `seq` of its REL; null before the first. */
	last: {readonly node: NodeState; readonly place: number; readonly seq: number} | null;
};

function reportOf(
	scene: Scene,
	device: string,
	released: {readonly node: NodeState; readonly seq: number},
	before: {readonly node: NodeState; readonly seq: number},
	isGuess: boolean,
): Report {
	const {recording, lives} = scene;
	const added = [released.node, before.node].flatMap(({added: seq, name}) =>
		seq === null ? [] : [{seq, text: `${name} is added`}],
	);
	return {
		device,
		severity: isGuess || lives.lost !== null ? 'warning' : 'error',
		message: `${nodeWords(recording, released.node)} was added after ${nodeWords(recording, before.node)} and released after it`,
		event: released.seq,
		evidence: [
			...added,
			{seq: before.seq, text: 'the older one goes first'},
			{seq: released.seq, text: 'the newer one goes behind it'},
		],
	};
}

/** I3: newest first, group markers before all others. */
export const releaseOrder: Rule = {
	name: 'release-order',
	severity: 'error',
	title: 'nodes are not released in the reverse order of their adding',
	invariant: 'I3',
	explanation:
		'devres releases what was added last first, since what was added later may use what was there before. Group ' +
		'markers go before all others, and a node that replaced another has its place. Any other order means that ' +
		'the list was corrupted, or that lines of the log are missing or out of order.',
	fixed: null,
	unjudged: ({releases}) => (releases ? null : 'the recording shows no release'),
	watch(scene) {
		const started = new WeakMap<ReleasePass, Started>();
		/** Devices whose lists an importer moved: it may err in where it puts the markers of groups. */
		const inferred = new Set<string>();
		const startedOf = (pass: ReleasePass): Started => {
			const known = started.get(pass);
			if (known !== undefined) return known;
			const places = new Map(pass.entries.map(({node}, place) => [nodeKey(node), place]));
			const fresh: Started = {places, last: null};
			started.set(pass, fresh);
			return fresh;
		};
		return {
			before: {
				'devres-move': ({inferred: isGuess, device = ''}) => {
					if (isGuess) inferred.add(device);
				},
				'devres-release': (event) => {
					const {device = '', seq} = event;
					const passes = scene.state.devices.get(device)?.passes ?? [];
					const pass = passes.findLast((each) => startedOf(each).places.has(nodeKey(event)));
					if (pass === undefined) return;
					const known = startedOf(pass);
					const place = known.places.get(nodeKey(event)) ?? 0;
					const node = pass.entries[place]?.node;
					const {last} = known;
					if (node === undefined) return;
					known.last = {node, place, seq};
					if (last === null || place <= last.place) return;
					const isGuess = inferred.has(device);
					if (isGuess && (isGroupMarker(node) || isGroupMarker(last.node))) return;
					scene.report(reportOf(scene, device, {node, seq}, last, isGuess));
				},
			},
		};
	},
};
