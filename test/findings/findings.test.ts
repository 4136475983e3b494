import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {findingsOf, knownFindings} from '../../source/findings/findings.ts';
import {rules} from '../../source/findings/rules.ts';
import type {UnplacedEvent} from '../../source/recording/event.ts';
import {place} from '../../source/recording/fold.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {attempt} from '../../source/recording/search.ts';
import {unjudgedRules} from '../../source/reports/check-report.ts';
import {recordingFrom} from '../helpers/legal-events.ts';
import {logOf} from '../helpers/log-of.ts';
import {manyNodes} from '../helpers/many.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const text = readFileSync('scenarios/ccp-reload.yaml', 'utf8');

describe('findings', () => {
	test('are looked for once, when they are first asked for', () => {
		const recording = runScenarioText(text);
		expect(knownFindings(recording)).toBeNull();
		const findings = findingsOf(recording);
		expect(findingsOf(recording)).toBe(findings);
		expect(knownFindings(recording)).toBe(findings);
	});

	test('are looked for in slices, each of which leaves time for keys', () => {
		const [whole, sliced] = [manyNodes(2, 2000), manyNodes(2, 2000)];
		const sought = attempt(() => findingsOf(sliced));
		if (sought.ok) throw new Error('it was done at once');
		let slices = 1;
		while (sought.search.advance()) {
			slices += 1;
			expect(knownFindings(sliced)).toBeNull();
		}
		expect(slices).toBe(Math.ceil(sliced.length / 2000) - 1);
		expect(slices).toBeGreaterThan(1);
		expect(knownFindings(sliced)).toEqual(findingsOf(whole));
	});

	test('are the same each time, in the order of the recording, and so is their proof', () => {
		const findings = findingsOf(runScenarioText(text));
		expect(findingsOf(runScenarioText(text))).toEqual(findings);
		const events = findings.map(({event}) => event);
		expect(events).toEqual(events.toSorted((a, b) => a - b));
		for (const {evidence} of findings) {
			const seqs = evidence.map(({seq}) => seq);
			expect(seqs.length).toBeGreaterThan(0);
			expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
		}
	});
});

describe('the table of rules', () => {
	test('names each rule once, in lower case with hyphens', () => {
		const names = rules.map(({name}) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names.filter((name) => !/^[a-z]+(?:-[a-z]+)*$/.test(name))).toEqual([]);
	});

	test('explains each rule to a newcomer in a paragraph', () => {
		for (const {explanation, title} of rules) {
			expect(explanation.length).toBeGreaterThan(150);
			expect(explanation).toMatch(/\.$/);
			expect(title).not.toMatch(/\.$/);
		}
	});
});

describe('what a rule can not judge', () => {
	const names = (recording: Recording) => unjudgedRules(recording).map(({rule}) => rule);
	const recording = runScenarioText(text);

	test('is in a simulation only what a scenario leaves out', () => {
		expect(names(recording)).toEqual(['irq-outlives-memory']);
	});

	test('is in a kernel log all that needs calls, registers or probes', () => {
		expect(names(logOf(recording))).toEqual([
			'failed-probe-leaves',
			'parent-growth',
			'intx-not-restored',
			'original-state-lost',
			'msi-left-on',
			'enable-order',
			'double-release',
			'unknown-release',
			'irq-outlives-memory',
		]);
	});
});

describe('long lists', () => {
	/** So many nodes added to one device, and released in one pass, each callback adding one more. */
	function longRelease(count: number) {
		const events: UnplacedEvent[] = [];
		const base = {time: 1, context: 'rmmod-1', device: 'a'};
		const node = (index: number) => ({node: index.toString(16).padStart(16, '0'), generation: 0});
		const name = 'devm_kzalloc_release';
		for (let index = 0; index < count; index += 1) {
			events.push({...base, type: 'devres-add', ...node(index), name, size: 8});
		}
		for (let index = 0; index < count; index += 1) {
			events.push({...base, type: 'devres-move', ...node(index)});
		}
		for (let index = count - 1; index >= 0; index -= 1) {
			events.push({...base, type: 'devres-release', ...node(index), name, size: 8});
			events.push({...base, type: 'devres-add', ...node(count + index), name, size: 8});
		}
		events.push({...base, type: 'release-end', count});
		return recordingFrom(events.map(place));
	}

	test('take time in proportion to their length', {timeout: 10_000}, () => {
		const findings = findingsOf(longRelease(20_000));
		expect(findings).toHaveLength(20_001);
	});
});
