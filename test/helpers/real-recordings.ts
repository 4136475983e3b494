import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {importLog} from '../../source/importers/import-log.ts';
import type {Recording} from '../../source/recording/recording.ts';

/** What real kernels printed, kept with the tests. */
export const fixtures = join(import.meta.dirname, '..', 'fixtures', 'recordings');

/** More of the same kind, beside the repository on machines that have it. */
export const moreRecordings = join(import.meta.dirname, '..', '..', '..', 'shared', 'recordings');

/** Paths below `folder` whose names end in `ending`, sorted; none where the folder isn't there. */
export function filesBelow(folder: string, ending: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.filter((path) => path.endsWith(ending))
		.sort();
}

export function textOf(folder: string, path: string): string {
	return readFileSync(join(folder, path), 'utf8');
}

/** Imports a text that must be readable. */
export function imported(text: string): Recording {
	const read = importLog(text);
	if (!read.ok) throw new Error(JSON.stringify(read.errors));
	return read.recording;
}

/** PCI_COMMAND after each step, as sysfs and setpci told beside the trace: `unbind1` to a word. */
export function commandsAfter(folder: string, graph: string): Map<string, number> {
	const beside = ['.graph.command.txt', '.command.txt']
		.map((ending) => graph.replace(/\.graph\.txt$/, ending))
		.find((path) => existsSync(join(folder, path)));
	if (beside === undefined) return new Map();
	const told = textOf(folder, beside).matchAll(/after +(\S+) : PCI_COMMAND=(0x[\da-f]+)/g);
	return new Map(Array.from(told, ([, step = '', word]) => [step, Number(word)]));
}
