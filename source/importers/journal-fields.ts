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
import {readSeparator} from './journal-notes.ts';
import type {GiveItem, KernelLineDecoder} from './kernel-line.ts';
import {KernelLogReader} from './kernel-log.ts';

// `journalctl -o verbose` and `-o export`, systemd 252: one field a line.

const header =
	/^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [A-Z+\-\d:]{1,9} \[s=[\da-f]{1,32};/;
const field = /^(?: {4})?([A-Z_][A-Z_\d]{0,63})=/;

/** In an export, the name of a value that is not text stands alone; the value follows on lines that begin with a blank. */
const bareName = /^([A-Z_][A-Z_\d]{0,63})$/;

/** No entry has more fields. */
const mostFields = 1000;

const names: ReadonlyMap<string, keyof JournalEntry> = new Map(
	Object.entries(journalFields).map(([key, name]) => [name, key as keyof JournalEntry]),
);

function isBoundary(line: string): boolean {
	return line.trim() === '' || line.startsWith('-- ') || header.test(line);
}

/** Fields of the entry that a line is in the middle of. */
function entryAround(lines: Lines, index: number): JournalEntry {
	const fields = new EntryFields();
	let start = index;
	while (start > 0 && index - start < mostFields && !isBoundary(lines.at(start) ?? '')) start -= 1;
	for (let at = start; at < lines.length && at - start < mostFields; at += 1) {
		const line = lines.at(at) ?? '';
		if (at > index && isBoundary(line)) break;
		fields.read(line, at + 1);
	}
	return fields.entry;
}

/** Collects the fields of one entry. */
class EntryFields {
	/** Where the message stands; null while none was read. */
	messageAt: number | null = null;
	readonly #values = new Map<keyof JournalEntry, string>();
	#last: keyof JournalEntry | null = null;
	#isBare = false;
	#isBegun = false;

	/** Null fields are missing. */
	get entry(): JournalEntry {
		const value = (key: keyof JournalEntry) => this.#values.get(key) ?? null;
		return {
			message: value('message'),
			transport: value('transport'),
			sender: value('sender'),
			priority: value('priority'),
			printed: value('printed'),
			arrived: value('arrived'),
			boot: value('boot'),
		};
	}

	/** Takes a line of the entry. False for one that is no field. */
	read(line: string, origin: number): boolean {
		const [whole, name] = field.exec(line) ?? [];
		const bare = whole === undefined ? bareName.exec(line)?.[1] : undefined;
		const found = name ?? bare;
		if (found === undefined) return this.#continue(line);
		this.#isBegun = true;
		this.#last = names.get(found) ?? null;
		this.#isBare = bare !== undefined;
		if (this.#last === null) return true;
		if (this.#last === 'message') this.messageAt ??= origin;
		this.#values.set(this.#last, whole === undefined ? '' : line.slice(whole.length));
		return true;
	}

	#continue(line: string): boolean {
		if (!line.startsWith(' ') || !this.#isBegun) return false;
		if (this.#last === null) return true;
		const value = this.#values.get(this.#last) ?? '';
		const more = this.#isBare ? line.slice(1) : line.trimStart();
		this.#values.set(this.#last, this.#isBare && value === '' ? more : `${value}\n${more}`);
		return true;
	}
}

class JournalFieldsDecoder implements KernelLineDecoder {
	readonly #lines: Lines;
	#fields: EntryFields | null = null;

	/** `lines` are those of the whole text. */
	constructor(lines: Lines) {
		this.#lines = lines;
	}

	read(line: string, origin: number, give: GiveItem): LineUse {
		if (isBoundary(line)) {
			this.end(give);
			if (line.startsWith('-- ')) return readSeparator(line, origin, give);
			return 'ignored';
		}
		this.#fields ??= new EntryFields();
		const isFirst = this.#fields.messageAt === null;
		if (!this.#fields.read(line, origin)) return 'unparsed';
		const isMessage = isFirst && this.#fields.messageAt !== null;
		return isMessage && isKernelEntry(entryAround(this.#lines, origin - 1)) ? 'used' : 'ignored';
	}

	end(give: GiveItem): void {
		const fields = this.#fields;
		this.#fields = null;
		if (fields === null || fields.messageAt === null) return;
		for (const item of itemsOf(fields.entry, fields.messageAt)) give(item);
	}

	clock() {
		return undefined;
	}

	remarks() {
		return [];
	}
}

/** Lines that tell which way a journal goes. */
const surveyed = 20_000;

function* timesOf(lines: Lines): Generator<number> {
	let fields = new EntryFields();
	for (const [index, line] of lines.slice(0, surveyed).entries()) {
		if (!isBoundary(line)) fields.read(line, index + 1);
		else {
			const time = isKernelEntry(fields.entry) ? entryTime(fields.entry) : null;
			fields = new EntryFields();
			if (time !== null) yield time;
		}
	}
}

function recognise(sample: readonly string[]): number {
	const isJournal = sample.some((line) => header.test(line) || line.startsWith('__CURSOR='));
	return isJournal ? sample.filter((line) => header.test(line) || field.test(line)).length : 0;
}

/** What `journalctl -o verbose` and `-o export` print. */
export const journalFieldLists: Importer = {
	format: 'journal-fields',
	kind: 'log',
	recognise,
	open(lines) {
		const order = isReversed(timesOf(lines)) ? 'reversed' : 'as-read';
		return new KernelLogReader(new JournalFieldsDecoder(lines), lines, order);
	},
};
