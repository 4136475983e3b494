import type {KernelLine} from './kernel-line.ts';
import {isDevresLine} from './kernel-message.ts';

/** A clock that goes back further than this, in seconds, was started anew: CPUs differ by far less. */
const largestStepBack = 10;

/** A kernel says its name in its first second, though not always first of all. */
const naming = 1;

/** Lines that may come before it does. */
const mostEarly = 16;

/** What is done with lines and starts, in the order in which they are to be told. */
export type BootListener = {
	/** Another kernel starts, and does not say which. */
	readonly started: (origin: number, line: KernelLine | null) => void;

	/** False where the line makes no sense. */
	readonly line: (line: KernelLine) => boolean;
};

/** First lines of a kernel that may still say its name. */
type Early = {readonly start: number | null; readonly lines: KernelLine[]};

function isName({text}: KernelLine): boolean {
	return text.startsWith('Linux version ');
}

/** Finds where another kernel starts: a name, a separator, another boot id, or a clock that begins anew. */
export class BootStarts {
	readonly #listener: BootListener;
	readonly #countsFromBoot: () => boolean;
	#latest: number | null = null;
	#boot: string | null = null;

	/** Line of a separator whose kernel has printed nothing yet. */
	#separator: number | null = null;
	#early: Early | null = null;
	#isFirst = true;

	/** `countsFromBoot`: the clock of the log starts anew with each kernel. */
	constructor(listener: BootListener, countsFromBoot: () => boolean) {
		this.#listener = listener;
		this.#countsFromBoot = countsFromBoot;
	}

	/** The log says that another kernel's lines follow. */
	separate(origin: number): void {
		this.release();
		this.#separator = origin;
		this.#latest = null;
	}

	/** Takes the next line. False where it makes no sense. */
	take(line: KernelLine): boolean {
		const start = this.#startBefore(line);
		const isFirst = this.#isFirst;
		this.#isFirst = false;
		if (isName(line)) {
			if (start !== null) this.release();
			const early = this.#early;
			this.#early = null;
			this.#listener.line(line);
			for (const each of early?.lines ?? []) this.#listener.line(each);
			return true;
		}
		if (start !== null || isFirst) {
			this.release();
			if (this.#isEarly(line)) {
				this.#early = {start, lines: [line]};
				return true;
			}
			if (start !== null) this.#listener.started(start, line);
		}
		return this.#follow(line);
	}

	/** Takes a line of a driver, at a time, where that is surely in the kernel of the lines before. False, and nothing has happened, else. */
	goesOn(time: number): boolean {
		const latest = this.#latest;
		if (latest === null || time < latest - largestStepBack) return false;
		if (this.#isFirst || this.#early !== null || this.#separator !== null) return false;
		if (time > latest) this.#latest = time;
		return true;
	}

	/** Nothing more is known for now. */
	release(): void {
		const early = this.#early;
		this.#early = null;
		if (early === null) return;
		if (early.start !== null) this.#listener.started(early.start, early.lines[0] ?? null);
		for (const line of early.lines) this.#listener.line(line);
	}

	#follow(line: KernelLine): boolean {
		if (this.#early !== null) {
			if (this.#isEarly(line) && this.#early.lines.length < mostEarly) {
				this.#early.lines.push(line);
				return true;
			}
			this.release();
		}
		return this.#listener.line(line);
	}

	#isEarly({time, text}: KernelLine): boolean {
		return time !== null && time < naming && this.#countsFromBoot() && !isDevresLine(text);
	}

	/** Where a kernel starts whose first line this is; null where none does. */
	#startBefore({time, boot, origin}: KernelLine): number | null {
		const isOther = boot !== null && this.#boot !== null && boot !== this.#boot;
		const isBack =
			time !== null &&
			this.#latest !== null &&
			time < this.#latest - largestStepBack &&
			this.#countsFromBoot();
		if (boot !== null) this.#boot = boot;
		if (time !== null && (isBack || isOther || this.#latest === null || time > this.#latest)) {
			this.#latest = time;
		}
		const separator = this.#separator;
		this.#separator = null;
		return separator ?? (isOther || isBack ? origin : null);
	}
}
