import {describe, expect, test} from 'vitest';
import {diffJson} from '../../source/reports/diff-json.ts';
import {diffReport} from '../../source/reports/diff-report.ts';
import {type Compared, compared, kernelsOfCcp, shipped, tracesOfAhci} from '../helpers/compared.ts';
import {driversIn, rememberedRun, runOf} from '../helpers/compared-recordings.ts';
import {recordingFrom} from '../helpers/legal-events.ts';
import {
	filesBelow,
	fixtures,
	imported,
	moreRecordings,
	textOf,
} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';

function reportOf({comparison, a, b}: Compared): string {
	return diffReport(comparison, a, b);
}

describe('the text', () => {
	test('shows where two kernels part ways that probed the same driver', async () => {
		await expect(reportOf(tracesOfAhci())).toMatchFileSnapshot('../golden/diff-ahci-traces.txt');
	});

	test('shows where a bug and its repair part ways', async () => {
		await expect(reportOf(kernelsOfCcp())).toMatchFileSnapshot('../golden/diff-ccp-kernels.txt');
	});

	test('is short where there is no difference', () => {
		const recording = shipped('sdhci-pci');
		expect(
			reportOf(compared({name: 'one', recording}, {name: 'two', recording})),
		).toMatchInlineSnapshot(`
			"A  one, kernel v6.12-stable
			B  two, kernel v6.12-stable

			0000:00:05.0
			compared: operations on nodes, results of probes, binding, unbinding, removal, PCI_COMMAND, kernel log
			@@ probe 1: 10 equal @@
			@@ release 1: 9 equal @@
			@@ probe 2: 10 equal @@
			@@ release 2: 9 equal @@
			@@ probe 3: 10 equal @@

			compared 48, equal 48, different 0
			"
		`);
	});

	test('says why a phase is not compared, and which devices are paired', () => {
		const real = {
			name: 'trace.txt',
			recording: imported(textOf(fixtures, 'v9-patch/ahci.graph.txt')),
		};
		const other = {
			name: 'other.yaml',
			recording: recordingFrom(
				Array.from({length: real.recording.length}, (_, seq) => ({
					...real.recording.at(seq),
					device: '0000:00:05.0',
				})).slice(0, 880),
			),
		};
		expect(reportOf(compared(real, other))).toMatchInlineSnapshot(`
			"A  trace.txt, function_graph
			B  other.yaml
			the only device of A is compared with the only device of B

			0000:00:1f.2 = 0000:00:05.0
			compared: operations on nodes, results of probes, unbinding, PCI_COMMAND
			@@ release 1: 40 equal @@
			@@ refused probe 1: only in A, not compared: B had ended @@
			@@ refused probe 2: only in A, not compared: B had ended @@

			compared 40, equal 40, different 0, 2 told by one alone
			"
		`);
	});

	test('of a very long difference shows the first lines of each run', () => {
		const adds = Array.from({length: 500}, (_, index) => `\n\t\t\tADD mem#${index} 16`).join('');
		const short = recordingOf('device: 0000:00:01.0\n\t\t\tADD irq 16');
		const long = recordingOf(`\n\t\t\tdevice: 0000:00:01.0\n\t\t\tADD irq 16${adds}`);
		const report = reportOf(compared({name: 'a', recording: short}, {name: 'b', recording: long}));
		expect(report).toContain('  ... 490 more only in B\n');
		expect(report.split('\n').length).toBeLessThan(30);
	});
});

test('many phases without a difference are summed up', () => {
	const cycle = (number: number) =>
		`ADD irq#${number} 16\n\t\t\tMOVE irq#${number}\n\t\t\tREL irq#${number} 16\n\t\t\tEND 1`;
	const cycles = Array.from({length: 30}, (_, index) => cycle(index)).join('\n\t\t\t');
	const a = recordingOf(`\n\t\t\tdevice: 0000:00:01.0\n\t\t\t${cycles}\n\t\t\tADD mem 8`);
	const b = recordingOf(`\n\t\t\tdevice: 0000:00:01.0\n\t\t\t${cycles}\n\t\t\tADD mem 16`);
	const report = reportOf(compared({name: 'a', recording: a}, {name: 'b', recording: b}));
	expect(report).toContain('@@ probe 1 to release 30: 60 phases, 60 equal @@\n@@ probe 31:');
});

test('the JSON is the documented one', () => {
	const {comparison, a, b} = tracesOfAhci();
	const json = diffJson(comparison, a, b);
	expect(json).toMatchObject({
		format: 'devresdbg-diff',
		version: 1,
		a: {name: 'v6.12-stock/ahci.graph.txt', kind: 'import', path: null, kernel: null},
		differs: true,
		pairing: 'by-address',
		counts: {compared: 159, equal: 37, different: 122, unknown: 0},
		first: {
			device: 0,
			phase: 0,
			verdict: 'only-b',
			change: '',
			a: null,
			b: {text: 'REL #22 pcim_intx_restore (4 bytes)'},
		},
		stray: {a: [], b: []},
	});
	expect(json.devices[0]?.phases[0]).toMatchObject({
		a: {kind: 'release', number: 1, from: 6, action: 'LAB begin unbind1 ahci 0000:00:1f.2'},
		gap: null,
		counts: {compared: 41, equal: 37, different: 4, unknown: 0},
	});
	expect(JSON.parse(JSON.stringify(json))).toEqual(json);
});

/** Compares the traces of a folder with simulations of what was done; gives how many rows that were. */
function compareWithSimulation(folder: string): number {
	let rows = 0;
	for (const path of filesBelow(folder, '.graph.txt')) {
		for (const driver of driversIn(path)) {
			const text = textOf(folder, path);
			const recording = imported(text);
			const model = rememberedRun(driver, runOf(folder, path, text, driver));
			const real = {name: path, recording};
			const {comparison, a, b} = compared(real, {name: driver.scenario, recording: model});
			if (comparison.differs) throw new Error(diffReport(comparison, a, b));
			rows += comparison.counts.equal;
		}
	}
	return rows;
}

describe('a real trace has no difference from the simulation of the same actions', () => {
	test('in traces kept with the tests', () => {
		expect(compareWithSimulation(fixtures)).toBeGreaterThan(400);
	});

	test.skipIf(filesBelow(moreRecordings, '.graph.txt').length === 0)('in more traces', () => {
		expect(compareWithSimulation(moreRecordings)).toBeGreaterThan(3700);
	});
});
