import {describeResult} from '../recording/describe.ts';
import {errnoName} from '../recording/errno.ts';
import {isGroupMarker} from '../recording/group-marker.ts';
import {listWords} from './node-words.ts';
import type {Rule} from './rule.ts';

/** I13: what a failed probe added is released before it is over. */
export const failedProbeLeaves: Rule = {
	name: 'failed-probe-leaves',
	severity: 'error',
	title: 'a failed probe leaves nodes on its device',
	invariant: 'I13',
	explanation:
		'When probe() returns an error, the driver core releases what it added, in reverse order, so that the device is ' +
		'as it was. What is left after that makes every further probe fail with "Resources present before probing".',
	fixed: null,
	unjudged: ({probes}) => (probes ? null : 'the recording does not show when probes end'),
	watch: (scene) => ({
		before: {
			'probe-end': ({device = '', result, driver, seq}) => {
				const life = scene.lives.of(device);
				const {probe} = life;
				if (result === null || result >= 0 || probe === null) return;
				const {lost} = scene.lives;
				if (lost !== null && lost > probe.begin) return;
				const head = scene.state.devices.get(device)?.devres_head ?? [];
				const left = head.filter(
					(node) => node.added !== null && node.added > probe.begin && !isGroupMarker(node),
				);
				if (left.length === 0) return;
				const name = errnoName(result) === null ? `${result}` : describeResult(result);
				scene.report({
					device,
					message: `The probe of ${driver ?? 'a driver'} failed with ${name} and left ${listWords(scene.recording, left)}`,
					event: seq,
					evidence: [
						{seq: probe.begin, text: 'the probe begins'},
						...left.map((node) => ({seq: node.added ?? seq, text: 'added'})),
						{seq, text: 'the probe ends, all is released'},
					],
				});
			},
		},
	}),
};
