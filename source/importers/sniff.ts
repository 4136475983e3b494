import {dmesg} from './dmesg.ts';
import {ftrace} from './ftrace.ts';
import {functionGraph} from './function-graph.ts';
import type {Importer} from './importer.ts';
import {perfScript} from './perf-script.ts';
import {traceCmd} from './trace-cmd.ts';

/** Every importer, in the order in which ties are decided. */
export const importers: readonly Importer[] = [functionGraph, traceCmd, perfScript, ftrace, dmesg];

/** Lines that are looked at: more only cost. */
const sampleSize = 400;

/** Finds the importer of which most lines of the text's beginning are; its name and the file's name play no part. */
export function sniff(lines: readonly string[]): Importer | null {
	const sample = lines.slice(0, sampleSize);
	let best: Importer | null = null;
	let most = 0;
	for (const importer of importers) {
		const matching = importer.recognise(sample);
		if (matching > most) {
			best = importer;
			most = matching;
		}
	}
	return best;
}
