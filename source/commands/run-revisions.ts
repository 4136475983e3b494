import {type RevisionReport, revisionOutcome, revisionTable} from '../reports/revision-table.ts';
import {runAllRevisions} from './all-revisions.ts';
import {checkExpectations} from './expectations.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';

/** `devresdbg run FILE --kernel all`: how a scenario fares under every revision. Expectations are shown, not enforced: they are of one kernel. */
export async function runRevisions(file: string, flags: Flags, format: string): Promise<ExitCode> {
	if (format === 'dmesg' || flags.save !== undefined) {
		return tell(failure(exitCode.usage, '--kernel all gives a table: as text or json, unsaved'));
	}
	const run = await runAllRevisions(file, flags, (recording, _, scenario) =>
		revisionOutcome(recording, checkExpectations(recording, scenario)),
	);
	if (!run.ok) return tell(run);
	const report: RevisionReport = {
		format: 'devresdbg-revisions',
		version: 1,
		title: run.title,
		path: run.path,
		revisions: run.outcomes,
	};
	const text = format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : revisionTable(report);
	process.stdout.write(text);
	return exitCode.fine;
}
