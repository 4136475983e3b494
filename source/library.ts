import {compileCondition} from './debugger/expression.ts';
import type {Finding} from './findings/finding.ts';
import {findingsOf} from './findings/findings.ts';
import {type ImportOptions, importLog} from './importers/import-log.ts';
import {revisions} from './kernel/revisions.ts';
import type {LoadResult} from './recording/load.ts';
import type {Recording} from './recording/recording.ts';
import {serializeRecording} from './recording/save.ts';
import type {ExpressionCheck} from './scenario/check-expressions.ts';
import {loadScenario, vocabulary} from './scenario/load-scenario.ts';
import {readKernel} from './scenario/read-kernel.ts';
import {runScenario} from './scenario/run-scenario.ts';

export type {Evidence, Finding, Severity} from './findings/finding.ts';
export {describeFinding} from './findings/finding.ts';
export {inputFormats} from './importers/import-log.ts';
export {describe, type NodeNamer} from './recording/describe.ts';
export type * from './recording/event.ts';
export {loadRecording} from './recording/load.ts';
export type {LocatedError} from './recording/located-error.ts';
export {nodeKey} from './recording/node-id.ts';
export type {
	Clock,
	LineCounts,
	RecordingHeader,
	SuggestedBreakpoint,
} from './recording/recording.ts';
export type {
	ArmedFault,
	DeviceState,
	DriverState,
	Frame,
	MachineState,
	NodeState,
	ReleasePass,
	ReleaseStage,
	TodoEntry,
} from './recording/state.ts';
export {type ImportOptions, importLog, type LoadResult, type Recording};

/** How a scenario is run. */
export type SimulateOptions = {
	/**
	The kernel to run under instead of the scenario's own: a name from `kernels`, or a mixture as scenarios write it,
	`{base: v6.12-stable, intx: v9-series}`.
	*/
	readonly kernel?: string;

	/** For the recording's header: where the scenario came from. */
	readonly path?: string;
};

/** A kernel that scenarios can run under. */
export type KernelName = {
	/** As `--kernel` and `simulate` take it. */
	readonly name: string;

	/** What is special about it. */
	readonly summary: string;
};

/** All kernels that scenarios can run under, oldest first. */
export const kernels: readonly KernelName[] = revisions.map(({name, summary}) => ({name, summary}));

/** An expression of a scenario must be one that the debugger understands. */
const checkExpression: ExpressionCheck = (text) => {
	const compiled = compileCondition(text);
	return compiled.ok ? null : compiled.error;
};

/**
Runs a scenario, given as its YAML text. Deterministic: the same text and kernel give the same events.

Never throws for what stands in the text; errors come with their lines. Whether its `expect` holds is not looked at.
*/
export function simulate(yaml: string, {kernel, path}: SimulateOptions = {}): LoadResult {
	const loaded = loadScenario(yaml, {...vocabulary, checkExpression});
	if (!loaded.ok) return loaded;
	const asked = kernel === undefined ? undefined : readKernel(kernel);
	if (asked?.ok === false) {
		const {message, hint} = asked;
		const error = {line: null, column: null, message};
		return {ok: false, errors: [hint === undefined ? error : {...error, hint}]};
	}
	const run = runScenario(loaded.scenario, {path: path ?? null, kernel: asked?.kernel});
	return run.ok ? run : {ok: false, errors: [run.error]};
}

/** What is wrong in a recording, in its order, each with the events that prove it. Empty where nothing is. */
export function check(recording: Recording): readonly Finding[] {
	return findingsOf(recording);
}

/** The text of a `.jsonl` file that `loadRecording` and the program open. The same recording gives the same bytes. */
export function saveRecording(recording: Recording): string {
	return Array.from(serializeRecording(recording), (line) => `${line}\n`).join('');
}
