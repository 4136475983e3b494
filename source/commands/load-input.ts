import {isJournalExport} from '../importers/journal-export.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {type LoadResult, loadRecording} from '../recording/load.ts';
import type {Recording} from '../recording/recording.ts';
import {recordingFormat} from '../recording/save.ts';
import {codeFrames} from '../reports/code-frame.ts';
import type {Scenario} from '../scenario/scenario.ts';
import {type ExitCode, exitCode, type Failure, failure} from './failure.ts';
import type {Flags} from './flags.ts';
import {InputText} from './input-text.ts';
import type {LiveLog} from './live-log.ts';
import {type Progress, silent} from './progress-line.ts';
import {explain, type Input, readInput} from './read-input.ts';

/** A recording to look at. */
export type Loaded = {
	readonly ok: true;
	readonly recording: Recording;

	/** Null where it came from a file of events or lines. */
	readonly scenario: Scenario | null;

	/** Revisions that it can be made under again; empty without a scenario. */
	readonly kernels: readonly string[];

	/** Makes it again under another revision. */
	readonly rerun: (kernel: string) => Loaded | Failure;

	/** The log that goes on, where it does. */
	readonly live: LiveLog | null;
};

/** How to read an input. */
export type LoadOptions = {
	/** Told how far it is. */
	readonly progress?: Progress;

	/** Stop when nothing comes for a moment: the rest is followed live. */
	readonly follow?: boolean;
};

/** Looks at the name first, since a broken scenario is still one, then at how the content starts. */
function isScenario(path: string | null, text: string): boolean {
	if (/\.ya?ml$/i.test(path ?? '')) return true;
	const start = text.slice(0, 4000);
	return /^# yaml-language-server:|^(?:title|devices|drivers|script):/m.test(start);
}

/** Files of tools that print text on demand: how they begin, and what prints it. */
const binaries = [
	{magic: '\u0017\bDtracing', hint: 'print it with `trace-cmd report`'},
	{magic: 'PERFILE2', hint: 'print it with `perf script`'},
	{magic: 'LPKSHHRH', hint: 'print it with `journalctl --file`'},
] as const;

/** What can't be read as text, from its beginning; null for what can. */
function refuse(name: string, start: string, input: Input, code: ExitCode): Failure | null {
	if (start.trim() === '') return failure(code, `${name}: ${input.damage() ?? 'is empty'}`);
	const known = binaries.find(({magic}) => start.startsWith(magic));
	const isText = isJournalExport(start) || !start.includes('\u0000');
	if (known === undefined && isText) return null;
	return failure(code, `${name}: is a binary file`, known?.hint ?? 'give a text file');
}

async function readRest(text: InputText, start: string): Promise<string> {
	const parts = [start.replace(/^\uFEFF/, '')];
	while (!text.ended) parts.push(await text.next());
	return parts.join('');
}

/** Reads the scenario in a text and says what is wrong with it. */
async function loadScenarioText(
	text: string,
	path: string | null,
): Promise<{readonly ok: true; readonly scenario: Scenario} | Failure> {
	const {loadScenario, vocabulary} = await import('../scenario/load-scenario.ts');
	const {checkCondition} = await import('../debugger/expression.ts');
	const loaded = loadScenario(text, {...vocabulary, checkExpression: checkCondition});
	if (loaded.ok) return loaded;
	const message = codeFrames(path ?? 'standard input', loaded.errors);
	return {ok: false, exitCode: exitCode.scenario, message};
}

type AskedKernel = {readonly ok: true; readonly kernel?: Scenario['kernel']};

/** The kernel that the command line asks for, if it does. */
async function kernelOf({kernel}: Flags): Promise<AskedKernel | Failure> {
	if (kernel === undefined) return {ok: true};
	const {readKernel} = await import('../scenario/read-kernel.ts');
	const read = readKernel(kernel);
	return read.ok ? read : failure(exitCode.usage, read.message, read.hint);
}

/** Runs a scenario, under another kernel where one is given. */
export async function simulate(
	scenario: Scenario,
	path: string | null,
	kernel?: Scenario['kernel'],
): Promise<Loaded | Failure> {
	const {runScenario} = await import('../scenario/run-scenario.ts');
	const {revisions} = await import('../kernel/revisions.ts');
	const kernels = revisions.map(({name}) => name);
	const make = (revision?: Scenario['kernel']): Loaded | Failure => {
		const run = runScenario(scenario, {
			path,
			...(revision === undefined ? {} : {kernel: revision}),
		});
		if (run.ok)
			return {ok: true, recording: run.recording, scenario, kernels, rerun: make, live: null};
		const message = codeFrames(path ?? 'standard input', [run.error]);
		return {ok: false, exitCode: exitCode.scenario, message};
	};
	return make(kernel);
}

/** A recording that was read cannot be made again. */
function readOnly(recording: Recording, live: LiveLog | null = null): Loaded {
	const rerun = () => failure(exitCode.usage, 'a recording that was read has no scenario to run');
	return {ok: true, recording, scenario: null, kernels: [], rerun, live};
}

async function readLog(
	text: InputText,
	start: string,
	flags: Flags,
	{progress = silent, follow = false}: LoadOptions,
): Promise<Loaded | Failure> {
	const {inputFormats, isSavedRecording} = await import('../importers/import-log.ts');
	const {importWhole, LogSource} = await import('./log-source.ts');
	const {path} = text.input;
	const {input: format} = flags;
	const name = path ?? 'standard input';
	if (format !== undefined && !inputFormats.includes(format)) {
		const hint = didYouMean(format, inputFormats) ?? `known: ${inputFormats.join(', ')}`;
		return failure(exitCode.usage, `unknown input format "${format}"`, hint);
	}
	const isSaved = format === undefined ? isSavedRecording(start) : format === recordingFormat;
	const answer = (read: LoadResult): Loaded | Failure => {
		if (read.ok) return readOnly(read.recording);
		return {ok: false, exitCode: exitCode.input, message: codeFrames(name, read.errors)};
	};
	if (isSaved) return answer(loadRecording(await readLines(text, start, progress)));
	const source = new LogSource(text, start);
	const options = {path, ...(format === undefined ? {} : {format})};
	if (follow) {
		const {followLog} = await import('./live-log.ts');
		const live = await followLog(source, options, progress);
		if (live !== null) return readOnly(live.recording, live);
	}
	return answer(await importWhole(source, options, progress));
}

/** More letters than these of a saved recording are not kept in memory: it is refused for what it lacks. */
const mostLetters = 1_000_000_000;

/** The lines of a saved recording. No log has lines as long as its first, which holds a whole log. */
async function readLines(text: InputText, start: string, progress: Progress): Promise<string[]> {
	const lines: string[] = [];
	let rest = '';
	let size = 0;
	for (let piece = start; ; piece = await text.next()) {
		size += piece.length;
		const parts = piece.split('\n');
		rest += parts.shift() ?? '';
		for (const part of parts) {
			lines.push(rest);
			rest = part;
		}
		if (text.ended || size > mostLetters) break;
		progress.tell('reading', text.input.progress());
	}
	lines.push(rest);
	return lines;
}

/** Makes a recording of whatever a file holds: scenario, saved recording or kernel log. */
export async function loadInput(
	file: string,
	flags: Flags,
	options: LoadOptions = {},
): Promise<Loaded | Failure> {
	const asked = await kernelOf(flags);
	if (!asked.ok) return asked;
	const input = await readInput(file);
	if (!input.ok) return input;
	const name = input.path ?? 'standard input';
	try {
		const text = new InputText(input);
		const start = await text.start();
		const isYaml = isScenario(input.path, '');
		const refused = refuse(name, start, input, isYaml ? exitCode.scenario : exitCode.input);
		if (refused !== null) return refused;
		if (flags.input === undefined && isScenario(input.path, start)) {
			const loaded = await loadScenarioText(await readRest(text, start), input.path);
			return loaded.ok ? await simulate(loaded.scenario, input.path, asked.kernel) : loaded;
		}
		if (flags.kernel !== undefined) {
			return failure(exitCode.usage, `--kernel is for scenarios; ${file} is a recording`);
		}
		return await readLog(text, start, flags, options);
	} catch (error) {
		return explain(error, name);
	} finally {
		options.progress?.end();
	}
}
