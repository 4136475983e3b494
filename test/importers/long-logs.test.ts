import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {startImport} from '../../source/importers/import-log.ts';
import {LogLines} from '../../source/importers/log-lines.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import {loadRecording} from '../../source/recording/load.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {longDevices, longLog} from '../helpers/long-log.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';

const formats = ['ftrace', 'dmesg'] as const;

function textLike(format: 'ftrace' | 'dmesg', lines: number): string {
	return `${[...longLog({format, lines})].join('\n')}\n`;
}

function eventsOf(recording: Recording): RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

/** What a device of a long log goes through again and again, from its nodes being added on. */
function roundOf(labels: readonly string[]): string[] {
	const released = labels.toReversed();
	return [
		'action',
		...labels.map((label) => `devres-add ${label}`),
		'action',
		...labels.map(() => 'devres-move'),
		...released.map((label) => `devres-release ${label}`),
		'release-end',
	];
}

describe.each(formats)('a long log as %s', (format) => {
	const recording = imported(textLike(format, 6000));
	const events = eventsOf(recording);

	test('has exactly the events of its devices, in their order', () => {
		const isOwner = (type: string) => type === 'device-data' || type === 'unbind';
		for (const {address, labels} of longDevices()) {
			const own = events.filter(({device, type}) => device === address && !isOwner(type));
			const told = own.map((event) =>
				'name' in event ? `${event.type} ${event.name} (${event.size} bytes)` : event.type,
			);
			const round = roundOf(labels);
			const rounds = told.length / round.length;
			expect(told).toEqual(Array.from({length: rounds}, () => round).flat());
		}
	});

	test('names each line and each node as it stands there', () => {
		const logged = events.filter((event) => 'name' in event);
		expect(logged.map(({origin}) => origin)).toEqual(logged.map((_, index) => index + 1));
		for (const event of logged) {
			const line = recording.header.text.at((event.origin ?? 0) - 1);
			expect(line).toContain(`${event.device}`);
			if ('node' in event && 'name' in event) {
				expect(line).toContain(` ${event.node} ${event.name} (${event.size} bytes)`);
			}
			expect(line).toContain(event.time?.toFixed(6));
		}
	});

	test('leaves nothing on any list', () => {
		for (const {devres_head, passes} of recording.stateAt(recording.length).devices.values()) {
			expect([devres_head, passes]).toEqual([[], []]);
		}
	});

	test('tells the same where each line is read as text', () => {
		// A tab is no blank to whoever reads bytes, and one to everybody else.
		const text = textLike(format, 6000).replaceAll(' bytes)', '\tbytes)');
		expect(eventsOf(imported(text))).toEqual(events);
	});

	test('is the same saved and loaded, event by event and as indexes', () => {
		const loaded = loadRecording([...serializeRecording(recording)].join('\n'));
		if (!loaded.ok) throw new Error('it was not loaded');
		const again = loaded.recording;
		expect(eventsOf(again)).toEqual(events);
		expect(again.devices).toEqual(recording.devices);
		expect(again.nodeCount).toBe(recording.nodeCount);
		for (const type of new Set(events.map((event) => event.type))) {
			expect(again.ofType(type)).toEqual(recording.ofType(type));
		}
		for (const {seq} of events) {
			expect(again.nodeNumberAt(seq)).toBe(recording.nodeNumberAt(seq));
			const facts = [again.typeAt(seq), again.contextAt(seq), again.deviceAt(seq)];
			expect([recording.typeAt(seq), recording.contextAt(seq), recording.deviceAt(seq)]).toEqual(
				facts,
			);
		}
		for (let number = 0; number <= again.nodeCount + 1; number += 1) {
			const id = again.nodeWithNumber(number);
			expect(recording.nodeWithNumber(number)).toEqual(id);
			if (id !== null) expect(recording.nodeNumber(id)).toBe(number);
		}
	});
});

describe('a log that is imported in pieces', () => {
	const texts = [
		...formats.map((format) => textLike(format, 1500)),
		textOf(fixtures, 'v6.12-stock/ahci.events.txt'),
		textOf(fixtures, 'v6.12-stock/ahci.dmesg.txt'),
	];

	test('is the same as one that is imported at once', () => {
		const piece = fc.integer({min: 1, max: 20_000});
		fc.assert(
			fc.property(
				fc.constantFrom(...texts),
				fc.array(piece, {minLength: 1, maxLength: 8}),
				fc.integer({min: 1, max: 700}),
				(text, sizes, atOnce) => {
					const lines = new LogLines();
					let start = 0;
					for (let index = 0; start < text.length; index += 1) {
						const size = sizes[index % sizes.length] ?? 1;
						lines.push(text.slice(start, start + Math.max(size, text.length / 200)));
						start += Math.max(size, text.length / 200);
					}
					lines.end();
					const started = startImport(lines);
					if (!started.ok) throw new Error('it was not recognised');
					while (started.run.advance(atOnce));
					const done = started.run.finish();
					if (!done.ok) throw new Error('it was not imported');
					const whole = imported(text);
					expect(eventsOf(done.recording)).toEqual(eventsOf(whole));
					expect(done.recording.header.lines).toEqual(whole.header.lines);
				},
			),
			{numRuns: 12},
		);
	});
});
