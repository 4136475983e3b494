import {readFileSync} from 'node:fs';
import {compareRecordings} from '../../source/diff/compare-recordings.ts';
import type {Recording} from '../../source/recording/recording.ts';
import type {DiffSource} from '../../source/reports/diff-report.ts';
import type {DiffOpening} from '../../source/tui/diff-state.ts';
import {fixtures, imported, textOf} from './real-recordings.ts';
import {runScenarioText} from './run-scenario-text.ts';

/** Two recordings and what came of comparing them. */
export type Compared = DiffOpening & {readonly a: DiffSource; readonly b: DiffSource};

/** A scenario that comes with the program, under its own kernel or another. */
export function shipped(name: string, kernel?: string): Recording {
	return runScenarioText(readFileSync(`scenarios/${name}.yaml`, 'utf8'), kernel);
}

/** Compares two recordings under names. */
export function compared(a: DiffSource, b: DiffSource): Compared {
	return {a, b, sides: {a, b}, comparison: compareRecordings(a.recording, b.recording)};
}

/** A real kernel's trace of ahci without the reported patch, and one with it. */
export function tracesOfAhci(): Compared {
	const [stock, patched] = ['v6.12-stock/ahci.graph.txt', 'v9-patch/ahci.graph.txt'].map(
		(path) => ({name: path, recording: imported(textOf(fixtures, path))}),
	);
	if (stock === undefined || patched === undefined) throw new Error('two traces are needed');
	return compared(stock, patched);
}

/** The reported bug and its repair, simulated. */
export function kernelsOfCcp(): Compared {
	const [before, after] = ['v9-series', 'v6.14'].map((kernel) => ({
		name: `ccp-reload@${kernel}`,
		recording: shipped('ccp-reload', kernel),
	}));
	if (before === undefined || after === undefined) throw new Error('two kernels are needed');
	return compared(before, after);
}
