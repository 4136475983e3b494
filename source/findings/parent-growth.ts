import {describeResult} from '../recording/describe.ts';
import {nodeKey} from '../recording/node-id.ts';
import {type NamedNode, nodeWords} from './node-words.ts';
import type {Rule} from './rule.ts';

/** A failed probe of one device that left a node on another. */
type Attempt = {readonly add: number; readonly end: number};

/** W13: what a probe allocates for its parent stays there when the probe fails. */
export const parentGrowth: Rule = {
	name: 'parent-growth',
	severity: 'warning',
	title: 'each failed probe of a child leaves nodes on its parent',
	invariant: 'I13',
	explanation:
		'A failed or deferred probe releases what its own device owns, and nothing else. What it allocated in the name of ' +
		'another device, most often its parent, stays there until that one is unbound: with each attempt the list grows. ' +
		'Allocate for the device that is probed, or put what is allocated for others into a group and release that.',
	fixed: null,
	unjudged: ({probes}) => (probes ? null : 'the recording does not show when probes begin'),
	watch(scene) {
		/** Nodes that a probe under way added to other devices, by context. */
		const given = new Map<
			string,
			(NamedNode & {readonly device: string; readonly seq: number})[]
		>();
		const probing = new Map<string, string>();
		const attempts = new Map<string, Attempt[]>();
		return {
			before: {
				'probe-begin': ({device = '', context}) => {
					probing.set(context, device);
					given.delete(context);
				},
				'devres-add': (event) => {
					const {context, device = '', node, generation, name, size, seq} = event;
					const probed = probing.get(context);
					if (probed === undefined || probed === device) return;
					const list = given.get(context) ?? [];
					given.set(context, list);
					list.push({node, generation, name, size, device, seq});
				},
				'probe-end': ({device = '', context, result, seq}) => {
					const list = probing.get(context) === device ? (given.get(context) ?? []) : [];
					probing.delete(context);
					given.delete(context);
					if (result === null || result >= 0) return;
					for (const node of list) {
						const head = scene.state.devices.get(node.device)?.devres_head ?? [];
						if (!head.some((each) => nodeKey(each) === nodeKey(node))) continue;
						const key = [device, node.device, node.name, node.size].join(' ');
						const known = attempts.get(key) ?? [];
						attempts.set(key, known);
						known.push({add: node.seq, end: seq});
						if (known.length !== 2) continue;
						scene.report({
							device: node.device,
							message: `Each failed probe of ${device} adds ${nodeWords(scene.recording, node)} to ${node.device}, where it stays`,
							event: node.seq,
							evidence: known.flatMap(({add, end}) => [
								{seq: add, text: `ADD to ${node.device}`},
								{seq: end, text: `the probe of ${device} ends with ${describeResult(result)}`},
							]),
						});
					}
				},
			},
		};
	},
};
