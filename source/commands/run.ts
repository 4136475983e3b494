import {dmesgLines} from '../exporters/dmesg.ts';
import {didYouMean} from '../recording/closest-name.ts';
import type {Recording} from '../recording/recording.ts';
import {type ReportedExpectation, runReport} from '../reports/run-report.ts';
import {textReport} from '../reports/text-report.ts';
import type {Scenario} from '../scenario/scenario.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {loadInput} from './load-input.ts';
import {progressLine} from './progress-line.ts';
import {printLines} from './write-lines.ts';

const runFormats = ['text', 'json', 'dmesg'] as const;

type RunFormat = (typeof runFormats)[number];

async function print(
	recording: Recording,
	expectations: readonly ReportedExpectation[],
	format: RunFormat,
): Promise<void> {
	switch (format) {
		case 'text':
			process.stdout.write(textReport(recording, expectations));
			break;
		case 'json':
			process.stdout.write(`${JSON.stringify(runReport(recording, expectations), null, 2)}\n`);
			break;
		case 'dmesg':
			await printLines(dmesgLines(recording));
	}
}

async function check(recording: Recording, scenario: Scenario | null) {
	if (scenario === null || scenario.expect.length === 0) return [];
	const {checkExpectations} = await import('./expectations.ts');
	return checkExpectations(recording, scenario);
}

async function save(path: string, recording: Recording) {
	const {serializeRecording} = await import('../recording/save.ts');
	const {saveFile} = await import('./save-file.ts');
	return saveFile(path, serializeRecording(recording));
}

/** `devresdbg run FILE -x SCRIPT`: prints a transcript of the commands instead of a report. */
async function runBatch(file: string, flags: Flags): Promise<ExitCode> {
	if (flags.kernel === 'all' || flags.format !== undefined || flags.save !== undefined) {
		const hint = 'the commands "set kernel" and "save" do the like';
		return tell(
			failure(exitCode.usage, '--kernel all, --format and --save print no transcript', hint),
		);
	}
	const loaded = await loadInput(file, flags);
	if (!loaded.ok) return tell(loaded);
	const {createSession} = await import('../debugger/session.ts');
	const {environmentOf} = await import('./environment.ts');
	const {runCommands, tellProblems} = await import('./run-commands.ts');
	const session = createSession(loaded.recording, environmentOf(loaded));
	const result = runCommands(session, flags.commands ?? []);
	process.stdout.write(result.transcript.map(({text}) => `${text}\n`).join(''));
	return tellProblems(result);
}

/** `devresdbg run FILE`: prints a report and saves the recording where asked to. */
export async function run(file: string, flags: Flags): Promise<ExitCode> {
	if ((flags.commands ?? []).length > 0) return runBatch(file, flags);
	const given = flags.format ?? 'text';
	const format = runFormats.find((known) => known === given);
	if (format === undefined) {
		const hint = didYouMean(given, runFormats) ?? `known: ${runFormats.join(', ')}`;
		return tell(failure(exitCode.usage, `unknown format "${given}"`, hint));
	}
	if (flags.kernel === 'all') {
		return (await import('./run-revisions.ts')).runRevisions(file, flags, format);
	}
	const loaded = await loadInput(file, flags, {progress: progressLine(process.stderr)});
	if (!loaded.ok) return tell(loaded);
	const {recording, scenario} = loaded;
	const expectations = await check(recording, scenario);
	// Saved first: a reader of the report that has seen enough ends the program.
	const saved = flags.save === undefined ? null : await save(flags.save, recording);
	await print(recording, expectations, format);
	if (saved?.ok === false) return tell(saved);
	const failed = expectations.filter(({ok}) => !ok);
	for (const {text, detail} of failed) {
		process.stderr.write(`expectation failed: ${text}\n${detail === null ? '' : `  ${detail}\n`}`);
	}
	return failed.length === 0 ? exitCode.fine : exitCode.failed;
}
