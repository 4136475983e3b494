import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {checkIntegrity} from '../../source/recording/integrity.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';

/** Texts of traces; what lies beside them is none, or none that can be read. */
function tracesBelow(folder: string): string[] {
	return filesBelow(folder, '.txt').filter(
		(path) =>
			/events|stacks|trace_pipe\.|trace\.overrun/.test(path) &&
			!/command|percpu|\.raw\.|\.gz/.test(path),
	);
}

function eventsOf(recording: Recording): RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

/** One line an operation: what a kernel did to which device's nodes, in order. */
function storyOf(recording: Recording, device: string): string[] {
	return eventsOf(recording).flatMap((event) =>
		event.device === device && 'name' in event && event.type.startsWith('devres-')
			? [`${event.type.slice(7)} ${event.name} ${event.size}`]
			: [],
	);
}

/** Functions that log an operation, by the operation. */
const loggers: Readonly<Record<string, RegExp>> = {
	'devres-add':
		/^(?:add_dr|devres_add|devres_get|devm_kmalloc|devres_open_group|(?:__)?devm_add_action)$/,
	'devres-release': /^(?:release_nodes|devres_release_all|devres_release_group)$/,
	'devres-remove': /^(?:devres_remove|devres_remove_group|devm_kfree)$/,
};

function checkStacks(recording: Recording): void {
	for (const event of eventsOf(recording)) {
		if (event.type !== 'stack') continue;
		const explained = recording.at(event.of ?? -1);
		expect(explained.context).toBe(event.context);
		const logger = event.frames.find(
			({fn}) => !/^(?:trace_event_raw_event_devres|devres_log)$/.test(fn),
		);
		if (logger?.fn.startsWith('0x') === false)
			expect(logger.fn).toMatch(loggers[explained.type] ?? /nothing/);
	}
}

function checkAll(folder: string, path: string): void {
	const recording = imported(textOf(folder, path));
	const {total, used, ignored, unparsed, lost} = recording.header.lines;
	expect(unparsed).toBe(0);
	expect(used + ignored + lost).toBe(total);
	expect(total - lost).toBe(recording.header.text.length);
	expect(checkIntegrity(recording, {lateStart: true})).toEqual([]);
	checkStacks(recording);
}

describe('every line is accounted for, no event contradicts another, and each stack explains its event', () => {
	test.each(tracesBelow(fixtures))('%s', (path) => {
		checkAll(fixtures, path);
	});

	const more = tracesBelow(moreRecordings);
	test.skipIf(more.length === 0)(`${more.length} more traces beside the repository`, () => {
		for (const path of more) checkAll(moreRecordings, path);
	});
});

test('a stack is found behind lines of another CPU', () => {
	const recording = imported(textOf(fixtures, 'v6.1-legacy/nvme.stacks.txt'));
	const distances = eventsOf(recording).flatMap((event) =>
		event.type === 'stack' && event.of !== undefined
			? [(event.origin ?? 0) - (recording.at(event.of).origin ?? 0)]
			: [],
	);
	expect(distances).toContain(2);
});

describe('one driver under one kernel has one story', () => {
	const folder = 'v9-patch/ahci';
	const device = '0000:00:1f.2';
	const told = storyOf(imported(textOf(fixtures, `${folder}.events.txt`)), device);

	test('of which the leak is part', () => {
		const nested = told.findIndex((line, index) => {
			const before = told[index - 1];
			return line === 'add pcim_intx_restore 4' && before === 'release pcim_intx_restore 4';
		});
		expect(nested).toBeGreaterThan(0);
	});

	test.each(['.stacks.txt', '.graph.txt'])('in %s too', (ending) => {
		expect(storyOf(imported(textOf(fixtures, `${folder}${ending}`)), device)).toEqual(told);
	});

	test('in a trace_pipe that was read live too, from the first unbinding on', () => {
		for (const name of ['ahci.trace_pipe.live', 'ahci.trace_pipe.live-stacks']) {
			const text = textOf(fixtures, `formats/trace_pipe/${name}.txt`);
			const story = storyOf(imported(text), device);
			expect(story.length).toBeGreaterThan(30);
			expect(told.slice(0, story.length)).toEqual(story);
		}
	});
});

/** Kinds of recordings that were made of the same steps. */
const siblings = ['.stacks.txt', '.graph.txt'] as const;

test.skipIf(filesBelow(moreRecordings, '.events.txt').length === 0)(
	'events, stacks and calls of every driver beside the repository tell one story',
	() => {
		let compared = 0;
		for (const path of filesBelow(moreRecordings, '.events.txt')) {
			const text = textOf(moreRecordings, path);
			const device = /LAB begin \S+ \S+ (\S+)/.exec(text)?.[1];
			if (device === undefined) continue;
			const story = storyOf(imported(text), device);
			for (const ending of siblings) {
				const sibling = path.replace('.events.txt', ending);
				if (!existsSync(join(moreRecordings, sibling))) continue;
				expect(storyOf(imported(textOf(moreRecordings, sibling)), device)).toEqual(story);
				compared += 1;
			}
		}
		expect(compared).toBeGreaterThan(30);
	},
);

describe('how a trace prints its columns makes no difference', () => {
	const device = '0000:00:04.0';
	const plain = storyOf(imported(textOf(fixtures, 'v6.12-stock/snd_intel8x0.events.txt')), device);
	const forms = ['clockboot', 'clockuptime', 'hist', 'latency', 'nohashptr', 'noirqinfo', 'tgid'];

	test.each(forms)('%s', (form) => {
		const path = `v6.12-stock/extra/snd_intel8x0.events.${form}.txt`;
		expect(storyOf(imported(textOf(fixtures, path)), device)).toEqual(plain.slice(0, 26));
	});
});
