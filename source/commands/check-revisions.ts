import {revisions} from '../kernel/revisions.ts';
import {affectedTable} from '../reports/affected-table.ts';
import {type CheckedRecording, checkRecording} from '../reports/check-report.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {loadInput, simulate} from './load-input.ts';
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
	const loaded = await loadInput(file, {...flags, kernel: undefined});
	if (!loaded.ok) return tell(loaded);
	const {recording, scenario} = loaded;
	const {title, source} = recording.header;
	if (scenario === null) {
		return tell(failure(exitCode.usage, `--kernel is for scenarios; ${file} is a recording`));
	}
	const checked: CheckedRecording[] = [];
	for (const {name} of revisions) {
		const run = await simulate(scenario, source.path, name);
		if (!run.ok) return tell(run);
		checked.push(
			checkRecording(run.recording, `${source.path ?? 'standard input'}, kernel ${name}`),
		);
	}
	const text =
		format === 'text' ? affectedTable(title, checked) : renderChecked(checked, [], format);
	process.stdout.write(text);
	return exitCodeOf(checked);
}
