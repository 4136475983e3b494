// What `perf script` prints of tracepoints and probes: tools/perf/builtin-script.c, which columns depend on its option -F.

import type {Lines} from '../recording/lines.ts';
import {TraceReader} from './ftrace.ts';
import type {TraceColumns} from './ftrace-line.ts';
import type {Importer} from './importer.ts';
import {resolveOperations} from './pointer-operations.ts';
import {parseCallchainFrame} from './stack-lines.ts';

const format = 'perf';

/** `      sh   516/516   [000] d..1.    61.850485:          1 dev:devres_log: `: most columns are optional. */
const columns =
	/^ *(\S.{0,30}?) +(\d{1,8})(?:\/(\d{1,8}))? +(?:\[(\d{1,5})\] +)?(?:[.\w]{4,8} +)?(\d{1,12}\.\d{3,9}): +(?:\d{1,12} +)?\w{1,60}:(?=[\w.-]{1,100}: )/;

/** No tool prints longer ones, and with them patterns stay cheap. */
const longestLine = 4096;

/** Columns of an event; the text begins behind the name of its group. */
export function parsePerfLine(line: string): TraceColumns | null {
	if (line.length > longestLine) return null;
	const [whole, comm = '', first, thread, cpu, stamp = ''] = columns.exec(line) ?? [];
	if (whole === undefined) return null;
	return {
		comm,
		pid: Number(thread ?? first),
		cpu: cpu === undefined ? null : Number(cpu),
		stamp,
		textStart: whole.length,
	};
}

function resolved(lines: Lines) {
	return resolveOperations(
		lines,
		parsePerfLine,
		(line) => parseCallchainFrame(line)?.frame ?? null,
	);
}

/** The text that `perf script` prints, with callchains or without. */
export const perfScript: Importer = {
	format,
	kind: 'trace',
	recognise: (sample) => sample.filter((line) => parsePerfLine(line) !== null).length,
	refusalOf: (lines) => resolved(lines).refusal,
	open(lines) {
		const {opOf, remarks} = resolved(lines);
		return new TraceReader(lines, {
			columnsOf: parsePerfLine,
			frameOf: parseCallchainFrame,
			opOf,
			remarks,
		});
	},
};
