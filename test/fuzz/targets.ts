import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect} from 'vitest';
import {importLog, inputFormats, startImport} from '../../source/importers/import-log.ts';
import {LogLines} from '../../source/importers/log-lines.ts';
import {revisions} from '../../source/kernel/revisions.ts';
import {loadRecording} from '../../source/recording/load.ts';
import type {LocatedError} from '../../source/recording/located-error.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {serializeRecording} from '../../source/recording/save.ts';
import {codeFrames} from '../../source/reports/code-frame.ts';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenario} from '../../source/scenario/run-scenario.ts';
import {expectClean} from '../helpers/look-at-all.ts';
import {filesBelow, fixtures, imported, textOf} from '../helpers/real-recordings.ts';
import {lookAtMore, pressKeys} from './looks.ts';
import {type Mutation, mutant, mutations} from './mutations.ts';
import {checkScript, scripts} from './scripts.ts';

/** Something to be broken. */
export type Target = {
	readonly name: string;

	/** How often it is tried where time is short. */
	readonly runs: number;

	/** The file that a mutation makes. */
	readonly input: (mutation: Mutation) => Buffer;
	readonly mutations: fc.Arbitrary<Mutation>;

	/** Reads the file as the program does and looks at what it is; throws where anything is wrong. `choice` is any number. */
	readonly check: (input: Buffer, choice: number) => void;
};

const logs = filesBelow(fixtures, '.txt')
	.concat(filesBelow(fixtures, '.json'))
	.filter((path) => !path.endsWith('command.txt'))
	.map((path) => readFileSync(join(fixtures, path)));
const scenarioFolder = join(import.meta.dirname, '..', '..', 'scenarios');
const scenarios = readdirSync(scenarioFolder)
	.filter((file) => file.endsWith('.yaml'))
	.map((file) => readFileSync(join(scenarioFolder, file)));

const savedPaths = [
	'v9-patch/i801_smbus.graph.txt',
	'v9-patch/ahci.dmesg.txt',
	'v9-patch/nvme.events.txt',
	'v6.12-stock/nvme.dmesg.txt',
	'formats/trace_pipe/ahci.trace_pipe.live.txt',
];
const originals = savedPaths.map((path) => imported(textOf(fixtures, path)));
const saved = originals.map((recording) =>
	Buffer.from([...serializeRecording(recording)].join('\n')),
);

/** Fails where an error does not say what is wrong, or names a place that is not there. */
function expectLocated(errors: readonly LocatedError[], lines: number): void {
	expect(errors.length).toBeGreaterThan(0);
	for (const {message, line, column} of errors) {
		expect(message).not.toBe('');
		if (line !== null)
			expect(line >= 1 && line <= lines + 1 ? '' : `line ${line} of ${lines}`).toBe('');
		if (column !== null) expect(column).toBeGreaterThanOrEqual(1);
	}
	expectClean(codeFrames('file', errors));
}

/** The lines of a file that comes in pieces of so many bytes, as it does from a pipe. */
function linesInPieces(input: Buffer, size: number): LogLines {
	const decoder = new TextDecoder();
	const lines = new LogLines();
	for (let at = 0; at < input.length; at += size) {
		lines.push(decoder.decode(input.subarray(at, at + size), {stream: true}));
	}
	lines.push(decoder.decode());
	lines.end();
	return lines;
}

/** An import that goes on while it is looked at says the same in the end. */
function importInSteps(
	lines: LogLines,
	format: string | undefined,
	step: number,
): Recording | null {
	const started = startImport(lines, format === undefined ? {} : {format});
	if (!started.ok) {
		expectLocated(started.errors, lines.length);
		return null;
	}
	while (started.run.advance(step)) {
		if (step > lines.length / 8) lookAtMore(started.run.recordingSoFar(), step);
	}
	const read = started.run.finish();
	if (read.ok) return read.recording;
	expectLocated(read.errors, lines.length);
	return null;
}

/** Events, and what they make memory hold, stay in proportion to the text. */
function expectInProportion(recording: Recording, input: Buffer): void {
	const {total, used, ignored, unparsed, lost} = recording.header.lines;
	expect(used + ignored + unparsed + lost).toBe(total);
	expect(recording.length).toBeLessThan(20 + input.length);
}

/** Formats that lines may be forced to be, and none. */
const forced = [undefined, undefined, undefined, ...inputFormats];

function checkLog(input: Buffer, choice: number): void {
	const format = forced[choice % forced.length];
	const text = new TextDecoder().decode(input);
	const whole = importLog(text, format === undefined ? {} : {format});
	if (!whole.ok) expectLocated(whole.errors, text.split('\n').length);
	if (whole.ok && whole.recording.header.source.format !== undefined) {
		expectInProportion(whole.recording, input);
	}
	if (format !== 'devresdbg-recording') {
		const lines = linesInPieces(input, 1 + ((choice >> 4) % 5000));
		importInSteps(lines, format, 1 + ((choice >> 2) % 3000));
	}
	if (!whole.ok) return;
	lookAtMore(whole.recording, choice, originals[choice % originals.length]);
	pressKeys(whole.recording, choice);
}

function checkScenario(input: Buffer, choice: number): void {
	const text = input.toString('utf8');
	const loaded = loadScenario(text);
	if (!loaded.ok) {
		expectLocated(loaded.errors, text.split('\n').length);
		return;
	}
	const kernel = revisions[choice % (revisions.length * 2)]?.name;
	const run = runScenario(loaded.scenario, {budget: 3000, kernel});
	if (!run.ok) {
		expectLocated([run.error], text.split('\n').length);
		return;
	}
	lookAtMore(run.recording, choice);
	pressKeys(run.recording, choice);
}

function checkSaved(input: Buffer, choice: number): void {
	const text = input.toString('utf8');
	const loaded = loadRecording(text);
	if (!loaded.ok) {
		expectLocated(loaded.errors, text.split('\n').length);
		return;
	}
	lookAtMore(loaded.recording, choice, originals[choice % originals.length]);
	pressKeys(loaded.recording, choice);
	const again = loadRecording(serializeRecording(loaded.recording));
	expect(again.ok).toBe(true);
}

function target(
	name: string,
	runs: number,
	files: readonly Buffer[],
	check: Target['check'],
): Target {
	return {
		name,
		runs,
		input: (mutation) => mutant(files, mutation),
		mutations: mutations(files.length),
		check,
	};
}

/** A value of a JSON text, for another. */
const jsonValue = fc.constantFrom(
	...['null', '-1', '1e400', '0.5', '9007199254740993', '[]', '{}', '""', '"__proto__"', 'true'],
	...[
		'"\\u001b[31m"',
		'"\\u202e"',
		'"0000:23:00.1"',
		'"ahci"',
		'"devres-move"',
		'"devres-release"',
	],
	...[
		'"return"',
		'"call"',
		'"bind"',
		'"probe-end"',
		'"lost"',
		'"warning"',
		'"grp<"',
		'4294967296',
		'7',
	],
	...['"ffff8cfaa528d140"', '"\\ud800"', '"a\\nb"', `"${'漢'.repeat(300)}"`],
);

/** Saved recordings whose values are exchanged: they are read more often than those whose bytes are. */
const exchanged = fc.record({
	file: fc.nat(saved.length - 1),
	other: fc.nat(saved.length - 1),
	changes: fc.constant([]),
	values: fc.array(fc.tuple(fc.nat(1_000_000), fc.oneof(jsonValue, fc.nat(1_000_000))), {
		minLength: 1,
		maxLength: 4,
	}),
});

type Exchange = Mutation & {readonly values: readonly (readonly [number, string | number])[]};

function exchangedInput(mutation: Mutation): Buffer {
	const text = saved[mutation.file]?.toString('utf8') ?? '';
	const parts = text.match(/"(?:[^"\\]|\\.)*"|-?[\d.]+|\w+|[^\w"]/g) ?? [];
	const values = parts.flatMap((part, index) =>
		/^["\d\w]/.test(part) && parts[index + 1] !== ':' ? [index] : [],
	);
	for (const [at, by] of (mutation as Exchange).values) {
		const index = values[at % values.length] ?? 0;
		parts[index] = typeof by === 'string' ? by : (parts[values[by % values.length] ?? 0] ?? '0');
	}
	return Buffer.from(parts.join(''));
}

/** Everything that files are read for. */
export const targets: readonly Target[] = [
	target('logs', 60, logs, checkLog),
	target('scenarios', 120, scenarios, checkScenario),
	target('saved recordings', 60, saved, checkSaved),
	{
		name: 'saved values',
		runs: 60,
		input: exchangedInput,
		mutations: exchanged,
		check: checkSaved,
	},
	target('scripts', 40, scripts, checkScript),
	target('anything', 30, [...logs, ...scenarios, ...saved], checkLog),
];
