import {dmesgLines} from '../../source/exporters/dmesg.ts';
import {exporters} from '../../source/exporters/exporters.ts';
import type {Recording} from '../../source/recording/recording.ts';

/** Lines as a file holds them. */
export function textOfLines(lines: Iterable<string>): string {
	return [...lines].map((line) => `${line}\n`).join('');
}

/** The kernel log of a recording as one text. */
export function dmesgText(recording: Recording): string {
	return textOfLines(dmesgLines(recording));
}

/** A recording in a format, as one text. */
export function exported(recording: Recording, format: string): string {
	const exporter = exporters.find((each) => each.format === format);
	if (exporter === undefined) throw new Error(`no exporter writes ${format}`);
	return textOfLines(exporter.lines(recording));
}
