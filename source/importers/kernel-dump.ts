import type {LogEntry, LogRecord} from '../inference/log-entry.ts';
import type {Place} from '../inference/log-place.ts';
import type {DumpedFrame} from '../recording/event.ts';
import {parseBareFrame, parseDecodedFrame, parseKernelFrame} from './kernel-frame.ts';
import type {KernelLine} from './kernel-line.ts';
import {isDevresLine, parseKernelMessage, printkOf} from './kernel-message.ts';
import {type DumpStart, dumpPart, dumpStart, registerPlace} from './splat-text.ts';
import {mostFrames} from './stack-lines.ts';

/** What becomes of a line: `mine`: part of the dump; `other`: none of it, and the dump goes on; `over`: the dump ended before it. */
export type Taken = 'mine' | 'other' | 'over';

/** How many lines of others a dump may wait for its next line: less where it is not sure to be one. */
const patience = {unsure: 3, head: 20, frames: 8, marked: 100, explained: 400} as const;

/** Lines that are kept in case that it is no dump. */
const mostKept = 16;

/** Where a line stands, as records want it. */
export function placeOf({time, caller, origin}: KernelLine): Place {
	return {time, context: caller ?? 'log', origin};
}

/** A splat or a call trace of one task or CPU, while its lines come. */
export class KernelDump {
	readonly #place: Place;
	readonly #frames: DumpedFrame[] = [];

	/** Lines without which it is no dump. */
	readonly #kept: KernelLine[] = [];

	/** Lines of which only the next ones tell whether they are part of it. */
	#held: KernelLine[] = [];
	#isWarning = false;
	#awaitsBanner = false;
	#awaitsMessage = false;
	#explains = false;
	#text = '';
	#message: KernelLine | null = null;
	#at: string | null = null;

	/** Something that only stands in dumps was seen. */
	#isSure = false;

	/** Between `<TASK>` and `</TASK>`. */
	#isMarked = false;
	#isClosed = false;
	#hasEnded = false;

	/** Whether the lines held back are the newest ones. */
	#isHolding = false;
	#idle = 0;

	/** `first` must begin a dump. */
	constructor(first: KernelLine, start: DumpStart | null) {
		this.#place = placeOf(first);
		if (start === null || start.kind === 'trace') {
			this.take(first);
			return;
		}
		this.#keep(first);
		this.#isWarning = true;
		this.#awaitsBanner = start.kind !== 'banner';
		if (start.kind === 'banner') this.#setBanner(start);
	}

	/** Tries the next line of the same context. */
	take(line: KernelLine): Taken {
		const frame = this.#frameIn(line.text);
		if (frame !== null) return this.#takeFrame(frame);
		if (isDevresLine(line.text)) return this.#isMarked ? this.#passOn() : 'over';
		const start = dumpStart(line.text);
		if (start !== null && this.#isAnother(start)) return 'over';
		if (start?.kind === 'banner' && this.#awaitsBanner) {
			this.#setBanner(start);
			return this.#use();
		}
		return this.#takePart(line);
	}

	/** Lines held back that turned out to be others': they come before the dump. */
	takeInterleaved(): readonly KernelLine[] {
		if (this.#isHolding) return [];
		const held = this.#held;
		this.#held = [];
		return held;
	}

	/** What the dump says and, behind it, lines that are no part of it. */
	records(): readonly LogRecord[] {
		const entry = this.#entry();
		const own: LogRecord[] = entry === null ? recordsOf(this.#kept) : [{...this.#place, entry}];
		return [...own, ...recordsOf(this.#held)];
	}

	/** Its last line has come: only more of its registers may follow. */
	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	#frameIn(text: string): DumpedFrame | null {
		if (this.#explains) return null;
		const frame = parseKernelFrame(text) ?? (this.#isSure ? parseDecodedFrame(text) : null);
		if (frame !== null || !this.#isMarked || this.#frames[0]?.offset !== undefined) return frame;
		return parseBareFrame(text);
	}

	#takeFrame(frame: DumpedFrame): Taken {
		if (this.#isClosed) return 'over';
		if (this.#frames.length < mostFrames) this.#frames.push(frame);
		this.#isHolding = false;
		return this.#use();
	}

	/** A start that can't belong to what has been read. */
	#isAnother({kind}: DumpStart): boolean {
		if (kind === 'rule') return !this.#explains;
		if (kind === 'cut') return !this.#awaitsBanner || this.#kept.length > 1;
		if (kind === 'banner') return this.#frames.length > 0 || !this.#isWarning;
		return false;
	}

	#takePart(line: KernelLine): Taken {
		const part = dumpPart(line.text);
		const isHead = part === 'body' && /^ {0,8}(?:CPU: |Call [Tt]race:)/.test(line.text);
		if (isHead && this.#frames.length > 0) return 'over';
		switch (part) {
			case 'ends':
				this.#hasEnded = true;
				return this.#use();
			case 'opens':
				this.#isMarked = true;
				this.#isClosed = false;
				return this.#use();
			case 'closes':
				this.#isMarked = false;
				this.#isClosed = true;
				return this.#use();
			case 'body':
				this.#at ??= registerPlace(line.text.trim());
				if (line.text.includes('stack backtrace:')) this.#explains = false;
				this.#keep(line);
				return this.#use();
			default:
				return this.#takeOther(line);
		}
	}

	#takeOther(line: KernelLine): Taken {
		const isAbout = printkOf(line.text, null).device !== null;
		if (this.#awaitsBanner) {
			if (this.#kept.length > patience.unsure) return 'over';
			this.#keep(line);
			return 'mine';
		}
		if (this.#awaitsMessage && this.#frames.length === 0) {
			this.#awaitsMessage = false;
			this.#message = line;
			return this.#use();
		}
		if (this.#explains && !isAbout) {
			this.#idle += 1;
			return this.#idle > patience.explained ? 'over' : 'mine';
		}
		if (this.#isClosed) return 'over';
		if (this.#isMarked || this.#frames.length === 0) return this.#passOn();
		if (this.#held.length >= patience.frames) return 'over';
		this.#held.push(line);
		this.#isHolding = true;
		return 'mine';
	}

	#passOn(): Taken {
		this.#idle += 1;
		const most = this.#isMarked ? patience.marked : this.#isSure ? patience.head : patience.unsure;
		return this.#idle > most ? 'over' : 'other';
	}

	#use(): Taken {
		this.#isSure = true;
		this.#idle = 0;
		return 'mine';
	}

	#setBanner({text, at, more}: DumpStart): void {
		if (this.#awaitsBanner) this.#settleMessage();
		this.#awaitsBanner = false;
		this.#awaitsMessage = more === 'message' && this.#message === null;
		this.#explains = more === 'long';
		this.#text = text;
		this.#at = at;
	}

	/** The message stands right before the banner; others came in between. */
	#settleMessage(): void {
		const [first, ...others] = this.#kept.splice(0);
		if (first !== undefined) this.#kept.push(first);
		this.#message = others.pop() ?? null;
		this.#held = others;
	}

	#keep(line: KernelLine): void {
		if (this.#kept.length < mostKept) this.#kept.push(line);
	}

	#entry(): LogEntry | null {
		const frames = this.#frames;
		if (!this.#isWarning) {
			return frames.length === 0 ? null : {kind: 'stack', frames, follows: false};
		}
		if (this.#awaitsBanner || (!this.#isSure && this.#at === null)) return null;
		const text = this.#message?.text ?? this.#text;
		const {device} = printkOf(text, null);
		return {kind: 'warning', text, at: this.#at, frames, device};
	}
}

function recordsOf(lines: readonly KernelLine[]): LogRecord[] {
	return lines.flatMap((line) => {
		const entry = parseKernelMessage(line.text, line.level);
		return entry === null ? [] : [{...placeOf(line), entry}];
	});
}
