// Time stamps that stand before kernel messages, as printk, util-linux 2.38, systemd 252 and syslogd write them.

import {calendarSeconds, monthOf} from './calendar.ts';
import {isDigit, matchAt} from './scan.ts';

/** A time stamp that was found in a line. */
export type Stamp = {
	/** `boot`: seconds since boot; `wall`: of a calendar; `minute`: the same, exact to the minute; `step`: since the stamp before. */
	readonly kind: 'boot' | 'wall' | 'minute' | 'step';

	/** Seconds. */
	readonly time: number;

	/** Index behind the stamp. */
	readonly end: number;
};

const blank = 0x20;
const bracket = 0x5b;
const closing = 0x5d;
const dot = 0x2e;

/** Digits of a fraction that printk prints. */
const precision = 6;

/** What may stand between the time and its bracket: the time since the line before. */
const sinceBefore = / {1,24}(?:< {0,12}-?\d{1,10}\.\d{6} ?>)?\]/y;
const step = /\[(?:< {0,12}(-?\d{1,10}\.\d{6})>| {0,12}\+(\d{1,10}\.\d{6}))\]/y;
const minute = /\[([A-Z][a-z]{2}) {0,2}(\d{1,2}) (\d\d:\d\d)\]/y;
const ctime = /\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})\]/y;
const iso = /(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?:Z|[+-]\d\d:?\d\d)?(?= |$)/y;
const traditional = /([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?= |$)/y;
const full =
	/[A-Z][a-z]{2} (\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))? [A-Z+\-\d:]{1,9}(?= |$)/y;
const unix = /(\d{9,11}\.\d{6})(?= |$)/y;

/** Reads `[  218.331000]`, perhaps with the time since the line before in it. Written without a pattern: logs are full of it. */
export function parseBootStamp(line: string, start: number): Stamp | null {
	if (line.charCodeAt(start) !== bracket) return null;
	let index = start + 1;
	while (line.charCodeAt(index) === blank) index += 1;
	const first = index;
	while (isDigit(line.charCodeAt(index))) index += 1;
	if (index === first || line.charCodeAt(index) !== dot) return null;
	const fraction = index + 1;
	index = fraction;
	while (isDigit(line.charCodeAt(index))) index += 1;
	if (index - fraction !== precision) return null;
	const time = Number(line.slice(first, index));
	if (line.charCodeAt(index) === closing) return {kind: 'boot', time, end: index + 1};
	const found = matchAt(sinceBefore, line, index);
	return found === null ? null : {kind: 'boot', time, end: index + found[0].length};
}

/** Reads what dmesg prints in brackets instead of seconds since boot: calendar times, and differences. */
function parseOtherBrackets(line: string, start: number): Stamp | null {
	const difference = matchAt(step, line, start);
	if (difference !== null) {
		const [whole, delta, relative] = difference;
		return {kind: 'step', time: Number(delta ?? relative), end: start + whole.length};
	}
	const toMinute = matchAt(minute, line, start);
	const toSecond = toMinute === null ? matchAt(ctime, line, start) : null;
	const [whole = '', name = '', day, clock = '', year] = toMinute ?? toSecond ?? [];
	const month = monthOf(name);
	if (month === null) return null;
	const time = calendarSeconds(year === undefined ? null : Number(year), month, Number(day), clock);
	return {kind: toMinute === null ? 'wall' : 'minute', time, end: start + whole.length};
}

/** Reads any stamp that stands in brackets. */
export function parseBracketStamp(line: string, start: number): Stamp | null {
	if (line.charCodeAt(start) !== bracket) return null;
	return parseBootStamp(line, start) ?? parseOtherBrackets(line, start);
}

/** Reads a calendar time without brackets: `2024-07-08T21:51:10.552684+00:00`, `Jul 08 21:51:10`, `Mon 2024-07-08 21:51:10 UTC`, or seconds from 1970. */
export function parseCalendarStamp(line: string, start: number): Stamp | null {
	if (isDigit(line.charCodeAt(start))) {
		const seconds = matchAt(unix, line, start);
		if (seconds !== null) {
			return {kind: 'wall', time: Number(seconds[1]), end: start + seconds[0].length};
		}
		return wallOf(matchAt(iso, line, start), start);
	}
	const short = matchAt(traditional, line, start);
	if (short === null) return wallOf(matchAt(full, line, start), start);
	const [whole, name = '', day, clock = '', fraction] = short;
	const month = monthOf(name);
	if (month === null) return null;
	const time = calendarSeconds(null, month, Number(day), clock, fraction);
	return {kind: 'wall', time, end: start + whole.length};
}

function wallOf(found: RegExpExecArray | null, start: number): Stamp | null {
	if (found === null) return null;
	const [whole, year, month, day, clock = '', fraction] = found;
	const time = calendarSeconds(Number(year), Number(month), Number(day), clock, fraction);
	return {kind: 'wall', time, end: start + whole.length};
}
