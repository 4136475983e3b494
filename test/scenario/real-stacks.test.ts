import {expect, it} from 'vitest';
import {driversIn, rememberedRun, runOf} from '../helpers/compared-recordings.ts';
import {filesBelow, fixtures, moreRecordings, textOf} from '../helpers/real-recordings.ts';
import {placesOfSteps} from '../helpers/recorded-driver.ts';
import {recordedStacks, simulatedStacks, stackDifference} from '../helpers/recorded-stacks.ts';

/** Every event of those has its stack, and no event was lost. */
function stackFiles(folder: string): string[] {
	return filesBelow(folder, '.txt').filter(
		(path) => /\.stacks\.(?:txt|report)/.test(path) && !/report-R|boot\./.test(path),
	);
}

/** Differences between all stacks below the folder and the simulated ones, and how many were compared. */
function compareStacks(folder: string): {compared: number; differences: string[]} {
	let compared = 0;
	const differences = new Set<string>();
	for (const path of stackFiles(folder)) {
		for (const driver of driversIn(path)) {
			const text = textOf(folder, path);
			const run = runOf(folder, path, text, driver);
			const recording = rememberedRun(driver, run);
			const start = placesOfSteps(recording, driver, run.steps)[run.unseen] ?? 0;
			const simulated = simulatedStacks(recording, start);
			const calls = recording.ofType('call').map((seq) => recording.at(seq));
			const known = new Set(calls.map((event) => (event.type === 'call' ? event.fn : '')));
			for (const [index, stack] of recordedStacks(text).entries()) {
				const difference = stackDifference(stack, simulated[index] ?? [], known);
				if (difference !== null) differences.add(`${path}: ${difference}`);
				compared += 1;
			}
		}
	}
	return {compared, differences: [...differences]};
}

it('frames of a recorded stack stand in the simulated one, in that order', () => {
	expect(compareStacks(fixtures)).toEqual({compared: 65, differences: []});
});

it.skipIf(stackFiles(moreRecordings).length === 0)('so they do in all other recordings', () => {
	const {compared, differences} = compareStacks(moreRecordings);
	expect(differences).toEqual([]);
	expect(compared).toBeGreaterThan(1700);
});

it('a frame in another place is seen', () => {
	const frame = (fn: string) => ({fn, module: null, inlined: false});
	const known = new Set(['devres_add', 'devm_kmalloc', 'really_probe']);
	const stack = {operation: 'ADD', frames: ['devres_add', 'devm_kmalloc', 'really_probe']};
	const difference = (...names: string[]) => stackDifference(stack, names.map(frame), known);
	expect(difference('devres_add', 'devm_kmalloc', 'really_probe')).toBeNull();
	expect(difference('devres_add', 'really_probe')).toBe('ADD: no devm_kmalloc');
	expect(difference('devres_add', 'devm_kmalloc', 'other', 'really_probe')).toBe(
		'ADD: other is not in the recorded stack',
	);
});
