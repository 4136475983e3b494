import type {Importer, LineUse} from './importer.ts';
import type {GiveItem, KernelLine, KernelLineDecoder} from './kernel-line.ts';
import {KernelLogReader} from './kernel-log.ts';
import {unescapedLines} from './printk-text.ts';

// Records of /dev/kmsg, Documentation/ABI/testing/dev-kmsg: `3,1234,218331000,-;text`, then fields that begin with a blank.

const header = /^(\d{1,5}),(\d{1,20}),(\d{1,20}),([-c+])(?:,([^;]{0,200}))?;/;
const field = /^ [A-Z_]{1,40}=/;

type Fragment = {readonly line: KernelLine; readonly text: string};

class KmsgDecoder implements KernelLineDecoder {
	/** Number of the last record. */
	#sequence: number | null = null;

	/** Begin of a message that is printed in pieces. */
	#fragment: Fragment | null = null;

	read(line: string, origin: number, give: GiveItem): LineUse {
		const found = header.exec(line);
		if (found === null) return field.test(line) || line.trim() === '' ? 'ignored' : 'unparsed';
		const [whole, priority, sequence, micros, flag, more] = found;
		const caller =
			more === undefined ? null : (/(?:^|,)caller=([TC]\d{1,10})/.exec(more)?.[1] ?? null);
		const time = Number(micros) / 1e6;
		this.#count(Number(sequence), {origin, time}, give);
		const text = line.slice(whole.length);
		const record = {text, time, level: Number(priority) & 7, caller, origin, boot: null};
		this.#take(record, flag === '-', give);
		return 'used';
	}

	end(give: GiveItem): void {
		this.#giveFragment(give);
	}

	clock() {
		return undefined;
	}

	remarks() {
		return [];
	}

	#count(sequence: number, place: {origin: number; time: number}, give: GiveItem): void {
		const missing = this.#sequence === null ? 0 : sequence - this.#sequence - 1;
		this.#sequence = sequence;
		if (missing <= 0) return;
		this.#giveFragment(give);
		give({lost: missing, ...place});
	}

	#take(line: KernelLine, isWhole: boolean, give: GiveItem): void {
		const begun = this.#fragment;
		const isMore = !isWhole && begun !== null && begun.line.caller === line.caller;
		if (isMore) {
			this.#fragment = {line: begun.line, text: begun.text + line.text};
			return;
		}
		this.#giveFragment(give);
		if (isWhole) giveLines(line, line.text, give);
		else this.#fragment = {line, text: line.text};
	}

	#giveFragment(give: GiveItem): void {
		const fragment = this.#fragment;
		this.#fragment = null;
		if (fragment !== null) giveLines(fragment.line, fragment.text, give);
	}
}

function giveLines(line: KernelLine, message: string, give: GiveItem): void {
	for (const text of unescapedLines(message)) give({...line, text});
}

/** What reading /dev/kmsg gives. */
export const kmsg: Importer = {
	format: 'kmsg',
	kind: 'log',
	recognise: (sample) => sample.filter((line) => header.test(line) || field.test(line)).length,
	open: (lines) => new KernelLogReader(new KmsgDecoder(), lines),
};
