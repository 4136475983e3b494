import {expect} from 'vitest';
import {describe as describeEvent} from '../../source/recording/describe.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {imported} from './real-recordings.ts';

/** Imports a drawn trace and checks that it contradicts nothing. */
export function readGraph(picture: string): Recording {
	const lines = picture.split('\n').map((line) => line.replace(/^\t+/, ''));
	const recording = imported(`# tracer: function_graph\n${lines.join('\n')}\n`);
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	return recording;
}

/** One line an event: its context and what it says. */
export function listing(recording: Recording): string[] {
	return Array.from({length: recording.length}, (_, seq) => {
		const event = recording.at(seq);
		return `${event.context} ${describeEvent(event, ({node}) => node.replace(/^0+/, ''))}`;
	});
}

/** A `devres_log` event of the device 0000:00:01.0, as a comment among calls: `ADD`, an address, a name. */
export function logComment(op: string, node: string, name: string): string {
	return ` 0)               |  /* devres_log: 0000:00:01.0 ${op} ${node.padStart(16, '0')} ${name} (8 bytes) */`;
}
