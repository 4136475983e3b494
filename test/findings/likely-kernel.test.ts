import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {kernelNames} from '../../source/findings/kernel-clues.ts';
import {describeLikelyKernel, likelyKernel} from '../../source/findings/likely-kernel.ts';
import {revisions} from '../../source/kernel/revisions.ts';
import {logOf} from '../helpers/log-of.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';
import {runScenarioText} from '../helpers/run-scenario-text.ts';

test('the kernels are the revisions of the simulation, in their order', () => {
	expect(kernelNames).toEqual(revisions.map(({name}) => name));
});

describe('the kernel of a simulated recording', () => {
	const texts = readdirSync('scenarios')
		.filter((file) => file.endsWith('.yaml'))
		.map((file) => readFileSync(`scenarios/${file}`, 'utf8'));

	/** A driver that calls pcim_intx() right after it took vectors looks, in a log, like one whose kernel did. */
	const isRareCase = (text: string) => /^title: Shape [67],|^ {2}snd_hda_intel:/m.test(text);

	test.each(kernelNames)('%s is told rightly, or nothing is told', (name) => {
		for (const text of texts) {
			const recording = runScenarioText(text, name);
			for (const each of [recording, logOf(recording)]) {
				const {candidates, certainty} = likelyKernel(each);
				if (certainty === 'unknown' || (certainty === 'likely' && isRareCase(text))) continue;
				expect(certainty).not.toBe('mixture');
				expect(candidates).toContain(name);
			}
		}
	});

	test('of the report is known for sure, from its log alone', () => {
		const text = readFileSync('scenarios/ccp-reload.yaml', 'utf8');
		const likely = likelyKernel(logOf(runScenarioText(text)));
		expect(likely.certainty).toBe('sure');
		expect(likely.clues.map(({text: words}) => words)).toMatchInlineSnapshot(`
			[
			  "pcim_release without data",
			  "a node for each region, since v6.11",
			  "a table of six mappings",
			  "taking vectors records INTx",
			  "pcim_intx_restore is added again inside its own callback",
			]
		`);
	});
});

describe('the kernel of a real trace', () => {
	const expected: {readonly [folder: string]: RegExp} = {
		'v6.1-legacy': /^behaves like v6\.10, and like no other$/,
		'v6.12-stock': /^behaves like one of v6\.14, v6\.12-stable, v6\.16$/,
		'v9-patch':
			/^behaves like (?:a mixture: INTx as in v9-series, the rest as in|one of) v6\.14, v6\.12-stable, v6\.16$/,
		formats: /^behaves like one of v6\.14, v6\.12-stable, v6\.16$/,
	};
	const unknown = 'shows nothing that tells kernels apart';

	function checkFile(folder: string, path: string): void {
		const text = describeLikelyKernel(likelyKernel(imported(textOf(folder, path))));
		// Drivers that use nothing managed show nothing.
		if (/\/(?:e1000e|nvme)\./.test(path)) expect([path, text]).toEqual([path, unknown]);
		else
			expect(`${path}: ${text}`).toMatch(
				new RegExp(`: ${(expected[path.split('/')[0] ?? ''] ?? /$^/).source.slice(1)}`),
			);
		if (/^v9-patch\/.*ahci/.test(path)) expect(text).toContain('INTx as in v9-series');
	}

	test.each(filesBelow(fixtures, '.graph.txt'))('%s', (path) => checkFile(fixtures, path));

	const more = filesBelow(moreRecordings, '.graph.txt');
	test.skipIf(more.length === 0)(`${more.length} more traces beside the repository`, () => {
		for (const path of more) checkFile(moreRecordings, path);
	});
});

test('the words of a failed probe tell old kernels from new ones', () => {
	const words = (text: string) => likelyKernel(recordingOf(`log ${text}`));
	expect(words('ccp: probe of 0000:23:00.1 failed with error -12').candidates).toEqual(['v6.10']);
	expect(words('probe with driver ccp failed with error -12').candidates).not.toContain('v6.10');
	expect(words('hello').certainty).toBe('unknown');
});
