// What `trace-cmd report` prints, versions 2.9 to 3.x: the columns of ftrace, and each event's name padded.

import type {Lines} from '../recording/lines.ts';
import {parseTraceLine, type TraceColumns} from './ftrace-line.ts';
import {type GraphLine, parseGraphLine} from './graph-line.ts';
import {parseLatencyLine} from './latency-line.ts';
import {isHeader} from './trace-headers.ts';
import {parseLoss} from './trace-losses.ts';

/** Columns of an event, with or without the option `-l`; null where the line is none. */
export function parseReportLine(line: string): TraceColumns | null {
	return parseTraceLine(line) ?? parseLatencyLine(line);
}

const treeEvent = /^funcgraph_(?:entry|exit): /;
const stackEvent = /^(?:kernel|user)_stack: /;

/** Whether calls are traced. */
export function hasCalls(lines: Lines): boolean {
	return lines.some((line) => line.includes(': funcgraph_e'));
}

/** A line of a report with calls, in the terms of the tracer's own text: whatever is no call is a comment. */
export function parseReportGraphLine(line: string): GraphLine {
	const columns = parseReportLine(line);
	if (columns === null) {
		const loss = parseLoss(line);
		if (loss !== null) return {kind: 'lost', ...loss};
		return {kind: isHeader(line) ? 'blank' : 'unknown'};
	}
	const {cpu, comm, pid, stamp} = columns;
	const place = {time: stamp.includes('.') ? Number(stamp) : null, cpu, task: {comm, pid}};
	const text = line.slice(columns.textStart);
	const prefix = treeEvent.exec(text)?.[0];
	if (prefix === undefined)
		return {kind: 'comment', text, closed: !stackEvent.test(text), ...place};
	const tree = parseGraphLine(text.slice(prefix.length));
	return 'depth' in tree ? {...tree, ...place} : {kind: 'unknown'};
}
