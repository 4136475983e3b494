import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import type {Lines} from '../recording/lines.ts';
import {type LoadResult, loadRecording} from '../recording/load.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {recordingFormat} from '../recording/save.ts';
import {excerptOf, firstLineOf} from './excerpt.ts';
import {ImportRun} from './import-run.ts';
import {isJournalExport} from './journal-export.ts';
import {LogLines} from './log-lines.ts';
import {importers, sniff} from './sniff.ts';

/** What the caller knows of a text beside the text. */
export type ImportOptions = {
	/** As given on the command line; null or absent for standard input. */
	readonly path?: string | null;

	/** Forces an input format instead of looking at the content. */
	readonly format?: string;
};

/** Names that `format` may have. */
export const inputFormats: readonly string[] = [
	...importers.map(({format}) => format),
	recordingFormat,
];

const known = `known formats: ${inputFormats.join(', ')}; force one with --input FORMAT`;

type Refusal = Extract<LoadResult, {ok: false}>;

function fail(error: Partial<LocatedError> & {message: string}): Refusal {
	return {ok: false, errors: [{line: null, column: null, ...error}]};
}

/** The lines of a text: cleaned, without their ends. */
export function linesOf(text: string): LogLines {
	const lines = new LogLines();
	lines.push(text);
	lines.end();
	return lines;
}

function unknownText(lines: Lines): Refusal {
	const index = firstLineOf(lines);
	if (index === lines.length) return fail({message: 'the text is empty'});
	const text = excerptOf(lines, index);
	const message = 'the format of this text is not known';
	return fail({line: index + 1, message, text, hint: known});
}

/** Begins to read lines, cleaned and without their ends, in the format they are in or that is forced; or says why not. */
export function startImport(
	lines: LogLines,
	{path = null, format}: ImportOptions = {},
): {readonly ok: true; readonly run: ImportRun} | Refusal {
	if (format !== undefined && !inputFormats.includes(format)) {
		const hint = didYouMean(format, inputFormats) ?? `known formats: ${inputFormats.join(', ')}`;
		return fail({message: `the input format ${cleanText(format)} is not known`, hint});
	}
	const importer = format === undefined ? sniff(lines) : importers.find((i) => i.format === format);
	if (importer === undefined || importer === null) return unknownText(lines);
	return {ok: true, run: new ImportRun(importer, lines, path)};
}

/** Whether a text begins like a recording that was saved. */
export function isSavedRecording(start: string): boolean {
	return /^\uFEFF?\s{0,100}\{\s{0,100}"format"\s{0,100}:/.test(start);
}

/** Makes a recording of a kernel's output or of a saved recording. The content decides what it is, unless `format` does. */
export function importLog(text: string, options: ImportOptions = {}): LoadResult {
	const {format} = options;
	if (text.trim() === '') return fail({message: 'the text is empty'});
	const isSaved = format === undefined && isSavedRecording(text);
	if (format === recordingFormat || isSaved) return loadRecording(text);
	if (text.includes('\u0000') && !isJournalExport(text)) {
		return fail({message: 'this is a binary file', hint: 'give the text that a trace file prints'});
	}
	const started = startImport(linesOf(text), options);
	return started.ok ? started.run.finish() : started;
}
