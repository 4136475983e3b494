import {revisions} from '../kernel/revisions.ts';
import type {Recording} from '../recording/recording.ts';
import type {Scenario} from '../scenario/scenario.ts';
import {exitCode, type Failure, failure} from './failure.ts';
import type {Flags} from './flags.ts';
import {loadInput, simulate} from './load-input.ts';

/** How a scenario fares under every revision. */
export type AllRevisions<T> = {
	readonly ok: true;

	/** Of the scenario. */
	readonly title: string;

	/** Of its file; null for standard input. */
	readonly path: string | null;

	/** What was made of each recording, in the order of the revisions. */
	readonly outcomes: readonly T[];
};

/** Runs a scenario under every revision, for `--kernel all`. Only what `judge` makes of a recording is kept. */
export async function runAllRevisions<T>(
	file: string,
	flags: Flags,
	judge: (recording: Recording, kernel: string, scenario: Scenario) => T,
): Promise<AllRevisions<T> | Failure> {
	const loaded = await loadInput(file, {...flags, kernel: undefined});
	if (!loaded.ok) return loaded;
	const {recording, scenario} = loaded;
	const {title, source} = recording.header;
	if (scenario === null) {
		return failure(exitCode.usage, `--kernel is for scenarios; ${file} is a recording`);
	}
	const outcomes: T[] = [];
	for (const {name} of revisions) {
		const run = await simulate(scenario, source.path, name);
		if (!run.ok) return run;
		outcomes.push(judge(run.recording, name, scenario));
	}
	return {ok: true, title, path: source.path, outcomes};
}
