import {nodeKey} from '../recording/node-id.ts';
import type {Evidence} from './finding.ts';
import {fixOfLateAdd} from './known-fixes.ts';
import type {LateAdd, Life, Pass} from './life.ts';
import {nodeWords} from './node-words.ts';
import type {Report, Rule, Scene} from './rule.ts';

function whereWords(scene: Scene, {inside, proof}: LateAdd): string {
	if (inside === null) return 'while its device is being released';
	const how = proof === 'call' ? '' : ', as the order of the log lines shows';
	return `inside the release callback of #${scene.recording.nodeNumber(inside)} ${inside.name}${how}`;
}

function evidenceOf(pass: Pass, add: LateAdd): readonly Evidence[] {
	const {inside, release} = add;
	return [
		...(release === pass.begin
			? []
			: [{seq: pass.begin, text: 'the release begins, with all that is on the list'}]),
		...(inside === null || release === null ? [] : [{seq: release, text: 'its callback begins'}]),
		{seq: add.seq, text: 'too late for this release'},
		...(pass.end === null ? [] : [{seq: pass.end, text: 'the release ends without it'}]),
	];
}

/** What stays is a bug; what another task adds, or what is taken back, is only worth knowing. */
function judge(scene: Scene, life: Life, pass: Pass, add: LateAdd, stays: boolean): Report | null {
	if (add.proof === null) return null;
	const isLegal = add.stranger || !stays || pass.kind === 'group';
	const node = nodeWords(scene.recording, add);
	const who = add.stranger ? 'while another task releases its device' : whereWords(scene, add);
	const then = stays ? '' : '; it was taken back before the end';
	const doubt = pass.lossy ? '; events were lost, so the release may have been over' : '';
	return {
		device: life.device,
		severity: isLegal ? 'note' : pass.lossy ? 'warning' : 'error',
		message: `${node} was added ${who}${then}${doubt}`,
		event: add.seq,
		evidence: evidenceOf(pass, add),
		fixed: isLegal ? null : fixOfLateAdd(add.name, add.inside?.name ?? null),
	};
}

/** I2: a node that is added in the midst of a release is in no pass, and stays. */
export const addDuringRelease: Rule = {
	name: 'add-during-release',
	severity: 'error',
	title: 'a node is added while its device is being released',
	invariant: 'I2',
	explanation:
		'devres_release_all() first takes all nodes from devres_head to a private list, and then calls their release ' +
		'callbacks one by one. A callback that adds a node puts it on devres_head, which this release has already ' +
		'emptied: nobody releases it, it outlives its driver, and the next probe of the device is refused.',
	fixed: null,
	unjudged: ({releases}) => (releases ? null : 'the recording shows no release'),
	watch(scene) {
		const judgePass = (life: Life, pass: Pass) => {
			if (pass.adds.length === 0) return;
			const head = scene.state.devices.get(life.device)?.devres_head ?? [];
			const listed = new Set(head.map(nodeKey));
			for (const add of pass.adds) {
				const report = judge(scene, life, pass, add, listed.has(nodeKey(add)));
				if (report !== null) scene.report(report);
			}
		};
		return {
			after: {
				'release-end': ({device = '', seq}) => {
					const life = scene.lives.of(device);
					if (life.lastPass?.end === seq) judgePass(life, life.lastPass);
				},
			},
			end() {
				for (const life of scene.lives.all()) for (const pass of life.passes) judgePass(life, pass);
			},
		};
	},
};
