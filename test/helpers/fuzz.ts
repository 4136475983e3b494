import type fc from 'fast-check';

/** The same texts every time; `FUZZ_SEED` and `FUZZ_RUNS` try others, and more. A failure prints its seed. */
export function fuzz(runs: number): fc.Parameters<unknown> {
	const {FUZZ_SEED: seed = '20240709', FUZZ_RUNS: times = '1'} = process.env;
	return {seed: Number(seed), numRuns: Math.ceil(runs * Number(times)), endOnFailure: true};
}
