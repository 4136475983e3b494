import {nodeWords} from './node-words.ts';
import type {Rule} from './rule.ts';

/** Nodes of which a device has one at most. Not `devm_attr_group_remove`, of which every sysfs group has one. */
const singletons = new Set([
	'pcim_intx_restore',
	'pcim_msi_release',
	'msi_device_data_release',
	'pcim_iomap_release',
	'pcim_release',
]);

/** I6: find-or-create finds. */
export const duplicateSingleton: Rule = {
	name: 'duplicate-singleton',
	severity: 'error',
	title: 'a device has two nodes of a kind of which there is one',
	invariant: 'I6',
	explanation:
		'Some nodes hold what the kernel knows of a device as a whole, such as how INTx was before. They are looked for ' +
		'before one is made. Two of them mean that two tasks made one at the same time, since looking and adding ' +
		'are two steps, or that one could not be seen because it was being released.',
	fixed: null,
	unjudged: ({nodes}) => (nodes ? null : 'the recording tells of no node'),
	watch: (scene) => ({
		before: {
			'devres-add': (event) => {
				const {device = '', name, seq} = event;
				if (!singletons.has(name)) return;
				const head = scene.state.devices.get(device)?.devres_head ?? [];
				const first = head.find((node) => node.name === name);
				if (first === undefined) return;
				const {lost} = scene.lives;
				// What ended the first may be among what was lost.
				if (lost !== null && lost > (first.added ?? -1)) return;
				scene.report({
					device,
					message: `${nodeWords(scene.recording, event)} was added while ${nodeWords(scene.recording, first)} is there`,
					event: seq,
					evidence: [
						...(first.added === null ? [] : [{seq: first.added, text: 'ADD of the first'}]),
						{seq, text: 'ADD of the second'},
					],
				});
			},
		},
	}),
};
