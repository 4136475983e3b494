import {describe, expect, test} from 'vitest';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import {commandOf} from '../../source/recording/pci-registers.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {
	commandsAfter,
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';

/** The position just before each marker, and the step whose effects are complete there. */
function endsOfSteps(recording: Recording): {step: string; device: string; position: number}[] {
	const markers = recording.ofType('action').map((seq) => recording.at(seq));
	const begins = markers.flatMap((event) => {
		const step = event.type === 'action' ? /LAB begin (\S+)/.exec(event.text)?.[1] : undefined;
		return step === undefined ? [] : [{step, device: event.device ?? '', seq: event.seq}];
	});
	return begins.map(({step, device}, index) => ({
		step,
		device,
		position: begins[index + 1]?.seq ?? recording.length,
	}));
}

/** Counts of what `devres_release_all` returned and of the nodes released in it, pass by pass. */
function passes(recording: Recording): {returned: number; moved: number; released: number}[] {
	const found: {returned: number; moved: number; released: number}[] = [];
	let moved = 0;
	let released = 0;
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (event.type === 'devres-move') moved += 1;
		if (event.type === 'devres-release' && !event.name.startsWith('grp')) released += 1;
		if (event.type !== 'release-end') continue;
		if (event.count !== null) found.push({returned: event.count, moved, released});
		moved = 0;
		released = 0;
	}
	return found;
}

function leakedBy(recording: Recording): string[] {
	const failed = recording.ofType('probe-end').filter((seq) => {
		const event = recording.at(seq);
		return event.type === 'probe-end' && event.result === -16;
	});
	const position = failed[0] ?? 0;
	const devices = [...recording.stateAt(position).devices.values()];
	return devices.flatMap(({devres_head}) => devres_head.map(({name}) => name));
}

function checkAll(folder: string, path: string): void {
	const recording = imported(textOf(folder, path));
	const {total, used, ignored, unparsed, lost} = recording.header.lines;
	expect(unparsed).toBe(0);
	expect(used + ignored + lost).toBe(total);
	expect(total).toBe(recording.header.text.length);
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);

	for (const {returned, moved, released} of passes(recording)) {
		expect(released).toBe(returned);
		expect([0, returned]).toContain(moved);
	}

	const told = commandsAfter(folder, path);
	for (const {step, device, position} of endsOfSteps(recording)) {
		const state = recording.stateAt(position).devices.get(device);
		const command = state === undefined ? null : commandOf(state);
		const word = told.get(step);
		if (command !== null && word !== undefined)
			expect(`${step} ${command}`).toBe(`${step} ${word}`);
	}

	const isLeaky = /^v9-patch\/.*ahci/.test(path);
	expect(leakedBy(recording)).toEqual(isLeaky ? ['pcim_intx_restore'] : []);
}

describe('every line, event, count and PCI_COMMAND of a real trace is consistent', () => {
	test.each(filesBelow(fixtures, '.graph.txt'))('%s', (path) => {
		checkAll(fixtures, path);
	});

	const more = filesBelow(moreRecordings, '.graph.txt');
	test.skipIf(more.length === 0)(`${more.length} more traces beside the repository`, () => {
		for (const path of more) checkAll(moreRecordings, path);
	});
});

test('steps whose PCI_COMMAND is known are compared, not skipped', () => {
	const path = 'v9-patch/fresh/ahci.graph.txt';
	const recording = imported(textOf(fixtures, path));
	const told = commandsAfter(fixtures, path);
	const compared = endsOfSteps(recording).filter(({step, device, position}) => {
		const state = recording.stateAt(position).devices.get(device);
		return told.has(step) && state !== undefined && commandOf(state) !== null;
	});
	expect(compared.map(({step}) => step)).toEqual([
		'rescan1',
		'unbind1',
		'bind1',
		'unbind2',
		'bind2',
		'rescan2',
	]);
});

test('in a trace that begins with the first probe, all nodes that the kernel counts are seen to move', () => {
	const recording = imported(textOf(fixtures, 'v9-patch/fresh/ahci.graph.txt'));
	const [unbind, removal] = passes(recording);
	expect(unbind).toEqual({returned: 36, moved: 36, released: 36});
	expect(removal).toEqual({returned: 1, moved: 1, released: 1});
});
