import type {Lines} from '../recording/lines.ts';
import {type DmesgColumns, parseDmesgLine, parseLateStamp, parseUntimedLine} from './dmesg-line.ts';
import {isHostText} from './host-line.ts';
import type {Importer, LineUse} from './importer.ts';
import type {GiveItem, KernelLine, KernelLineDecoder} from './kernel-line.ts';
import {KernelLogReader} from './kernel-log.ts';
import {isDevresLine} from './kernel-message.ts';
import {isKernelText} from './kernel-text.ts';
import {MailText} from './mail-text.ts';
import {unescapedLines} from './printk-text.ts';
import {isElision, isMailHeader, isSentence, looksPrinted} from './prose.ts';
import {StampClock} from './stamp-clock.ts';

/** How the lines of a text are to be taken. */
type DmesgText = {
	/** Lines begin with a time stamp. */
	readonly isTimed: boolean;

	/** People wrote around the log. */
	readonly hasProse: boolean;

	/** Hosts stand before the messages, as no dmesg prints them: the text is another format's. */
	readonly hasHosts: boolean;

	/** It is wrapped as mails and web pages are. */
	readonly isWrapped: boolean;
};

/** Lines that decide how a text is to be taken. */
const surveyed = 20_000;

/** A text with sentences in more than one of so many lines is one that somebody wrote. */
const linesPerSentence = 12;

const wrapped = /^>|=20$|=C2=A0|&(?:lt|gt|nbsp);|\u00A0|^Content-Transfer-Encoding:/i;

function isTimedLine(line: string): boolean {
	return (parseDmesgLine(line) ?? parseLateStamp(line)) !== null;
}

/** Looks at a text as a whole. */
function surveyDmesg(lines: Lines): DmesgText {
	const first = lines.slice(0, surveyed);
	const isWrapped = first.some((line) => wrapped.test(line));
	const mail = isWrapped ? new MailText(first) : null;
	const plain = mail === null ? first : first.map((line) => mail.read(line) ?? '');
	const seen = plain.filter((line) => line.trim() !== '');
	const others: string[] = [];
	let isTimed = false;
	let hosts = 0;
	for (const line of seen) {
		const columns = parseDmesgLine(line);
		if (columns !== null && isHostText(line, columns.textStart)) hosts += 1;
		if (columns !== null || parseLateStamp(line) !== null) isTimed = true;
		else if (!isKernelText(line)) others.push(line);
	}
	const sentences = others.filter(isSentence).length;
	const isMail = others.some(isMailHeader) && sentences > 0;
	const isWritten = sentences * linesPerSentence > seen.length;
	// Without stamps a message can't be told from a sentence: only what is surely the kernel's is taken then.
	const isLoose = others.filter((line) => !looksPrinted(line)).length * 2 > seen.length;
	const hasHosts = hosts * 2 > seen.length;
	return {isTimed, hasProse: isMail || isWritten || (!isTimed && isLoose), hasHosts, isWrapped};
}

/** Whether the end of a message is missing that always has the same one. */
function isBroken(message: string): boolean {
	if (message.endsWith('bytes)')) return false;
	return (
		isDevresLine(message) || /: (?:DEVRES|Resources(?: present(?: before)?)?) ?$/.test(message)
	);
}

/** Takes messages out of what dmesg and consoles print. */
class DmesgDecoder implements KernelLineDecoder {
	readonly #text: DmesgText;
	readonly #lines: Lines;
	readonly #mail: MailText | null;
	readonly #stamps = new StampClock();

	/** Lines may be taken as they are: the clock is known, and nothing is wrapped. */
	#takesStamped = false;

	/** The last message, where it was taken like that. */
	readonly #stamped = {time: 0, origin: -1};

	/** The last message: further lines of it have no stamp of their own. */
	#last: KernelLine | null = null;

	/** Blanks that dmesg puts before them. */
	#indent = 0;

	/** Number of a line that was read with the one before it. */
	#joined = 0;

	/** `lines` are those of the whole text. */
	constructor(text: DmesgText, lines: Lines) {
		this.#text = text;
		this.#lines = lines;
		this.#mail = text.isWrapped ? new MailText(lines) : null;
	}

	read(line: string, origin: number, give: GiveItem): LineUse {
		const columns = parseDmesgLine(line);
		if (columns !== null && this.#mail === null) {
			return this.#message(line, columns, origin, give);
		}
		const text = this.#mail === null ? line : this.#mail.read(line);
		if (origin === this.#joined) return 'used';
		if (text === null) return isTimedLine(this.#mail?.begun ?? '') ? 'used' : 'unparsed';
		const read = parseDmesgLine(text) ?? parseLateStamp(text);
		if (read !== null) return this.#message(text, read, origin, give);
		if (isElision(text)) {
			this.#last = null;
			return 'ignored';
		}
		return this.#text.isTimed
			? this.#unstamped(text, origin, give)
			: this.#untimed(text, origin, give);
	}

	takeStamped(time: number, origin: number, textStart: number): boolean {
		if (!this.#takesStamped) return false;
		this.#indent = textStart;
		this.#last = null;
		this.#stamped.time = time;
		this.#stamped.origin = origin;
		return true;
	}

	end(): void {}

	clock() {
		return this.#stamps.clock;
	}

	remarks() {
		return this.#stamps.remarks;
	}

	#message(line: string, columns: DmesgColumns, origin: number, give: GiveItem): LineUse {
		const {stamp, level, caller, textStart} = columns;
		if (this.#text.hasHosts && isHostText(line, textStart)) return 'unparsed';
		const time = stamp === null ? null : this.#stamps.timeOf(stamp);
		this.#takesStamped ||= time !== null && this.#mail === null && this.#stamps.clock === undefined;
		this.#indent = textStart;
		const message = line.slice(textStart);
		const whole = isBroken(message) ? this.#joinedWithNext(message, origin) : message;
		for (const text of unescapedLines(whole)) {
			this.#last = {text, time, level, caller, origin, boot: null};
			give(this.#last);
		}
		return 'used';
	}

	/** Mail programs break lines that are long: the rest of a message stands on the next one. */
	#joinedWithNext(message: string, origin: number): string {
		const next = (this.#lines.at(origin) ?? '').replace(/^[> ]{1,40}/, '');
		const whole = `${message.trimEnd()} ${next.trim()}`;
		if (next === '' || isTimedLine(next) || !isKernelText(whole) || isBroken(whole)) return message;
		this.#joined = origin + 1;
		return whole;
	}

	/** A line among stamped ones that has no stamp. */
	#unstamped(text: string, origin: number, give: GiveItem): LineUse {
		const last = this.#last ?? this.#lastStamped(origin);
		this.#last = null;
		if (last === null || text.search(/\S/) !== this.#indent) return 'unparsed';
		this.#last = {...last, text: text.trimStart(), origin};
		give(this.#last);
		return 'used';
	}

	/** The line before, where it was taken as it is; null where it was another. */
	#lastStamped(origin: number): KernelLine | null {
		const {time, origin: before} = this.#stamped;
		if (before !== origin - 1) return null;
		return {text: '', time, level: null, caller: null, origin: before, boot: null};
	}

	#untimed(line: string, origin: number, give: GiveItem): LineUse {
		if (this.#text.hasProse && !isKernelText(line)) return 'unparsed';
		return this.#message(line, parseUntimedLine(line), origin, give);
	}
}

/** Lines that say of themselves that the kernel printed them, without anything that another format would put there. */
function recognise(sample: readonly string[]): number {
	const mail = sample.some((line) => wrapped.test(line)) ? new MailText(sample) : null;
	return sample.filter((raw) => {
		const unwrapped = mail === null ? raw : (mail.read(raw) ?? '');
		const line = unwrapped.replace(/^[> ]{1,40}/, '');
		const columns = parseDmesgLine(line);
		return columns === null ? isKernelText(line) : !isHostText(line, columns.textStart);
	}).length;
}

/** What dmesg and consoles print, with or without stamps, and mails that quote it: `[  218.331000] ccp 0000:23:00.1: DEVRES …`. */
export const dmesg: Importer = {
	format: 'dmesg',
	kind: 'log',
	allowsProse: true,
	recognise,
	open(lines) {
		const text = surveyDmesg(lines);
		const order = text.hasProse && text.isTimed ? 'excerpt' : 'as-read';
		return new KernelLogReader(new DmesgDecoder(text, lines), lines, order);
	},
};
