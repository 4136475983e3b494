// The text of the `trace` and `trace_pipe` files, kernel/trace/trace_output.c, 4.x to 6.16: most columns are optional.

import {isDigit} from './scan.ts';

/** What stands left of a trace event. */
export type TraceColumns = {
	/** `sh`; may hold blanks and colons. */
	readonly comm: string;

	/** Thread. */
	readonly pid: number;

	/** Number of the CPU; null where not told. */
	readonly cpu: number | null;

	/** As printed, without the colon: seconds, or whatever the trace clock counts. */
	readonly stamp: string;

	/** Where the text of the event begins in the line. */
	readonly textStart: number;
};

/** A name has 16 letters, and two numbers stand behind it: what is further right is no column of a CPU. */
const longestTask = 120;

const blank = 0x20;
const colon = 0x3a;
const dot = 0x2e;

/** Index behind the digits from `start` on; `start` itself where there are none. */
function behindDigits(line: string, start: number): number {
	let index = start;
	while (isDigit(line.charCodeAt(index))) index += 1;
	return index;
}

function behindBlanks(line: string, start: number): number {
	let index = start;
	while (line.charCodeAt(index) === blank) index += 1;
	return index;
}

/** Index of the next bracket that may open the CPU's number, `[012]`; -1 where there is none. */
function cpuColumn(line: string, start: number): number {
	for (let open = line.indexOf(' [', start); open !== -1; open = line.indexOf(' [', open + 1)) {
		if (open > longestTask) return -1;
		const end = behindDigits(line, open + 2);
		if (end > open + 2 && line.charAt(end) === ']' && line.charCodeAt(end + 1) === blank) {
			return open + 1;
		}
	}
	return -1;
}

/** A column of the thread group, `(  516)` or `(-----)`, ends before `end`: where it begins, else `end`. */
function tgidStart(line: string, end: number): number {
	if (line.charAt(end - 1) !== ')') return end;
	const open = line.lastIndexOf('(', end);
	return open !== -1 && /^\([ \d-]{1,12}\)$/.test(line.slice(open, end)) ? open : end;
}

function beforeBlanks(line: string, end: number): number {
	let index = end;
	while (index > 0 && line.charCodeAt(index - 1) === blank) index -= 1;
	return index;
}

/** Index behind a time stamp such as `11.304544` or `7798` and its colon; -1 where none stands there. */
function behindStamp(line: string, start: number): number {
	let end = behindDigits(line, start);
	if (end === start) return -1;
	if (line.charCodeAt(end) === dot) end = behindDigits(line, end + 1);
	return line.charCodeAt(end) === colon ? end + 1 : -1;
}

/**
Reads `     kworker/1:2-180   [001] d..1.   117.039689: devres_log: …`, with or without thread group and flags.

Null where the columns are not like that. Written without a pattern: traces have millions of these lines.
*/
export function parseTraceLine(line: string): TraceColumns | null {
	// The name of a task may look like a CPU's number: the column is what has a task before it and a stamp behind it.
	for (let cpu = cpuColumn(line, 0); cpu !== -1; cpu = cpuColumn(line, cpu)) {
		const columns = columnsAround(line, cpu);
		if (columns !== null) return columns;
	}
	return null;
}

function columnsAround(line: string, cpuStart: number): TraceColumns | null {
	const taskEnd = beforeBlanks(line, tgidStart(line, beforeBlanks(line, cpuStart)));
	const dash = line.lastIndexOf('-', taskEnd - 1);
	const commStart = behindBlanks(line, 0);
	if (dash <= commStart || behindDigits(line, dash + 1) !== taskEnd) return null;
	const cpuEnd = line.indexOf(']', cpuStart);
	let stampStart = behindBlanks(line, cpuEnd + 1);
	let stampEnd = behindStamp(line, stampStart);
	if (stampEnd === -1) {
		const flagsEnd = line.indexOf(' ', stampStart);
		if (flagsEnd === -1 || flagsEnd - stampStart > longestFlags) return null;
		stampStart = behindBlanks(line, flagsEnd);
		stampEnd = behindStamp(line, stampStart);
		if (stampEnd === -1) return null;
	}
	return {
		comm: line.slice(commStart, dash),
		pid: Number(line.slice(dash + 1, taskEnd)),
		cpu: Number(line.slice(cpuStart + 1, cpuEnd)),
		stamp: line.slice(stampStart, stampEnd - 1),
		textStart: behindBlanks(line, stampEnd),
	};
}

/** Characters of the flags column: four up to 5.15, five later; tools add more. */
const longestFlags = 8;
