import {isJournalExport} from '../importers/journal-export.ts';
import {didYouMean} from '../recording/closest-name.ts';
import type {Recording} from '../recording/recording.ts';
import {codeFrames} from '../reports/code-frame.ts';
import type {Scenario} from '../scenario/scenario.ts';
import {exitCode, type Failure, failure} from './failure.ts';
import type {Flags} from './flags.ts';
import {type Input, readInput} from './read-input.ts';

/** A recording to look at. */
export type Loaded = {
	readonly ok: true;
	readonly recording: Recording;

	/** Null where it came from a file of events or lines. */
	readonly scenario: Scenario | null;
};

/** Looks at the name first, since a broken scenario is still one, then at how the content starts. */
function isScenario(path: string | null, text: string): boolean {
	if (/\.ya?ml$/i.test(path ?? '')) return true;
	const start = text.slice(0, 4000);
	return /^# yaml-language-server:|^(?:title|devices|drivers|script):/m.test(start);
}

/** Text of the input, or why it is none. */
function textOf({path, bytes}: Input): {readonly ok: true; readonly text: string} | Failure {
	const name = path ?? 'standard input';
	const code = isScenario(path, '') ? exitCode.scenario : exitCode.input;
	const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
	if (bytes.includes(0) && !isJournalExport(text)) {
		return failure(code, `${name}: is a binary file`, 'give a text file');
	}
	if (text.trim() === '') return failure(code, `${name}: is empty`);
	return {ok: true, text};
}

/** Reads the scenario in a text and says what is wrong with it. */
async function loadScenarioText(
	text: string,
	path: string | null,
): Promise<{readonly ok: true; readonly scenario: Scenario} | Failure> {
	const {loadScenario, vocabulary} = await import('../scenario/load-scenario.ts');
	const {compileCondition} = await import('../debugger/expression.ts');
	const loaded = loadScenario(text, {
		...vocabulary,
		checkExpression(expression) {
			const compiled = compileCondition(expression);
			return compiled.ok ? null : compiled.error;
		},
	});
	if (loaded.ok) return loaded;
	const message = codeFrames(path ?? 'standard input', loaded.errors);
	return {ok: false, exitCode: exitCode.scenario, message};
}

/** Null where the simulation knows the kernel. */
async function checkKernel(kernel: string): Promise<Failure | null> {
	const {revisions} = await import('../kernel/revisions.ts');
	const known = revisions.map(({name}) => name);
	if (known.includes(kernel)) return null;
	const hint = didYouMean(kernel, known) ?? `known: ${known.join(', ')}, and all for a table`;
	return failure(exitCode.usage, `unknown kernel "${kernel}"`, hint);
}

/** Runs a scenario, under another revision where one is named. */
export async function simulate(
	scenario: Scenario,
	path: string | null,
	kernel?: string,
): Promise<Loaded | Failure> {
	const {runScenario} = await import('../scenario/run-scenario.ts');
	const run = runScenario(scenario, {path, ...(kernel === undefined ? {} : {kernel})});
	if (run.ok) return {ok: true, recording: run.recording, scenario};
	const message = codeFrames(path ?? 'standard input', [run.error]);
	return {ok: false, exitCode: exitCode.scenario, message};
}

async function importText(text: string, path: string | null, format: string | undefined) {
	const {importLog, inputFormats} = await import('../importers/import-log.ts');
	if (format !== undefined && !inputFormats.includes(format)) {
		const hint = didYouMean(format, inputFormats) ?? `known: ${inputFormats.join(', ')}`;
		return failure(exitCode.usage, `unknown input format "${format}"`, hint);
	}
	const read = importLog(text, {path, ...(format === undefined ? {} : {format})});
	if (read.ok) return {ok: true, recording: read.recording, scenario: null} as const;
	const message = codeFrames(path ?? 'standard input', read.errors);
	return {ok: false, exitCode: exitCode.input, message} as const;
}

/** Makes a recording of whatever a file holds: scenario, saved recording or kernel log. */
export async function loadInput(file: string, flags: Flags): Promise<Loaded | Failure> {
	const unknown = flags.kernel === undefined ? null : await checkKernel(flags.kernel);
	if (unknown !== null) return unknown;
	const input = await readInput(file);
	if (!input.ok) return input;
	const read = textOf(input);
	if (!read.ok) return read;
	if (flags.input === undefined && isScenario(input.path, read.text)) {
		const loaded = await loadScenarioText(read.text, input.path);
		return loaded.ok ? simulate(loaded.scenario, input.path, flags.kernel) : loaded;
	}
	if (flags.kernel !== undefined) {
		return failure(exitCode.usage, `--kernel is for scenarios; ${file} is a recording`);
	}
	return importText(read.text, input.path, flags.input);
}
