import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {type LoadResult, loadRecording} from '../recording/load.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {recordingFormat} from '../recording/save.ts';
import {ImportRun} from './import-run.ts';
import {isJournalExport, plainExport} from './journal-export.ts';
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

const excerptLength = 80;
const known = `known formats: ${inputFormats.join(', ')}; force one with --input FORMAT`;

function fail(error: Partial<LocatedError> & {message: string}): LoadResult {
	return {ok: false, errors: [{line: null, column: null, ...error}]};
}

/** What a line may hold besides letters: anything but tabs makes cleaning needful. */
const needsCleaning = /[^\n\t -~\u00A0-\u0600]/;

/** The lines of a text: cleaned, without their ends. Most texts are clean, and then nothing is copied. */
export function linesOf(text: string): string[] {
	const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
	if (lines.at(-1) === '') lines.pop();
	if (needsCleaning.test(text)) return lines.map(cleanText);
	return text.includes('\t') ? lines.map((line) => line.replaceAll('\t', ' ')) : lines;
}

function unknownText(lines: readonly string[]): LoadResult {
	const index = lines.findIndex((line) => line.trim() !== '');
	const text = (lines[index] ?? '').slice(0, excerptLength);
	const message = 'the format of this text is not known';
	return fail({line: index + 1, message, text, hint: known});
}

/** Makes a recording of a kernel's output or of a saved recording. The content decides what it is, unless `format` does. */
export function importLog(text: string, options: ImportOptions = {}): LoadResult {
	const {format} = options;
	if (format !== undefined && !inputFormats.includes(format)) {
		const hint = didYouMean(format, inputFormats) ?? `known formats: ${inputFormats.join(', ')}`;
		return fail({message: `the input format ${cleanText(format)} is not known`, hint});
	}
	if (text.trim() === '') return fail({message: 'the text is empty'});
	const isSaved = /^\uFEFF?\s*\{\s*"format"\s*:/.test(text);
	if (format === recordingFormat || (format === undefined && isSaved)) return loadRecording(text);
	if (isJournalExport(text)) return importLines(plainExport(text), options);
	if (text.includes('\u0000')) {
		return fail({message: 'this is a binary file', hint: 'give the text that a trace file prints'});
	}
	return importLines(text, options);
}

function importLines(text: string, {path = null, format}: ImportOptions): LoadResult {
	const lines = linesOf(text);
	const importer = format === undefined ? sniff(lines) : importers.find((i) => i.format === format);
	if (importer === undefined || importer === null) return unknownText(lines);
	return new ImportRun(importer, lines, path).finish();
}
