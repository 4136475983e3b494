import {describe, expect, it} from 'vitest';
import {dmesgText} from '../helpers/export-text.ts';
import {filesBelow, fixtures, moreRecordings, textOf} from '../helpers/real-recordings.ts';
import {
	comparedLines,
	linesOfSteps,
	type RunKind,
	recordedDrivers,
	recordedKernels,
	simulatedRun,
	simulatedStates,
	simulatedWrites,
	toldStates,
	tracedWrites,
} from '../helpers/recorded-driver.ts';

const kernels = Object.entries(recordedKernels).map(([folder, kernel]) => ({folder, kernel}));

/** Lines that are compared: by driver, under v6.1-legacy, v6.12-stock and v9-patch. */
const counts: {readonly [kind in RunKind]: {readonly [driver: string]: readonly number[]}} = {
	plain: {
		ahci: [146, 181, 77],
		i801_smbus: [20, 25, 25],
		snd_intel8x0: [25, 65, 65],
		'sdhci-pci': [30, 35, 35],
		e1000e: [10, 10, 10],
		nvme: [10, 10, 10],
	},
	nomsi: {ahci: [116, 132, 36], e1000e: [8, 0, 0], nvme: [8, 0, 0]},
	fresh: {
		ahci: [232, 288, 154],
		i801_smbus: [32, 40, 40],
		snd_intel8x0: [40, 104, 104],
		'sdhci-pci': [48, 56, 56],
		e1000e: [16, 16, 16],
		nvme: [16, 16, 16],
	},
};

function cases(kind: RunKind) {
	return recordedDrivers
		.filter(({name}) => kind !== 'nomsi' || ['ahci', 'e1000e', 'nvme'].includes(name))
		.flatMap((driver) =>
			kernels.map(({folder, kernel}, index) => ({
				driver,
				name: driver.name,
				folder,
				kernel,
				count: counts[kind][driver.name]?.[index],
			})),
		);
}

describe('the log of boot, two unbinds and two binds is that of the real kernel, line for line', () => {
	it.each(cases('plain'))('$name on $folder', ({driver, folder, kernel, count}) => {
		const real = ['bootprobe.dmesg', 'dmesg']
			.map((file) => textOf(fixtures, `${folder}/${driver.name}.${file}.txt`))
			.join('\n');
		const lines = comparedLines(real, driver.address);
		const simulated = dmesgText(simulatedRun(driver, kernel, 'plain'));
		expect(comparedLines(simulated, driver.address)).toEqual(lines);
		expect(lines).toHaveLength(count ?? -1);
	});
});

describe.each(['nomsi', 'fresh'] as const)('so is that of a run with %s', (kind) => {
	it.each(cases(kind))('$name on $folder', ({driver, folder, kernel, count}) => {
		const real = textOf(fixtures, `${folder}/${kind}/${driver.name}.dmesg.txt`);
		const lines = comparedLines(real, driver.address);
		const simulated = linesOfSteps(simulatedRun(driver, kernel, kind), driver.address);
		expect(simulated).toEqual(lines);
		expect(lines).toHaveLength(count ?? -1);
	});
});

describe.each(['plain', 'nomsi', 'fresh'] as const)(
	'PCI_COMMAND, driver and enable count after each step of a %s run are those of the real kernel',
	(kind) => {
		it.each(cases(kind))('$name on $folder', ({driver, folder, kernel}) => {
			const place = kind === 'plain' ? folder : `${folder}/${kind}`;
			const told = toldStates(textOf(fixtures, `${place}/${driver.name}.command.txt`));
			const simulated = simulatedStates(simulatedRun(driver, kernel, kind), driver, kind);
			expect(told.length).toBeGreaterThan(4);
			expect(simulated.slice(-told.length)).toEqual(told);
		});
	},
);

/** Compares the traces of a folder, and gives how many steps that were. */
function compareWrites(folder: string): number {
	let compared = 0;
	for (const path of filesBelow(folder, '.graph.txt')) {
		const [, kernel = '', other, name] = /^([^/]+)\/(?:([^/]+)\/)?([^/]+)\.graph/.exec(path) ?? [];
		const driver = recordedDrivers.find((each) => each.name === name);
		const run = recordedKernels[kernel];
		if (driver === undefined || run === undefined) continue;
		const kind = other === 'nomsi' || other === 'fresh' ? other : 'plain';
		const simulated = simulatedWrites(simulatedRun(driver, run, kind), driver, kind);
		for (const [step, writes] of tracedWrites(textOf(folder, path), driver)) {
			expect([path, step, simulated.get(step)]).toEqual([path, step, writes]);
			compared += 1;
		}
	}
	return compared;
}

describe('bit 10 and bus mastering are written in the same order as on the real kernel', () => {
	it('in traces kept with the tests', () => {
		expect(compareWrites(fixtures)).toBe(27);
	});

	it.skipIf(filesBelow(moreRecordings, '.graph.txt').length === 0)('in more traces', () => {
		expect(compareWrites(moreRecordings)).toBeGreaterThan(200);
	});
});
