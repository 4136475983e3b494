// Tries one target with one seed after the other, in a thread that can be stopped when it hangs.
import {writeFileSync} from 'node:fs';
import {parentPort, workerData} from 'node:worker_threads';
import fc from 'fast-check';
import {targets} from './targets.ts';

/** What this thread is given. */
export type Task = {
	readonly name: string;
	readonly seed: number;

	/** Where the file that is being tried is kept. */
	readonly current: string;
};

/** What it says, after each file and at the end. */
export type Report = {
	readonly seed: number;
	readonly runs: number;

	/** What went wrong, in a few lines; null where nothing did, or not yet. */
	readonly failure: string | null;
};

/** Files for each seed. */
const runsOfSeed = 50;

/** Lines of a stack that are shown. */
const shownCalls = 6;

const {name, seed: first, current} = workerData as Task;
const target = targets.find((each) => each.name === name);
if (target === undefined) throw new Error(`no target ${name}`);

for (let seed = first; ; seed += 1) {
	const property = fc.property(target.mutations, fc.nat(), (mutation, choice) => {
		const input = target.input(mutation);
		writeFileSync(current, input);
		parentPort?.postMessage({seed, runs: 0, failure: null} satisfies Report);
		target.check(input, choice);
	});
	const found = fc.check(property, {seed, numRuns: runsOfSeed, endOnFailure: true});
	const error =
		found.errorInstance instanceof Error ? found.errorInstance.stack?.split('\n    at ') : [];
	const failure = found.failed
		? `choice ${found.counterexample?.[1]}\n${error?.slice(0, shownCalls).join('\n    at ')}`
		: null;
	parentPort?.postMessage({seed, runs: found.numRuns, failure} satisfies Report);
}
