import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {type CheckedRecording, checkRecording} from '../reports/check-report.ts';
import {type ExitCode, exitCode, type Failure, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {loadInput} from './load-input.ts';
import {
	type CheckFormat,
	checkFormats,
	exitCodeOf,
	renderChecked,
	type Unchecked,
} from './render-checked.ts';

function formatOf(flags: Flags): CheckFormat | Failure {
	const given = flags.format ?? 'text';
	const format = checkFormats.find((known) => known === given);
	if (format !== undefined) return format;
	const hint = didYouMean(given, checkFormats) ?? `known: ${checkFormats.join(', ')}`;
	return failure(exitCode.usage, `unknown format "${given}"`, hint);
}

/** `devresdbg check FILE…`: says what is wrong. Checks what it can, and fails where it could not check all. */
export async function check(files: readonly string[], flags: Flags): Promise<ExitCode> {
	const format = formatOf(flags);
	if (typeof format !== 'string') return tell(format);
	if (files.filter((file) => file === '-').length > 1) {
		return tell(failure(exitCode.usage, 'standard input can be read once'));
	}
	if (flags.kernel === 'all') {
		return (await import('./check-revisions.ts')).checkRevisions(files, flags, format);
	}
	const recordings: CheckedRecording[] = [];
	const unchecked: Unchecked[] = [];
	for (const file of files) {
		const loaded = await loadInput(file, flags);
		if (loaded.ok) {
			const name = loaded.recording.header.source.path ?? 'standard input';
			recordings.push(checkRecording(loaded.recording, name));
		} else unchecked.push({name: cleanText(file), failure: loaded});
	}
	process.stdout.write(renderChecked(recordings, unchecked, format));
	for (const {failure: why} of unchecked) tell(why);
	return unchecked[0]?.failure.exitCode ?? exitCodeOf(recordings);
}
