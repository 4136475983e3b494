import {checkKtap} from '../reports/check-ktap.ts';
import {checkMarkdown} from '../reports/check-markdown.ts';
import {type CheckedRecording, checkReport, countOf} from '../reports/check-report.ts';
import {checkText} from '../reports/check-text.ts';
import {type ExitCode, exitCode, type Failure} from './failure.ts';

/** Formats of `check`. */
export const checkFormats = ['text', 'json', 'ktap', 'markdown'] as const;

/** How `check` can print. */
export type CheckFormat = (typeof checkFormats)[number];

/** A file that could not be checked. */
export type Unchecked = {readonly name: string; readonly failure: Failure};

/** Prints what was checked in the format asked for. */
export function renderChecked(
	recordings: readonly CheckedRecording[],
	unchecked: readonly Unchecked[],
	format: CheckFormat,
): string {
	switch (format) {
		case 'text':
			return recordings.length === 0 ? '' : checkText(recordings);
		case 'json':
			return `${JSON.stringify(checkReport(recordings), null, 2)}\n`;
		case 'ktap': {
			const unread = unchecked.map(({name, failure: {message}}) => ({
				name,
				error: message.split('\n', 1)[0] ?? '',
			}));
			return checkKtap(recordings, unread);
		}
		case 'markdown':
			return checkMarkdown(recordings);
	}
}

/** 1 where any recording has an error. */
export function exitCodeOf(recordings: readonly CheckedRecording[]): ExitCode {
	const fails = recordings.some(({findings}) => countOf(findings, 'error') > 0);
	return fails ? exitCode.failed : exitCode.fine;
}
