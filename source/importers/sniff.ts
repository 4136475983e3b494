import type {Lines} from '../recording/lines.ts';
import {dmesg} from './dmesg.ts';
import {dmesgJson} from './dmesg-json.ts';
import {ftrace} from './ftrace.ts';
import {functionGraph} from './function-graph.ts';
import type {Importer} from './importer.ts';
import {journal} from './journal.ts';
import {journalFieldLists} from './journal-fields.ts';
import {journalJson} from './journal-json.ts';
import {kmsg} from './kmsg.ts';
import {perfScript} from './perf-script.ts';
import {syslog} from './syslog.ts';
import {traceCmd} from './trace-cmd.ts';

/** Every importer, in the order in which ties are decided. */
export const importers: readonly Importer[] = [
	functionGraph,
	traceCmd,
	perfScript,
	ftrace,
	kmsg,
	dmesgJson,
	journalJson,
	journalFieldLists,
	syslog,
	journal,
	dmesg,
];

/** Lines that are looked at first, in pieces that lie evenly in the text: more only cost. */
const pieceSize = 50;
const pieces = 12;

/** Letters of a line that are looked at. */
const longestLine = 4096;

function sampleOf(lines: Lines): readonly string[] {
	if (lines.length <= pieces * pieceSize)
		return lines.slice().map((line) => line.slice(0, longestLine));
	const step = (lines.length - pieceSize) / (pieces - 1);
	return Array.from({length: pieces}, (_, piece) => {
		const start = Math.floor(piece * step);
		return lines.slice(start, start + pieceSize).map((line) => line.slice(0, longestLine));
	}).flat();
}

function bestOf(
	sample: readonly string[],
): {readonly importer: Importer; readonly lines: number} | null {
	let best: Importer | null = null;
	let most = 0;
	for (const importer of importers) {
		const matching = importer.recognise(sample);
		if (matching > most) {
			best = importer;
			most = matching;
		}
	}
	return best === null ? null : {importer: best, lines: most};
}

/** Finds the importer of which most lines are; the file's name plays no part. Null where no line is of any. */
export function sniff(lines: Lines): Importer | null {
	return (bestOf(sampleOf(lines)) ?? bestOf(lines.slice()))?.importer ?? null;
}

/** A format, and how many lines look like it. */
export type OtherFormat = {readonly format: string; readonly lines: number};

/** What lines look like that an importer did not understand; null where they look like nothing that is known. */
export function otherFormat(lines: readonly string[], importer: Importer): OtherFormat | null {
	const best = bestOf(lines);
	if (best === null || best.importer === importer) return null;
	return {format: best.importer.format, lines: best.lines};
}
