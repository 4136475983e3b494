import {closeSync, openSync, writeSync} from 'node:fs';
import {longLog} from '../helpers/long-log.ts';

/** Writes a long log into a file. Returns its number of lines. */
export function writeLog(path: string, format: 'ftrace' | 'dmesg', lines: number): number {
	const file = openSync(path, 'w');
	let count = 0;
	let text = '';
	for (const line of longLog({format, lines})) {
		count += 1;
		text += `${line}\n`;
		if (count % 10_000 === 0) {
			writeSync(file, text);
			text = '';
		}
	}
	writeSync(file, text);
	closeSync(file);
	return count;
}
