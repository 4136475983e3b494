import type {RecordedEvent} from '../recording/event.ts';
import {nodeWords} from './node-words.ts';
import type {Rule} from './rule.ts';

/** I11: the handler goes before what it reads. */
export const irqOutlivesMemory: Rule = {
	name: 'irq-outlives-memory',
	severity: 'error',
	title: 'memory goes while an interrupt handler that reads it is installed',
	invariant: 'I11',
	explanation:
		'An interrupt can arrive until free_irq() returns. Memory that the handler reads must live longer: a driver that ' +
		'frees it by hand while devres still has the handler, or that asked for the interrupt before it allocated, ' +
		'has a moment in which an interrupt reads freed memory. Which memory that is, only a scenario tells.',
	fixed: null,
	unjudged: ({handlers}) => (handlers ? null : 'the recording does not tell what handlers read'),
	watch(scene) {
		const requested = new Map<string, number>();
		const look = (event: Extract<RecordedEvent, {type: 'devres-release' | 'devres-remove'}>) => {
			const {device = '', node, seq} = event;
			const {irq_reads: reads, irqaction: handler} = scene.state.devices.get(device)?.data ?? {};
			if (reads !== node || handler === null || handler === undefined) return;
			const how = event.type === 'devres-release' ? 'is released' : 'is taken from the list';
			const asked = requested.get(device);
			scene.report({
				device,
				message: `${nodeWords(scene.recording, event)} ${how} while the handler ${handler} that reads it is installed`,
				event: seq,
				evidence: [
					...(asked === undefined
						? []
						: [{seq: asked, text: `the handler ${handler} is installed`}]),
					{seq, text: 'its memory goes'},
				],
			});
		};
		return {
			before: {
				'device-data': ({device = '', field, value, seq}) => {
					if (field === 'irqaction' && value !== null) requested.set(device, seq);
				},
				'devres-release': look,
				'devres-remove': look,
			},
		};
	},
};
