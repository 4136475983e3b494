import {describe, expect, test} from 'vitest';
import {compareRecordings} from '../../source/diff/compare-recordings.ts';
import {importLog} from '../../source/importers/import-log.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {todoOf} from '../../source/recording/state.ts';
import {exported} from '../helpers/export-text.ts';
import {filesBelow, fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const kinds = ['devres-add', 'devres-release', 'devres-remove', 'devres-replace'] as const;

/** Operations of each kind. */
function operationsOf(recording: Recording): readonly number[] {
	return kinds.map((kind) => recording.ofType(kind).length);
}

/** Devices with so many nodes on each list, in the end. */
function listsOf(recording: Recording): readonly string[] {
	const {devices} = recording.stateAt(recording.length);
	return [...devices]
		.filter(([, device]) => device.devres_head.length + todoOf(device).length > 0)
		.map(
			([address, device]) => `${address}: ${device.devres_head.length}, ${todoOf(device).length}`,
		)
		.toSorted();
}

const flat = ['.events.txt', '.dmesg.txt', '.stacks.txt']
	.flatMap((ending) => filesBelow(fixtures, ending))
	.filter((path) => operationsOf(imported(textOf(fixtures, path))).some((count) => count > 0));

describe('a recording without calls that is exported to function_graph', () => {
	test.each(flat)('comes back with the same releases: %s', (path) => {
		const recording = imported(textOf(fixtures, path));
		const text = exported(recording, 'function_graph');
		const back = imported(text);
		expect(back.header.source.format).toBe('function_graph');
		expect(compareRecordings(recording, back, []).counts.different).toBe(0);
		expect(listsOf(back)).toEqual(listsOf(recording));
		expect(exported(back, 'function_graph')).toBe(text);
	});
});

/** What `nocontext-info` and a trace without times leave of a kernel log: owners are not told either. */
function untimed(recording: Recording): string {
	return exported(recording, 'dmesg').replace(/^\[ *\d+\.\d+\] /gm, '');
}

describe('a kernel log without times and without owners', () => {
	const paths = ['.events.txt', '.graph.txt'].flatMap((ending) => filesBelow(fixtures, ending));

	test.each(paths)('keeps its operations: %s', (path) => {
		const recording = imported(textOf(fixtures, path));
		const back = imported(untimed(recording));
		expect(back.header.source.format).toBe('dmesg');
		expect(back.header.lines.unparsed).toBe(0);
		expect(operationsOf(back)).toEqual(operationsOf(recording));
	});

	test.each(['serio0', '0000:00:03.0', '1-1:1.0'])('of the device %s', (device) => {
		const read = importLog(
			`${device}: DEVRES ADD 00000000339b6417 devm_kzalloc_release (16 bytes)`,
		);
		if (!read.ok) throw new Error(JSON.stringify(read.errors));
		expect(read.recording.devices).toEqual([device]);
	});

	test('is no sentence that speaks of one', () => {
		expect(importLog('note: DEVRES ADD is what it prints\nthat is all').ok).toBe(false);
	});
});
