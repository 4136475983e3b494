import {groupCloseName, groupOpenName} from '../recording/group-marker.ts';
import type {NodeState} from '../recording/state.ts';
import {countWords} from './node-words.ts';
import type {Rule, Scene} from './rule.ts';

/** Start markers on a list that have no end marker, the newest of them where the log does not tell which. */
function openGroups(scene: Scene, device: string): readonly NodeState[] {
	const head = scene.state.devices.get(device)?.devres_head ?? [];
	const opens: NodeState[] = [];
	for (const node of head) {
		if (node.name === groupOpenName) opens.push(node);
		if (node.name !== groupCloseName) continue;
		const named = opens.findIndex(({node: address}) => address === node.data['open']);
		opens.splice(named === -1 ? opens.length - 1 : named, 1);
	}
	return opens;
}

/** A group that nobody closed or removed. */
export const openGroup: Rule = {
	name: 'open-group',
	severity: 'note',
	title: 'a group is still open when it is released, or at the end',
	invariant: 'I1',
	explanation:
		'A group marks a stretch of devres_head, to be released or forgotten as a whole. One that is never closed reaches to ' +
		'the end of the list: releasing it takes all that came later, too. At unbind it is released like everything ' +
		'else, so this is no leak; but who opened it most likely forgot to close or remove it.',
	fixed: null,
	unjudged: ({nodes}) => (nodes ? null : 'the recording tells of no node'),
	watch(scene) {
		const report = (device: string, seq: number, when: string) => {
			const open = openGroups(scene, device);
			const first = open[0];
			if (first === undefined) return;
			scene.report({
				device,
				message: `${countWords(open.length, 'group')} of ${device} ${open.length === 1 ? 'is' : 'are'} still open ${when}`,
				event: first.added ?? seq,
				evidence: [
					...open.map(({added}) => ({seq: added ?? seq, text: 'opened here'})),
					{seq, text: when},
				],
			});
		};
		return {
			before: {
				'devres-move': ({device = '', seq}) => {
					// At the first node that moves, all markers are still on the list.
					if (scene.lives.of(device).passes.at(-1)?.begin !== seq) return;
					const frames = scene.state.contexts.get(scene.recording.at(seq).context) ?? [];
					if (frames.some(({fn}) => fn === 'devres_release_group')) return;
					if (scene.lives.of(device).unbind !== null) report(device, seq, 'when the driver goes');
				},
			},
			end() {
				const last = scene.recording.length - 1;
				for (const life of scene.lives.all()) {
					if (life.probe === null && life.passes.length === 0) {
						report(life.device, last, 'at the end of the recording');
					}
				}
			},
		};
	},
};
