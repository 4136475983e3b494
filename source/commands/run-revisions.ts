import {revisions} from '../kernel/revisions.ts';
import {
	type RevisionOutcome,
	type RevisionReport,
	revisionOutcome,
	revisionTable,
} from '../reports/revision-table.ts';
import {checkExpectations} from './expectations.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {loadInput, simulate} from './load-input.ts';

/** `devresdbg run FILE --kernel all`: how a scenario fares under every revision. Expectations are shown, not enforced: they are of one kernel. */
export async function runRevisions(file: string, flags: Flags, format: string): Promise<ExitCode> {
	if (format === 'dmesg' || flags.save !== undefined) {
		return tell(failure(exitCode.usage, '--kernel all gives a table: as text or json, unsaved'));
	}
	const loaded = await loadInput(file, {...flags, kernel: undefined});
	if (!loaded.ok) return tell(loaded);
	const {recording, scenario} = loaded;
	const {title, source} = recording.header;
	if (scenario === null) {
		return tell(failure(exitCode.usage, `--kernel is for scenarios; ${file} is a recording`));
	}
	const outcomes: RevisionOutcome[] = [];
	for (const {name} of revisions) {
		const run = await simulate(scenario, source.path, name);
		if (!run.ok) return tell(run);
		outcomes.push(revisionOutcome(run.recording, checkExpectations(run.recording, scenario)));
	}
	const report: RevisionReport = {
		format: 'devresdbg-revisions',
		version: 1,
		title,
		path: source.path,
		revisions: outcomes,
	};
	const text = format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : revisionTable(report);
	process.stdout.write(text);
	return exitCode.fine;
}
