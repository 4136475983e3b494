import type {Lines} from '../recording/lines.ts';

/** Letters of a line that an error shows. */
const excerptLength = 80;

/** What an error shows of a line. */
export function excerptOf(lines: Lines, index: number): string {
	return (lines.at(index) ?? '').slice(0, excerptLength);
}

/** Index of the first line that is not blank; the number of lines where all are. */
export function firstLineOf(lines: Lines): number {
	let index = 0;
	while (index < lines.length && lines.at(index)?.trim() === '') index += 1;
	return index;
}
