import type {LogEntry, PrintkEntry} from '../inference/log-entry.ts';
import {parseAnnouncement} from '../inference/marker-text.ts';
import {refusal} from '../inference/probe-messages.ts';
import {parseOperation} from './devres-text.ts';

/** No kernel prints longer ones; with it patterns stay cheap. */
const longestMessage = 4096;

const devresMark = ': DEVRES ';
const moving =
	/^moving node (?:0x)?([\da-f]{4,16}|\([\w*]{0,20}ptrval[\w*]{0,20}\))(?: 0x[\da-f]{4,16})? from devres/;
const boot = /^Linux version (\S{1,100})/;
const prefixed = /^(\S{1,80}) ([\da-f]{4,8}:[\da-f]{2}:[01][\da-f]\.[0-7]): /;

/** Messages that say how many others are missing: consoles that fell behind, rate limits, journald. */
const dropped = /^\*\* (\d{1,9}) printk messages? dropped \*\*/;
const suppressed = /^[\w.]{1,80}: (\d{1,9}) (?:callbacks|messages|output lines) suppressed/;

/**
Splits `ccp 0000:23:00.1` at the end of a prefix into owner and device: a driver's name has no blanks, a device's may.

A single word is a device whose owner nobody told, as in what was exported from a trace.
*/
export function splitPrefix(
	prefix: string,
): {readonly owner: string | null; readonly device: string} | null {
	const end = prefix.indexOf(' ');
	if (end === -1) return {owner: null, device: prefix};
	if (end === 0 || end === prefix.length - 1) return null;
	return {owner: prefix.slice(0, end), device: prefix.slice(end + 1)};
}

/** A line that only says something: with its device, where it begins with one. */
export function printkOf(text: string, level: number | null): PrintkEntry {
	const [whole, owner, device = null] = prefixed.exec(text) ?? [];
	if (whole !== undefined && device !== null) {
		const prefix = `${owner} ${device}`;
		return {kind: 'printk', level, device, prefix, text: text.slice(prefix.length + 2)};
	}
	if (text.endsWith(`: ${refusal}`)) {
		const prefix = text.slice(0, -refusal.length - 2);
		const named = splitPrefix(prefix);
		if (named !== null && named.owner !== null) {
			return {kind: 'printk', level, device: named.device, prefix, text: refusal};
		}
	}
	return {kind: 'printk', level, device: null, prefix: '', text};
}

/** How many messages a line says are missing; null for any other line. */
function missingBy(text: string): number | null {
	const pattern = text.startsWith('** ') ? dropped : suppressed;
	if (pattern === suppressed && !text.includes(' suppressed')) return null;
	const [, count] = pattern.exec(text) ?? [];
	return count === undefined ? null : Number(count);
}

/** Whether a marker's verb stands in a line: few have one. */
function hasVerb(text: string): boolean {
	return text.includes('begin ') || text.includes('end ');
}

/** Whether a line is one that devres prints, or tries to. */
export function isDevresLine(text: string): boolean {
	return text.indexOf(devresMark) > 0;
}

/** What a line of the kernel log says; null for a devres line that makes no sense. Frames and splats are not known here. */
export function parseKernelMessage(text: string, level: number | null): LogEntry | null {
	const mark = text.indexOf(devresMark);
	if (mark > 0) {
		const named = splitPrefix(text.slice(0, mark));
		const read = parseOperation(text, mark + devresMark.length);
		return named === null || read === null
			? null
			: {kind: 'devres', ...read, device: named.device, owner: named.owner};
	}
	if (text.length > longestMessage) return printkOf(text.slice(0, longestMessage), level);
	const [, node] = text.startsWith('moving node') ? (moving.exec(text) ?? []) : [];
	if (node !== undefined) return {kind: 'moved', node};
	const [, kernel] = text.startsWith('Linux version') ? (boot.exec(text) ?? []) : [];
	if (kernel !== undefined) return {kind: 'boot', kernel, inferred: false};
	if (hasVerb(text) && parseAnnouncement(text) !== null) return {kind: 'marker', text};
	const missing = missingBy(text);
	return missing === null ? printkOf(text, level) : {kind: 'lost', count: missing};
}
