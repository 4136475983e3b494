import {affectedTable} from '../reports/affected-table.ts';
import {checkRecording} from '../reports/check-report.ts';
import {runAllRevisions} from './all-revisions.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {type CheckFormat, exitCodeOf, renderChecked} from './render-checked.ts';

/** `devresdbg check SCENARIO --kernel all`: which revisions are affected. */
export async function checkRevisions(
	[file = '', another]: readonly string[],
	flags: Flags,
	format: CheckFormat,
): Promise<ExitCode> {
	if (another !== undefined) {
		return tell(
			failure(exitCode.usage, `what is "${another}" for?`, '--kernel all takes one FILE'),
		);
	}
	const run = await runAllRevisions(file, flags, (recording, kernel) =>
		checkRecording(
			recording,
			`${recording.header.source.path ?? 'standard input'}, kernel ${kernel}`,
		),
	);
	if (!run.ok) return tell(run);
	const checked = run.outcomes;
	const text =
		format === 'text' ? affectedTable(run.title, checked) : renderChecked(checked, [], format);
	process.stdout.write(text);
	return exitCodeOf(checked);
}
