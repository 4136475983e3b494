import type {Lines} from '../recording/lines.ts';
import {type HostColumns, parseHost} from './host-line.ts';
import type {LineUse} from './importer.ts';
import {isReversed} from './item-order.ts';
import {missedBy, readSeparator} from './journal-notes.ts';
import type {GiveItem, KernelLine, KernelLineDecoder} from './kernel-line.ts';
import {parseBootStamp, parseBracketStamp, parseCalendarStamp, type Stamp} from './log-stamp.ts';
import {linesOfMessage} from './printk-text.ts';
import {StampClock} from './stamp-clock.ts';

const rfcHeader = /^<(\d{1,3})>(?:1 )?/;
const rfcColumns = / (\S{1,255}) (kernel) (?:\S{1,128}) (?:\S{1,32}) (?:-|\[[^\]]{0,400}\]) ?/y;
const repeated = /^(\S{1,255} )?(?:\S{1,20} )?last message (?:repeated|buffered) (\d{1,9}) times?/;
const rsyslogRepeated = /^message repeated (\d{1,9}) times: \[ ?(.{0,4000})\]$/;
const caller = /^ ?\[ {0,6}([TC]\d{1,10})\] ?/;

/** Copies of a repeated message that are told one by one. */
const mostCopies = 1000;

/** Lines that tell which times a log has, and which way it goes. */
const surveyed = 2000;

/** Behind the seconds of an ISO time: there dmesg alone writes a comma. */
const secondsEnd = 19;

/** A line of a log that many programs write to. */
export type HostLine = {
	readonly stamp: Stamp;
	readonly host: HostColumns;
};

function stampOf(line: string, start: number): Stamp | null {
	return line.charAt(start) === '['
		? parseBracketStamp(line, start)
		: parseCalendarStamp(line, start);
}

/** Where a line's time begins and what its priority says of the level. */
function headOf(line: string): {readonly start: number; readonly level: number | null} {
	const found = line.startsWith('<') ? rfcHeader.exec(line) : null;
	return found === null
		? {start: 0, level: null}
		: {start: found[0].length, level: Number(found[1]) & 7};
}

/** Reads `Jul 08 21:51:10 epyc1 kernel: …` and its kin up to the message; null for other lines. */
export function parseHostLine(line: string): HostLine | null {
	const {start, level} = headOf(line);
	const stamp = stampOf(line, start);
	if (stamp === null || line.charAt(start + secondsEnd) === ',') return null;
	rfcColumns.lastIndex = stamp.end;
	const rfc = start > 0 ? rfcColumns.exec(line) : null;
	if (rfc !== null) {
		const textStart = stamp.end + rfc[0].length;
		return {stamp, host: {sender: 'kernel', isKernel: true, isProcess: false, level, textStart}};
	}
	const host = parseHost(line, stamp.end);
	return host === null ? null : {stamp, host: {...host, level: host.level ?? level}};
}

/** Whether the kernel's own time stands in a line, behind the one of who wrote the log. */
export function hasKernelTime(line: string): boolean {
	const found = parseHostLine(line);
	return found?.host.isKernel === true && parseBootStamp(line, found.host.textStart) !== null;
}

/** Times of the kernel's lines, for telling which way a log goes. */
function* timesOf(lines: Lines): Generator<number> {
	for (const line of lines) {
		const found = parseHostLine(line);
		if (found?.host.isKernel) yield found.stamp.time;
	}
}

/** Whether `journalctl -r` printed a log. */
export function isReversedLog(lines: Lines): boolean {
	return isReversed(timesOf(lines.slice(0, surveyed)));
}

/** Takes the kernel's messages out of logs that other programs write to as well: journalctl's short formats, and syslog. */
export class HostLogDecoder implements KernelLineDecoder {
	readonly #stamps: StampClock;

	/** The last message, if the kernel's was the last of all. */
	#last: KernelLine | null = null;

	/** Blanks before further lines of the last message. */
	#indent = 0;

	/** `lines` tell whether the kernel's own times are in the log: klogd's first words have none. */
	constructor(lines: Lines) {
		const hasOwn = lines.slice(0, surveyed).some(hasKernelTime);
		this.#stamps = new StampClock(hasOwn ? 'boot' : null);
	}

	read(line: string, origin: number, give: GiveItem): LineUse {
		if (line.trim() === '') return 'ignored';
		if (line.startsWith('-- ')) return readSeparator(line, origin, give);
		const found = parseHostLine(line);
		if (found === null) return this.#readOther(line, origin, give);
		const {stamp, host} = found;
		const text = line.slice(host.textStart);
		if (!host.isKernel) return this.#readProgram(text, origin, give);
		this.#indent = host.textStart;
		this.#message(stamp, host.level, text, origin, give);
		return 'used';
	}

	end(): void {}

	clock() {
		return this.#stamps.clock;
	}

	remarks() {
		return this.#stamps.remarks;
	}

	/** The time that the kernel printed is the better one. */
	#message(
		outer: Stamp,
		level: number | null,
		message: string,
		origin: number,
		give: GiveItem,
	): void {
		const repetition = rsyslogRepeated.exec(message);
		const body = repetition?.[2] ?? message;
		const inner = body.startsWith('[') ? parseBootStamp(body, 0) : null;
		const time = this.#stamps.timeOf(inner ?? outer);
		let start = inner?.end ?? 0;
		const printed = inner === null ? null : caller.exec(body.slice(start, start + 24));
		if (printed !== null) start += printed[0].length;
		else if (inner !== null && body.charAt(start) === ' ') start += 1;
		for (const text of linesOfMessage(body.slice(start))) {
			this.#last = {text, time, level, caller: printed?.[1] ?? null, origin, boot: null};
			this.#repeat(repetition === null ? 1 : Number(repetition[1]), origin, give);
		}
	}

	#repeat(times: number, origin: number, give: GiveItem): void {
		const last = this.#last;
		if (last === null) return;
		for (let copy = 0; copy < Math.min(times, mostCopies); copy += 1) give({...last, origin});
		if (times > mostCopies) give({lost: times - mostCopies, origin, time: last.time});
	}

	/** journald says so where the kernel was faster than it. */
	#readProgram(text: string, origin: number, give: GiveItem): LineUse {
		this.#last = null;
		const lost = missedBy(text);
		if (lost === null) return 'ignored';
		give({lost, origin, time: null});
		return 'used';
	}

	/** A line without a sender: a repetition, a further line of a message, or none of this log. */
	#readOther(line: string, origin: number, give: GiveItem): LineUse {
		const stamp = stampOf(line, headOf(line).start);
		const last = this.#last;
		if (stamp !== null) {
			const [, , times] = repeated.exec(line.slice(stamp.end).trimStart()) ?? [];
			if (times === undefined || last === null) {
				this.#last = null;
				return 'ignored';
			}
			this.#repeat(Number(times), origin, give);
			return 'used';
		}
		if (last === null || line.search(/\S/) !== this.#indent) return 'unparsed';
		give({...last, text: line.trimStart(), origin});
		return 'used';
	}
}
