import type {Lines} from '../recording/lines.ts';
import {TraceReader} from './ftrace.ts';
import {GraphReader} from './function-graph.ts';
import type {Importer} from './importer.ts';
import {resolveOperations} from './pointer-operations.ts';
import {parseArrowFrame} from './stack-lines.ts';
import {hasCalls, parseReportGraphLine, parseReportLine} from './trace-cmd-line.ts';

const format = 'trace-cmd';

/** What no other format prints: its first lines, and names of events that are padded. */
const sign =
	/^(?:version = \d{1,4}|cpus=\d{1,5}|CPU \d{1,5} is empty)$|: (?:funcgraph_(?:entry|exit):|function: {2,}|(?:kernel|user)_stack:|devres_log: {2,}|print: {2,}|bprint: {2,})/;

const shortened = 'names of tasks are cut to eight letters, as trace-cmd report -l prints them';
const rawStacks = 'stacks are addresses, and cut, as trace-cmd report -R prints them';

function remarksOf(lines: Lines): string[] {
	const isShort = lines.some((line) =>
		/^ *\S.{0,30}?-\d{1,8} +\d{1,4}[.dDbX][.\w]{2,6} +\d/.test(line),
	);
	const hasRawStacks = lines.some((line) => line.includes('caller=ARRAY['));
	return [...(isShort ? [shortened] : []), ...(hasRawStacks ? [rawStacks] : [])];
}

function recognise(sample: readonly string[]): number {
	if (!sample.some((line) => sign.test(line))) return 0;
	return sample.filter((line) => parseReportLine(line) !== null).length + 2;
}

/** What `trace-cmd report` prints, with its options `-l`, `-R` and `-t`. */
export const traceCmd: Importer = {
	format,
	kind: 'trace',
	recognise,
	refusalOf: (lines) => resolveOperations(lines, parseReportLine, parseArrowFrame).refusal,
	open(lines) {
		const resolved = resolveOperations(lines, parseReportLine, parseArrowFrame);
		const remarks = [...resolved.remarks, ...remarksOf(lines)];
		const {opOf} = resolved;
		return hasCalls(lines)
			? new GraphReader(lines, {parse: parseReportGraphLine, opOf, remarks})
			: new TraceReader(lines, {columnsOf: parseReportLine, frameOf: null, opOf, remarks});
	},
};
