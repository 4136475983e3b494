import {readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {revisions} from '../../source/kernel/revisions.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {errorsIn, foundIn} from '../helpers/found.ts';
import {legalRecordings} from '../helpers/legal-events.ts';
import {logOf, startingAt} from '../helpers/log-of.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const files = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));
const texts = new Map(files.map((file) => [file, readFileSync(`scenarios/${file}`, 'utf8')]));
const runs = files.flatMap((file) =>
	revisions.map(({name}) => ({
		name: `${file}, ${name}`,
		recording: runScenarioText(texts.get(file) ?? '', name),
	})),
);

const keysOf = (recording: Recording): string[] => [
	...new Set(errorsIn(recording).map(({rule, device}) => `${rule} ${device}`)),
];

/** Errors of a part that the whole does not have. */
function invented(whole: Recording, part: Recording): string[] {
	const known = new Set(keysOf(whole));
	return keysOf(part).filter((key) => !known.has(key));
}

/** What can't be seen without registers, or without knowing what a handler reads. */
const needsMore = /^(?:intx-not-restored|irq-outlives-memory) /;

describe('a kernel log, without calls, registers and probes', () => {
	test('shows the same errors as the whole recording, but for those of registers', () => {
		for (const {name, recording} of runs) {
			const expected = keysOf(recording).filter((key) => !needsMore.test(key));
			expect([name, keysOf(logOf(recording)).sort()]).toEqual([name, expected.sort()]);
		}
	});

	test('says that it concludes from the order of the lines', () => {
		const recording = runScenarioText(texts.get('ccp-reload.yaml') ?? '');
		expect(foundIn(logOf(recording), 'add-during-release')[0]).toMatch(
			/inside the release callback of #\d+ pcim_intx_restore, as the order of the log lines shows$/,
		);
	});

	test('has no error of its own wherever it starts', () => {
		for (const {name, recording} of runs) {
			const {length} = logOf(recording);
			for (let from = 0; from < length; from += 5) {
				expect([name, from, invented(recording, logOf(recording, {from}))]).toEqual([
					name,
					from,
					[],
				]);
			}
		}
	});

	test('has no error of its own where lines are lost', () => {
		const positions = fc.record({
			run: fc.nat({max: runs.length - 1}),
			at: fc.nat({max: 120}),
			count: fc.integer({min: 0, max: 12}),
		});
		fc.assert(
			fc.property(positions, ({run, at, count}) => {
				const recording = runs[run]?.recording;
				if (recording === undefined) return;
				expect(invented(recording, logOf(recording, {lost: {at, count}}))).toEqual([]);
			}),
			{numRuns: 1500},
		);
	});

	test('has no error of its own where nothing tells that a release is over', () => {
		for (const {name, recording} of runs) {
			const parts = [0, 7, 19].map((from) => logOf(recording, {from, ends: false}));
			expect([name, parts.flatMap((part) => invented(recording, part))]).toEqual([name, []]);
		}
	});
});

describe('a recording that starts late', () => {
	test('has no error that the whole one has not', () => {
		for (const {name, recording} of runs) {
			for (let from = 0; from < recording.length; from += 41) {
				expect([name, from, invented(recording, startingAt(recording, from))]).toEqual([
					name,
					from,
					[],
				]);
			}
		}
	});

	test('shows a leftover whose ADD it lacks as a warning', () => {
		const recording = runScenarioText(texts.get('ccp-reload.yaml') ?? '');
		const refused = recording.ofType('printk').find((seq) => {
			const event = recording.at(seq);
			return event.type === 'printk' && event.text.startsWith('Resources present');
		});
		expect(foundIn(startingAt(recording, refused ?? 0), 'leftover-at-probe')[0]).toBe(
			'warning leftover-at-probe: The probe was refused because of nodes that were added before this recording began',
		);
	});
});

test('rules look at any legal recording without throwing, and always say the same', () => {
	fc.assert(
		fc.property(legalRecordings(300), (recording) => {
			const events = startingAt(recording, 0);
			expect(foundIn(events)).toEqual(foundIn(startingAt(recording, 0)));
		}),
		{numRuns: 100},
	);
});
