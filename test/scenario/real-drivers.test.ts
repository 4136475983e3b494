import {describe, expect, it} from 'vitest';
import {
	compareText,
	comparisonsBelow,
	driversIn,
	rememberedRun,
	runOf,
} from '../helpers/compared-recordings.ts';
import {filesBelow, fixtures, moreRecordings, textOf} from '../helpers/real-recordings.ts';
import {controlWords, simulatedAccesses, tracedAccesses} from '../helpers/recorded-accesses.ts';
import {recordedDrivers} from '../helpers/recorded-driver.ts';
import {simulatedStates, toldStates} from '../helpers/recorded-states.ts';

const hasMore = filesBelow(moreRecordings, '.txt').length > 0;

describe('what a kernel logs of a driver is what the simulation logs, line for line', () => {
	const kept = comparisonsBelow(fixtures);

	it.each(kept)('$driver in $path', ({difference, compared, equal}) => {
		expect(difference).toBeNull();
		expect(equal).toBe(compared);
	});

	it('no line is left out, and every driver is compared under every kernel that has it', () => {
		expect(kept.reduce((lines, {compared}) => lines + compared, 0)).toBe(7145);
		for (const {name} of recordedDrivers) {
			const kernels = new Set(
				kept.filter(({driver}) => driver === name).map((each) => each.kernel),
			);
			expect([name, [...kernels].sort()]).toEqual([name, expect.arrayContaining(labKernels)]);
		}
	});

	it.skipIf(!hasMore)('so it is in all other recordings', () => {
		const all = comparisonsBelow(moreRecordings);
		expect(all.filter(({difference}) => difference !== null)).toEqual([]);
		expect(all.reduce((lines, {compared}) => lines + compared, 0)).toBeGreaterThan(13_000);
	});
});

describe('a comparison sees', () => {
	const path = 'v6.12-stock/ahci.dmesg.txt';
	const text = textOf(fixtures, path);
	const [driver] = driversIn(path);
	const lines = text.split('\n');
	const nodes = lines.flatMap((line, index) => (line.includes('DEVRES') ? [index] : []));

	const differenceAfter = (change: (lines: string[], at: number) => void, at: number) => {
		const changed = lines.slice();
		change(changed, nodes[at] ?? 0);
		if (driver === undefined) throw new Error('ahci was recorded');
		return compareText(fixtures, path, changed.join('\n'), driver).difference;
	};

	it.each([
		['nothing', () => {}, null],
		['a line that is missing', (all, at) => all.splice(at, 1), /^line 11: /],
		['a line too many', (all, at) => all.splice(at, 0, all[at] ?? ''), /^line 12: /],
		[
			'another size',
			(all, at) => all.splice(at, 1, (all[at] ?? '').replace(' bytes', '0 bytes')),
			/^line 11: recorded .*0 bytes/,
		],
		[
			'another operation',
			(all, at) => all.splice(at, 1, (all[at] ?? '').replace('REL', 'REM')),
			/^line 11: recorded ahci 0000:00:1f.2: REM/,
		],
		[
			'another prefix',
			(all, at) => all.splice(at, 1, (all[at] ?? '').replace('ahci ', 'pci ')),
			/^line 11: recorded pci 0000:00:1f.2: REL/,
		],
	] satisfies [string, (all: string[], at: number) => void, RegExp | null][])(
		'%s',
		(_, change, expected) => {
			const found = differenceAfter(change, 10);
			if (expected === null) expect(found).toBeNull();
			else expect(found).toMatch(expected);
		},
	);
});

const labKernels = ['v6.1-legacy', 'v6.12-stock', 'v9-patch'];

/** Compares what sysfs and setpci told after each step; gives how many steps that were. */
function compareStates(folder: string): number {
	let compared = 0;
	for (const path of filesBelow(folder, '.command.txt')) {
		for (const driver of driversIn(path)) {
			const text = textOf(folder, path);
			const run = runOf(folder, path.replace('.command', ''), text, driver);
			const told = toldStates(text);
			const simulated = simulatedStates(rememberedRun(driver, run), driver, run);
			expect([path, simulated]).toEqual([path, told]);
			compared += told.length;
		}
	}
	return compared;
}

describe('after each step its result, PCI_COMMAND, driver and enable count are those of the real kernel', () => {
	it('in runs kept with the tests', () => {
		expect(compareStates(fixtures)).toBe(484);
	});

	it.skipIf(!hasMore)('in all other runs', () => {
		expect(compareStates(moreRecordings)).toBeGreaterThan(800);
	});
});

/** Compares the traces of a folder, and gives how many steps that were. */
function compareAccesses(folder: string): number {
	let compared = 0;
	for (const path of filesBelow(folder, '.graph.txt')) {
		for (const driver of driversIn(path)) {
			const text = textOf(folder, path);
			const run = runOf(folder, path, text, driver);
			const recording = rememberedRun(driver, run);
			const simulated = simulatedAccesses(recording, driver, run);
			const words = controlWords(recording, driver, run);
			for (const [step, accesses] of tracedAccesses(text, driver, words)) {
				expect([path, step, simulated.get(step)]).toEqual([path, step, accesses]);
				compared += 1;
			}
		}
	}
	return compared;
}

describe('PCI_COMMAND is read and written, and message control changed, as on the real kernel', () => {
	it('in traces kept with the tests', () => {
		expect(compareAccesses(fixtures)).toBe(34);
	});

	it.skipIf(!hasMore)('in all other traces', () => {
		expect(compareAccesses(moreRecordings)).toBeGreaterThan(200);
	});
});
