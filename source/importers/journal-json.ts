import type {Lines} from '../recording/lines.ts';
import type {Importer, LineUse} from './importer.ts';
import {isReversed} from './item-order.ts';
import {
	entryTime,
	isKernelEntry,
	itemsOf,
	type JournalEntry,
	journalFields,
} from './journal-entry.ts';
import type {GiveItem, KernelLineDecoder} from './kernel-line.ts';
import {KernelLogReader} from './kernel-log.ts';

// `journalctl -o json`, json-pretty, json-sse and json-seq, systemd 252.

/** No entry has more lines when it is printed with one field a line. */
const mostLines = 1000;
const prettyField = /^ {1,8}"([A-Z_\d]{1,64})" : .*$/;
const prettyRest = /^(?: {1,16}(?:-?\d{1,3},?|\],?|".*",?)|[{}])$/;

/** Bytes where a value is no text; the last of several values under one name. */
function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	if (!Array.isArray(value)) return null;
	const isBytes = value.every((byte) => typeof byte === 'number');
	if (!isBytes) return textOf(value.at(-1));
	return new TextDecoder().decode(Uint8Array.from(value as readonly number[]));
}

/** Null for what is no entry. */
function entryOf(json: string): JournalEntry | null {
	let read: unknown;
	try {
		read = JSON.parse(json);
	} catch {
		return null;
	}
	if (typeof read !== 'object' || read === null || Array.isArray(read)) return null;
	const fields = read as {readonly [name: string]: unknown};
	const field = (name: string) => (Object.hasOwn(fields, name) ? textOf(fields[name]) : null);
	if (!Object.hasOwn(fields, journalFields.message) && field(journalFields.boot) === null)
		return null;
	return {
		message: field(journalFields.message),
		transport: field(journalFields.transport),
		sender: field(journalFields.sender),
		priority: field(journalFields.priority),
		printed: field(journalFields.printed),
		arrived: field(journalFields.arrived),
		boot: field(journalFields.boot),
	};
}

/** The object in a line that holds a whole one; null for other lines. */
function objectIn(line: string): string | null {
	const start = line.startsWith('data: ') ? 6 : 0;
	return line.charAt(start) === '{' && line.trimEnd().endsWith('}') ? line.slice(start) : null;
}

class JournalJsonDecoder implements KernelLineDecoder {
	/** Lines of an object that is printed over several. */
	#lines: string[] | null = null;

	/** Where its message stands. */
	#messageAt = 0;

	read(line: string, origin: number, give: GiveItem): LineUse {
		const object = this.#lines === null ? objectIn(line) : null;
		if (object !== null) return take(object, origin, give);
		if (line.trim() === '{') {
			this.#lines = [line];
			this.#messageAt = origin;
			return 'ignored';
		}
		if (this.#lines === null || this.#lines.length > mostLines) {
			this.#lines = null;
			return line.trim() === '' || line.startsWith('-- ') ? 'ignored' : 'unparsed';
		}
		this.#lines.push(line);
		if (line.trimEnd() !== '}') {
			if (line.trimStart().startsWith('"MESSAGE" :')) this.#messageAt = origin;
			return 'ignored';
		}
		const lines = this.#lines;
		this.#lines = null;
		return take(lines.join('\n'), this.#messageAt, give);
	}

	end(): void {}

	clock() {
		return undefined;
	}

	remarks() {
		return [];
	}
}

function take(json: string, origin: number, give: GiveItem): LineUse {
	const entry = entryOf(json);
	if (entry === null) return 'unparsed';
	const items = itemsOf(entry, origin);
	for (const item of items) give(item);
	return items.length > 0 ? 'used' : 'ignored';
}

/** Times of the kernel's entries, for telling which way the journal goes. */
function* timesOf(lines: Lines): Generator<number> {
	for (const line of lines) {
		const object = objectIn(line);
		const [, printed] = /"_SOURCE_MONOTONIC_TIMESTAMP" : "(\d{1,20})"/.exec(line) ?? [];
		if (printed !== undefined) yield Number(printed);
		if (object === null) continue;
		const entry = entryOf(object);
		const time = entry === null || !isKernelEntry(entry) ? null : entryTime(entry);
		if (time !== null) yield time;
	}
}

/** Lines that tell which way a journal goes. */
const surveyed = 2000;

function isEntryLine(line: string): boolean {
	const object = objectIn(line);
	if (object === null) return prettyField.test(line);
	return object.includes('"__REALTIME_TIMESTAMP"') || object.includes('"MESSAGE"');
}

/** The brackets and bytes between fields are those of any JSON. */
function recognise(sample: readonly string[]): number {
	const own = sample.filter(isEntryLine).length;
	return own === 0 ? 0 : own + sample.filter((line) => prettyRest.test(line)).length;
}

/** What `journalctl -o json` and its kin print. */
export const journalJson: Importer = {
	format: 'journal-json',
	kind: 'log',
	recognise,
	open(lines) {
		const order = isReversed(timesOf(lines.slice(0, surveyed))) ? 'reversed' : 'as-read';
		return new KernelLogReader(new JournalJsonDecoder(), lines, order);
	},
};
