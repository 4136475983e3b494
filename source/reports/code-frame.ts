import type {LocatedError} from '../recording/located-error.ts';

/** Errors that are shown at once. */
const maximumErrors = 10;

/** Letters of the offending line that are shown. */
const width = 96;

function frameLines({line, column, text}: LocatedError): string[] {
	if (line === null || text === undefined || text.trim() === '') return [];
	const caret = Math.max(0, (column ?? 1) - 1);
	const start = caret < width ? 0 : caret - width / 2;
	const gutter = `${line} | `;
	const shown = text.slice(start, start + width);
	if (column === null) return [`  ${gutter}${shown}`];
	return [`  ${gutter}${shown}`, `  ${' '.repeat(gutter.length + caret - start)}^`];
}

function place(path: string, {line, column}: LocatedError): string {
	return [path, line, column].filter((part) => part !== null).join(':');
}

/** One error: where it is, what is wrong, the line with a caret under the place, what to try. */
export function codeFrame(path: string, error: LocatedError): string {
	const hint = error.hint === undefined ? [] : [`  ${error.hint}`];
	return [`${place(path, error)}: ${error.message}`, ...frameLines(error), ...hint].join('\n');
}

/** The first ten errors, and how many more there are. */
export function codeFrames(path: string, errors: readonly LocatedError[]): string {
	const more = errors.length - maximumErrors;
	const frames = errors.slice(0, maximumErrors).map((error) => codeFrame(path, error));
	return `${[...frames, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')}\n`;
}
