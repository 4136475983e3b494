// The text of the function_graph tracer, kernel/trace/trace_functions_graph.c, 4.x to 6.16: every column is optional.

import {parseLoss, parseWritten} from './trace-losses.ts';

/** A thread as a column or a banner names it. */
export type Task = {readonly comm: string; readonly pid: number};

/** What stands left of the call tree. Null where the column is off. */
export type GraphColumns = {
	/** Seconds. */
	readonly time: number | null;

	/** Number of the CPU. */
	readonly cpu: number | null;

	/** The thread that runs. */
	readonly task: Task | null;
};

/** A call begins; a leaf ends in the same line. */
export type GraphEntry = {
	readonly kind: 'entry' | 'leaf';

	/** Levels of indentation, two blanks each. */
	readonly depth: number;

	/** Without brackets and module. */
	readonly fn: string;

	/** Null for the kernel's own code. */
	readonly module: string | null;

	/** Text between the brackets; empty where arguments are not traced. */
	readonly args: string;

	/** Return value of a leaf as printed. */
	readonly value: string | null;

	/** Microseconds that a leaf took; null where not told. */
	readonly duration: number | null;
};

/** A call ends. */
export type GraphExit = {
	readonly kind: 'exit';

	/** That of the line where the call began. */
	readonly depth: number;

	/** Null for a bare `}`. */
	readonly fn: string | null;

	/** As printed; null where values are not traced. */
	readonly value: string | null;
};

/** What a tracepoint or marker printed into the tree. */
export type GraphComment = {
	readonly kind: 'comment';

	/** Between the comment marks. */
	readonly text: string;

	/** False where the comment goes on in the next lines. */
	readonly closed: boolean;
};

/** What a line of a trace says. `unknown` is a line that no rule fits. */
export type GraphLine =
	| {readonly kind: 'blank' | 'unknown'}
	| {readonly kind: 'switch'; readonly cpu: number; readonly from: Task; readonly to: Task}
	| {readonly kind: 'lost'; readonly cpu: number | null; readonly count: number | null}
	| (GraphColumns & {readonly kind: 'interrupt'; readonly enters: boolean})
	| (GraphColumns & (GraphEntry | GraphExit | GraphComment));

/** No tracer writes longer ones, and with them patterns stay cheap. */
const longestLine = 4096;
const longestBanner = 200;

const rule = /^ *-{20,} *$/;
const banner = /^ *(\d{1,5}) *[)|] +(\S.*)-(\d+) +=> +(\S.*)-(\d+) *$/;
const absoluteTime = /^ *(\d+\.\d+) *\|/;
const relativeTime = /^ *\+?\d+\.\d+ us *\|(?= *\d{1,5}\))/;
const cpuColumn = /^ *(\d{1,5})\)/;
const taskField = /^(\S.*)-(\d+)$/;
const flagsField = /^\d{0,5}[.dDbXnNpBLl][.a-zA-Z\d]{2,5}$/;
const durationField = /^(?:[$@*#!+] {0,3})?(?:\d+(?:\.\d+)? {0,3}us)?$/;
const arrow = /^(?:(={6,}>)|<={6,})$/;
const callText = /^([^\s(;{}]+)(?: \[([^\]\s]+)\])?\((.*)\) *(\{|;) *(?:\/\*(.*)\*\/)?$/;
const overruns = / {0,8}\(Overruns: \d{1,10}\)$/;
const tailText = /^(?:([^\s=]\S*))?(?: \[[^\]\s]+\])?(?: ?(?:=|\bret=) ?(-?[\da-zA-Z]+))?$/;

/** The text up to the next column mark, and what follows it; null without a mark. */
function cutColumn(text: string): {readonly field: string; readonly rest: string} | null {
	const end = text.indexOf('|');
	return end === -1 ? null : {field: text.slice(0, end).trim(), rest: text.slice(end + 1)};
}

function taskOf(comm: string | undefined, pid: string | undefined): Task {
	return {comm: (comm ?? '').trim(), pid: Number(pid)};
}

/** A banner: ` 0)    sh-294     =>   kworker-11  `. */
export function parseSwitch(line: string): Extract<GraphLine, {kind: 'switch'}> | null {
	if (line.length > longestBanner || !line.includes('=>')) return null;
	const [, cpu, from, fromPid, to, toPid] = banner.exec(line) ?? [];
	if (cpu === undefined) return null;
	return {kind: 'switch', cpu: Number(cpu), from: taskOf(from, fromPid), to: taskOf(to, toPid)};
}

type Split = {
	readonly columns: GraphColumns;

	/** What stands where the duration does; null without that column. */
	readonly duration: string | null;

	/** Behind the last column mark. */
	readonly tree: string;
};

/** Separates the columns from the tree; null where the line has none. */
function splitColumns(line: string): Split | null {
	const timed = absoluteTime.exec(line);
	let rest = line.slice(timed?.[0].length ?? 0);
	rest = rest.slice(relativeTime.exec(rest)?.[0].length ?? 0);
	const cpu = cpuColumn.exec(rest);
	rest = rest.slice(cpu?.[0].length ?? 0);
	let cut = cutColumn(rest);
	const named = cut === null ? null : taskField.exec(cut.field);
	if (cut !== null && named !== null) {
		rest = cut.rest;
		cut = cutColumn(rest);
	}
	if (cut !== null && flagsField.test(cut.field)) {
		rest = cut.rest;
		cut = cutColumn(rest);
	}
	const isDuration = cut !== null && (durationField.test(cut.field) || arrow.test(cut.field));
	if (timed === null && cpu === null && named === null && !isDuration) return null;
	const columns = {
		time: timed === null ? null : Number(timed[1]),
		cpu: cpu === null ? null : Number(cpu[1]),
		task: named === null ? null : taskOf(named[1], named[2]),
	};
	return cut !== null && isDuration
		? {columns, duration: cut.field, tree: cut.rest}
		: {columns, duration: null, tree: rest};
}

function exitOf(text: string, depth: number): GraphExit | null {
	const comment = text.slice(1).replace(overruns, '').trim();
	if (comment === '') return {kind: 'exit', depth, fn: null, value: null};
	if (!comment.startsWith('/*') || !comment.endsWith('*/')) return null;
	const found = tailText.exec(comment.slice(2, -2).trim());
	if (found === null) return null;
	return {kind: 'exit', depth, fn: found[1] ?? null, value: found[2] ?? null};
}

function entryOf(text: string, depth: number, column: string | null): GraphEntry | null {
	const [whole, fn = '', module, args = '', end, tail] = callText.exec(text) ?? [];
	if (whole === undefined) return null;
	const value = tail === undefined ? null : (tailText.exec(tail.trim())?.[2] ?? null);
	const kind = end === '{' ? 'entry' : 'leaf';
	const told = kind === 'leaf' && column !== null ? /[\d.]+/.exec(column)?.[0] : undefined;
	const duration = told === undefined ? null : Number(told);
	return {kind, depth, fn, module: module ?? null, args, value, duration};
}

function commentOf(text: string): GraphComment {
	const closed = text.endsWith('*/');
	return {kind: 'comment', text: text.slice(2, closed ? -2 : undefined).trim(), closed};
}

/** Headers say nothing but how much was overwritten before. */
function headerLine(line: string): GraphLine {
	const lost = parseWritten(line)?.lost ?? 0;
	return lost > 0 ? {kind: 'lost', cpu: null, count: lost} : {kind: 'blank'};
}

/** Reads one line. What no rule fits is `unknown`. */
export function parseGraphLine(line: string): GraphLine {
	if (line.length > longestLine) return {kind: 'unknown'};
	const loss = parseLoss(line);
	if (loss !== null) return {kind: 'lost', ...loss};
	if (line.startsWith('#')) return headerLine(line);
	if (line.trim() === '' || rule.test(line)) return {kind: 'blank'};
	const switched = parseSwitch(line);
	if (switched !== null) return switched;
	const split = splitColumns(line);
	if (split === null) return {kind: 'unknown'};
	const {columns, duration, tree} = split;
	const mark = duration === null ? null : arrow.exec(duration);
	if (mark !== null) return {kind: 'interrupt', enters: mark[1] !== undefined, ...columns};
	const text = tree.trim();
	if (text.startsWith('/*')) return {...commentOf(text), ...columns};
	const depth = (tree.length - tree.trimStart().length) >> 1;
	const call = text.startsWith('}') ? exitOf(text, depth) : entryOf(text, depth, duration);
	return call === null ? {kind: 'unknown'} : {...call, ...columns};
}
