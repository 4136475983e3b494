import {isGroupMarker} from '../recording/group-marker.ts';
import type {NodeState} from '../recording/state.ts';
import type {Evidence} from './finding.ts';
import {fixOfLateAdd} from './known-fixes.ts';
import type {Life, Pass} from './life.ts';
import {countWords, listWords} from './node-words.ts';
import type {Rule, Scene} from './rule.ts';

/** Nodes on the list that came while everything was taken from it, by the task that took it. */
function leftBy(scene: Scene, life: Life, pass: Pass): readonly NodeState[] {
	const late = new Set(
		pass.adds.filter(({proof, stranger}) => proof !== null && !stranger).map(({seq}) => seq),
	);
	const head = scene.state.devices.get(life.device)?.devres_head ?? [];
	return head.filter((node) => node.added !== null && late.has(node.added) && !isGroupMarker(node));
}

/** Of the first node that has one. */
function fixOf({adds}: Pass, left: readonly NodeState[]): string | null {
	const seqs = new Set(left.map(({added}) => added));
	const fixes = adds
		.filter(({seq}) => seqs.has(seq))
		.map(({name, inside}) => fixOfLateAdd(name, inside?.name ?? null));
	return fixes.find((fix) => fix !== null) ?? null;
}

function reasonWords({driver}: Life, {reason}: Pass): string {
	const name = driver === null ? 'its driver' : driver;
	if (reason === 'unbind') return `after ${name} was unbound`;
	return reason === 'failed probe' ? `after the failed probe of ${name}` : 'after its release';
}

function evidenceOf(pass: Pass, left: readonly NodeState[], end: number): readonly Evidence[] {
	return [
		{seq: pass.begin, text: 'the release begins'},
		...left.map(({added}) => ({seq: added ?? end, text: 'added meanwhile'})),
		{seq: end, text: 'the release ends'},
	];
}

/** What is on the list when everything was released. */
export const leak: Rule = {
	name: 'leak',
	severity: 'error',
	title: 'nodes are left when everything was released',
	invariant: 'I1',
	explanation:
		'When a driver lets a device go, devres releases all that the device owns, and devres_head must be empty then. ' +
		'A node that is left keeps its resource, and nothing but the removal of the device from its bus frees it: ' +
		'until then no driver can be bound to the device.',
	fixed: null,
	unjudged: ({releases}) => (releases ? null : 'the recording shows no release'),
	watch: (scene) => ({
		after: {
			'release-end': ({device = '', seq}) => {
				const life = scene.lives.of(device);
				const pass = life.lastPass;
				// What a failed probe leaves is another rule's.
				if (pass?.end !== seq || pass.kind !== 'all' || pass.reason === 'failed probe') return;
				const left = leftBy(scene, life, pass);
				if (left.length === 0) return;
				const nodes = listWords(scene.recording, left);
				const doubt = pass.lossy ? '; events were lost meanwhile' : '';
				scene.report({
					device,
					severity: pass.lossy ? 'warning' : 'error',
					message: `${countWords(left.length, 'node')} left on devres_head ${reasonWords(life, pass)}: ${nodes}${doubt}`,
					event: seq,
					evidence: evidenceOf(pass, left, seq),
					fixed: fixOf(pass, left),
				});
			},
		},
	}),
};
