import type {DumpedFrame} from '../recording/event.ts';
import type {Place} from './event-writer.ts';
import type {KernelItem, KernelLine} from './kernel-line.ts';
import {parseKernelFrame, parseKernelMessage} from './kernel-message.ts';
import type {LogRecord} from './log-entry.ts';
import {mostFrames} from './stack-lines.ts';

/** A clock that goes back further than this, in seconds, was started anew: CPUs differ by far less. */
const largestStepBack = 10;

const scaffolding = /^ {0,4}(?:Call Trace:|<\/?(?:TASK|IRQ|NMI|#DF)>)$/;

/** Makes records of lines of the kernel log: stacks that are dumped over several lines become one. */
export class KernelMessages {
	readonly #give: (record: LogRecord) => void;

	/** Frames are collected; when the stack is over it is given whole. */
	#stack: {readonly place: Place; readonly frames: DumpedFrame[]} | null = null;
	#latest: number | null = null;
	#boot: string | null = null;

	constructor(give: (record: LogRecord) => void) {
		this.#give = give;
	}

	/** Takes the next line or gap. False where the line is a devres line that makes no sense. */
	take(item: KernelItem): boolean {
		if ('bootsAt' in item) {
			this.#bootAt({time: null, context: 'log', origin: item.bootsAt});
			return true;
		}
		if ('lost' in item) {
			const place = {time: item.time, context: 'log', origin: item.origin};
			this.#give({...place, entry: {kind: 'lost', count: item.lost}});
			return true;
		}
		return this.#takeLine(item);
	}

	/** The log is over. */
	end(): void {
		this.#closeStack();
	}

	#takeLine(line: KernelLine): boolean {
		const place = {time: line.time, context: line.caller ?? 'log', origin: line.origin};
		const frame = parseKernelFrame(line.text);
		if (frame !== null || scaffolding.test(line.text)) {
			this.#stack ??= {place, frames: []};
			if (frame !== null && this.#stack.frames.length < mostFrames) this.#stack.frames.push(frame);
			return true;
		}
		this.#noticeBoot(line, place);
		const entry = parseKernelMessage(line.text, line.level);
		if (entry === null) return false;
		this.#closeStack();
		this.#give({...place, entry});
		return true;
	}

	/** Another boot id, or a clock that begins anew, is another kernel whether or not it says so. */
	#noticeBoot({text, time, boot}: KernelLine, place: Place): void {
		const isOther = boot !== null && this.#boot !== null && boot !== this.#boot;
		const isBack = time !== null && this.#latest !== null && time < this.#latest - largestStepBack;
		this.#boot = boot ?? this.#boot;
		if (time !== null) {
			this.#latest = isBack || isOther ? time : Math.max(time, this.#latest ?? time);
		}
		if ((isOther || isBack) && !text.startsWith('Linux version ')) this.#bootAt(place);
	}

	#bootAt(place: Place): void {
		this.#closeStack();
		this.#give({...place, entry: {kind: 'boot', kernel: null, inferred: true}});
	}

	#closeStack(): void {
		const stack = this.#stack;
		this.#stack = null;
		if (stack === null || stack.frames.length === 0) return;
		const {place, frames} = stack;
		this.#give({...place, entry: {kind: 'stack', frames, follows: false}});
	}
}
