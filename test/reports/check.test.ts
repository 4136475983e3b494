import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {rules} from '../../source/findings/rules.ts';
import {affectedTable} from '../../source/reports/affected-table.ts';
import {checkKtap} from '../../source/reports/check-ktap.ts';
import {checkMarkdown} from '../../source/reports/check-markdown.ts';
import {checkRecording, checkReport} from '../../source/reports/check-report.ts';
import {checkText} from '../../source/reports/check-text.ts';
import {runReport} from '../../source/reports/run-report.ts';
import {parseKtap} from '../helpers/ktap.ts';
import {fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

const scenario = (name: string) => readFileSync(`scenarios/${name}.yaml`, 'utf8');
const bad = checkRecording(runScenarioText(scenario('shape-s2')), 'shape-s2.yaml');
const good = checkRecording(runScenarioText(scenario('shape-s2'), 'v6.16'), 'good.yaml');
const ahci = 'v9-patch/ahci.graph.txt';
const trace = checkRecording(imported(textOf(fixtures, ahci)), ahci);

describe('the text of check', () => {
	test('shows a real trace with its lines, the proof, the reason and the fix', async () => {
		await expect(checkText([trace])).toMatchFileSnapshot('../golden/check-ahci-trace.txt');
	});

	test('shows a scenario with its lines', async () => {
		await expect(checkText([bad])).toMatchFileSnapshot('../golden/check-shape-s2.txt');
	});

	test('says that nothing is wrong, and which rules could not judge', () => {
		expect(checkText([good])).toMatchInlineSnapshot(`
			"good.yaml: nothing is wrong as far as the rules see
			  Shape 2, vectors left to devres
			  kernel v6.16, 263 events

			not judged: irq-outlives-memory (the recording does not tell what handlers read)
			"
		`);
	});

	test('explains a rule once', () => {
		const twice = checkRecording(runScenarioText(scenario('ccp-reload')), 'ccp-reload.yaml');
		const text = checkText([twice]);
		expect(text.match(/^error: .* \[?/gm)).toHaveLength(8);
		expect(text.match(/^ {2}why/gm)).toHaveLength(5);
	});
});

describe('the Markdown of check', () => {
	test('has a heading for each finding', async () => {
		await expect(checkMarkdown([bad])).toMatchFileSnapshot('../golden/check-shape-s2.md');
	});

	test('lets no line of a log be anything but text', () => {
		const hostile = recordingOf(
			'ADD <b>*x*_`y`|[z](q) 8\nADD pcim_release#1 8\nADD pcim_release#2 8',
		);
		const text = checkMarkdown([checkRecording(hostile, '# `a`\\')]);
		expect(text).toContain(String.raw`## \# \`a\`\\`);
	});
});

describe('the KTAP of check', () => {
	test('is valid, one subtest a file and one test a rule', () => {
		const tests = parseKtap(
			checkKtap([bad, good, trace], [{name: 'no.txt', error: 'no such file'}]),
		);
		expect(tests.map(({ok, description, directive}) => [ok, description, directive])).toEqual([
			[false, 'shape-s2.yaml', null],
			[true, 'good.yaml', null],
			[false, ahci, null],
			[false, 'no.txt', 'ERROR'],
		]);
		for (const {subtests} of tests.slice(0, 3)) {
			expect(subtests?.map(({description}) => description)).toEqual(rules.map(({name}) => name));
		}
	});

	test('fails the rules with errors, shows warnings, and skips with a reason what could not be judged', () => {
		const [first, , third] = parseKtap(checkKtap([bad, good, trace]));
		const failed = first?.subtests?.filter(({ok}) => !ok).map(({description}) => description);
		expect(failed).toEqual(['add-during-release', 'leak', 'leftover-at-probe']);
		const warned = first?.subtests?.find(({description}) => description === 'original-state-lost');
		expect(warned?.ok).toBe(true);
		expect(warned?.diagnostics[0]).toMatch(/^warning: /);
		const skipped = third?.subtests?.filter(({directive}) => directive === 'SKIP') ?? [];
		expect(skipped.map(({description}) => description)).toEqual([
			'intx-not-restored',
			'original-state-lost',
			'unbalanced-enable',
			'msi-left-on',
			'irq-outlives-memory',
			'splat',
		]);
		expect(skipped.every(({reason}) => reason.length > 10)).toBe(true);
	});

	test('stays valid whatever a file and its nodes are called', () => {
		fc.assert(
			fc.property(fc.string(), fc.string({maxLength: 20}), (name, node) => {
				const event = {type: 'devres-add', node: '1', generation: 0, name: node, size: 8};
				const text = `${JSON.stringify(event)}\nADD pcim_release#1 8\nADD pcim_release#2 8`;
				const checked = checkRecording(recordingOf(text), name);
				expect(parseKtap(checkKtap([checked]))).toHaveLength(1);
			}),
			{numRuns: 200},
		);
	});
});

describe('the JSON of check', () => {
	test('is a versioned contract', () => {
		const [recording] = checkReport([bad]).recordings;
		expect(checkReport([bad])).toMatchObject({format: 'devresdbg-check', version: 1});
		expect(recording?.findings[0]).toMatchInlineSnapshot(`
			{
			  "device": "0000:00:05.0",
			  "event": 164,
			  "evidence": [
			    {
			      "event": 128,
			      "line": 22,
			      "text": "the release begins, with all that is on the list",
			      "what": "move #1 from devres_head to todo",
			    },
			    {
			      "event": 143,
			      "line": 22,
			      "text": "its callback begins",
			      "what": "REL #4 pcim_msi_release (16 bytes)",
			    },
			    {
			      "event": 164,
			      "line": 22,
			      "text": "too late for this release",
			      "what": "ADD #6 pcim_intx_restore (4 bytes)",
			    },
			    {
			      "event": 203,
			      "line": 22,
			      "text": "the release ends without it",
			      "what": "end of release, 5 nodes",
			    },
			  ],
			  "explanation": "devres_release_all() first takes all nodes from devres_head to a private list, and then calls their release callbacks one by one. A callback that adds a node puts it on devres_head, which this release has already emptied: nobody releases it, it outlives its driver, and the next probe of the device is refused.",
			  "fixed": "00f89ae4e759 (v6.11-rc2) where the bit does not change, dfa2f4d5f9e5 (v6.14-rc1) in all cases; stable 6.12.17 and 6.13.5",
			  "line": 22,
			  "message": "#6 pcim_intx_restore (4 bytes) was added inside the release callback of #4 pcim_msi_release",
			  "raw": "  - unbind: "0000:00:05.0"",
			  "rule": "add-during-release",
			  "severity": "error",
			}
		`);
		expect(recording?.unjudged).toMatchInlineSnapshot(`
			[
			  {
			    "reason": "the recording does not tell what handlers read",
			    "rule": "irq-outlives-memory",
			  },
			]
		`);
	});
});

test('the report of run names the findings', () => {
	const {findings} = runReport(runScenarioText(scenario('shape-s2')));
	expect(findings[0]).toMatchInlineSnapshot(`
		{
		  "device": "0000:00:05.0",
		  "event": 164,
		  "message": "#6 pcim_intx_restore (4 bytes) was added inside the release callback of #4 pcim_msi_release",
		  "rule": "add-during-release",
		  "severity": "error",
		}
	`);
	expect(runReport(runScenarioText(scenario('shape-s2'), 'v6.16')).findings).toEqual([]);
});

test('the table of revisions says which are affected, and by what', () => {
	const checked = ['v6.10', 'v9-series', 'v6.11-rc1', 'v6.11'].map((kernel) =>
		checkRecording(runScenarioText(scenario('shape-s1'), kernel), kernel),
	);
	expect(affectedTable('Shape 1', checked)).toMatchInlineSnapshot(`
		"Shape 1

		kernel     affected  errors  warnings  notes  rules
		v6.10      no        0       0         0      -
		v9-series  yes       4       2         0      add-during-release, intx-not-restored, leak, leftover-at-probe
		v6.11-rc1  yes       1       1         0      intx-not-restored
		v6.11      yes       1       1         0      intx-not-restored
		"
	`);
});
