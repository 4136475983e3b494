import {watchEndings} from './ended-nodes.ts';
import {nodeWords} from './node-words.ts';
import type {Rule} from './rule.ts';
import {mayComeUnseen} from './unseen-nodes.ts';

/** I1: what ends was added. */
export const unknownRelease: Rule = {
	name: 'unknown-release',
	severity: 'error',
	title: 'a node is released or removed that was never added',
	invariant: 'I1',
	explanation:
		'Every REL or REM has its ADD on the same device. One without means that a node was freed through a device that ' +
		'does not own it, or that the list is corrupted. A recording that starts late or lost events has many such ' +
		'lines, so the rule judges a device only from where its whole list is known.',
	fixed: null,
	unjudged: ({nodes, lists}) =>
		nodes && lists ? null : 'the recording does not show all nodes of any device',
	watch: (scene) =>
		watchEndings((event, {alive, ended}) => {
			const {device = '', seq} = event;
			const {knownFrom} = scene.lives.of(device);
			if (alive || ended !== null || knownFrom === null || mayComeUnseen(event)) return;
			const op = event.type === 'devres-release' ? 'released' : 'removed';
			scene.report({
				device,
				message: `${nodeWords(scene.recording, event)} was ${op}, and ${device} never got it`,
				event: seq,
				evidence: [
					{seq: knownFrom, text: 'from here on every node of the device is known'},
					{seq, text: event.type === 'devres-release' ? 'REL without ADD' : 'REM without ADD'},
				],
			});
		}),
};
