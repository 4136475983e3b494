import {watchEndings} from './ended-nodes.ts';
import {nodeWords} from './node-words.ts';
import type {Rule} from './rule.ts';
import {mayComeUnseen} from './unseen-nodes.ts';

/** I1: a node ends once. */
export const doubleRelease: Rule = {
	name: 'double-release',
	severity: 'error',
	title: 'a node is released or removed twice',
	invariant: 'I1',
	explanation:
		'A node ends once: its callback is called and it is freed (REL), or its owner takes it from the list (REM). A second ' +
		'end without an ADD between them means that the resource is freed twice. Addresses are used again, so the ' +
		'rule judges only where the recording tells of every ADD.',
	fixed: null,
	unjudged: ({nodes, lists}) =>
		nodes && lists ? null : 'the recording does not show all nodes of any device',
	watch: (scene) =>
		watchEndings((event, {ended}) => {
			const {device = '', seq} = event;
			const {knownFrom} = scene.lives.of(device);
			// An ADD between may be missing where the recording is.
			if (ended === null || knownFrom === null || knownFrom > ended || mayComeUnseen(event)) return;
			const op = event.type === 'devres-release' ? 'released' : 'removed';
			scene.report({
				device,
				message: `${nodeWords(scene.recording, event)} was ${op} again, without being added in between`,
				event: seq,
				evidence: [
					{seq: ended, text: 'its first end'},
					{seq, text: 'its second'},
				],
			});
		}),
};
