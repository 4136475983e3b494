// What stands left of a message in dmesg's text, util-linux 2.38, and on consoles, kernel/printk/printk.c.

import {parseBootStamp, parseBracketStamp, parseCalendarStamp, type Stamp} from './log-stamp.ts';
import {levelOf} from './printk-text.ts';
import {isDigit, matchAt} from './scan.ts';

/** A line of dmesg's text, taken apart. */
export type DmesgColumns = {
	/** Null where the line has none. */
	readonly stamp: Stamp | null;

	/** 0 to 7; null where not told. */
	readonly level: number | null;

	/** `T4711` or `C3`; null where not told. */
	readonly caller: string | null;

	/** Where the message begins in the line. */
	readonly textStart: number;
};

const less = 0x3c;
const blank = 0x20;
const bracket = 0x5b;

const priority = /<(\d{1,4})>/y;
const facility = /[a-z\d]{3,8} {0,8}:(emerg|alert|crit|err|warn|notice|info|debug) {0,3}: /y;
const callerColumn = / ?\[ {0,6}([TC]\d{1,10})\]/y;

/** dmesg separates the fraction with a comma, which no other program does. */
const dmesgIso = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,/y;

/** A stamp further right is none. */
const longestPrompt = 200;

/** Reads `<3>`, or `kern  :err   : `. */
function prefixOf(line: string): {readonly level: number; readonly end: number} | null {
	const first = line.charCodeAt(0);
	if (first === less) {
		const found = matchAt(priority, line, 0);
		return found === null ? null : {level: Number(found[1]) & 7, end: found[0].length};
	}
	if (first < 0x61 || first > 0x7a || line.charCodeAt(line.indexOf(':') + 1) === blank) return null;
	const found = matchAt(facility, line, 0);
	const level = found === null ? null : levelOf(found[1] ?? '');
	return found === null || level === null ? null : {level, end: found[0].length};
}

function stampAt(line: string, start: number): Stamp | null {
	const code = line.charCodeAt(start);
	if (code === bracket) return parseBracketStamp(line, start);
	const isIso = isDigit(code) && matchAt(dmesgIso, line, start) !== null;
	return isIso ? parseCalendarStamp(line, start) : null;
}

function columnsBehind(line: string, stamp: Stamp, level: number | null): DmesgColumns {
	let {end} = stamp;
	let caller: string | null = null;
	const next = line.charCodeAt(end) === blank ? line.charCodeAt(end + 1) : line.charCodeAt(end);
	if (next === bracket) {
		const found = matchAt(callerColumn, line, end);
		if (found !== null) {
			caller = found[1] ?? null;
			end += found[0].length;
		}
	}
	if (line.charCodeAt(end) === blank) end += 1;
	return {stamp, level, caller, textStart: end};
}

/** Reads the columns of a line that begins with a stamp, or with a level and a stamp; null for any other. */
export function parseDmesgLine(line: string): DmesgColumns | null {
	let start = 0;
	let level: number | null = null;
	if (line.charCodeAt(0) !== bracket) {
		const prefix = prefixOf(line);
		if (prefix !== null) ({level, end: start} = prefix);
	}
	const stamp = stampAt(line, start);
	return stamp === null ? null : columnsBehind(line, stamp, level);
}

/** The same for a line that has its stamp somewhere: behind a prompt, a mark of quotation, or blanks. */
export function parseLateStamp(line: string): DmesgColumns | null {
	const last = Math.min(line.length, longestPrompt);
	for (let at = line.indexOf('['); at !== -1 && at < last; at = line.indexOf('[', at + 1)) {
		const stamp =
			parseBootStamp(line, at) ?? (isBlank(line, at) ? parseBracketStamp(line, at) : null);
		if (stamp === null) continue;
		const [, level] = /<(\d{1,4})>$/.exec(line.slice(Math.max(0, at - 6), at)) ?? [];
		return columnsBehind(line, stamp, level === undefined ? null : Number(level) & 7);
	}
	return null;
}

function isBlank(line: string, end: number): boolean {
	return line.slice(0, end).trim() === '';
}

/** Reads the level of a line without a stamp, `<3>text` or `kern  :err   : text`. */
export function parseUntimedLine(line: string): DmesgColumns {
	const prefix = prefixOf(line);
	const {level, end} = prefix ?? {level: null, end: 0};
	return {stamp: null, level, caller: null, textStart: end};
}
