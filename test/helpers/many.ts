import type {UnplacedEvent} from '../../source/recording/event.ts';
import {place} from '../../source/recording/fold.ts';
import {createRecording, noLines, type Recording} from '../../source/recording/recording.ts';

/** A recording that adds `nodes` nodes to each of `devices` devices, one call each. */
export function manyNodes(devices: number, nodes: number): Recording {
	const events: UnplacedEvent[] = [];
	for (let number = 0; number < devices; number += 1) {
		const device = `0000:${number.toString(16).padStart(2, '0')}:00.0`;
		const base = {time: number, context: 'modprobe-1', device};
		for (let index = 0; index < nodes; index += 1) {
			const node = (number * nodes + index).toString(16).padStart(16, '0');
			events.push({...base, type: 'call', fn: 'devres_add', args: {dev: device}});
			events.push({
				...base,
				type: 'devres-add',
				node,
				generation: 0,
				name: 'devm_kzalloc_release',
				size: 16,
			});
			events.push({...base, type: 'return', fn: 'devres_add'});
		}
	}
	return createRecording(
		{
			source: {kind: 'import', path: null, kernel: null},
			title: 'many',
			lines: noLines,
			breakpoints: [],
			text: [],
		},
		events.map(place),
	);
}
