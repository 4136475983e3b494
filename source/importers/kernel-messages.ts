import type {LogRecord} from '../inference/log-entry.ts';
import {BootStarts} from './boot-starts.ts';
import {KernelDump, placeOf} from './kernel-dump.ts';
import {parseKernelFrame} from './kernel-frame.ts';
import type {KernelItem, KernelLine} from './kernel-line.ts';
import {isDevresLine, parseKernelMessage} from './kernel-message.ts';
import {dumpPart, dumpStart} from './splat-text.ts';

/** No log has more dumps under way at once. */
const mostDumps = 64;

/** Makes records of lines of the kernel log: splats and stacks that are dumped over several lines become one. */
export class KernelMessages {
	readonly #give: (record: LogRecord) => void;

	/** Dumps under way, by context. */
	readonly #dumps = new Map<string, KernelDump>();

	/** Contexts whose last dump ended: its registers may be printed once more. */
	readonly #ended = new Set<string>();
	readonly #boots: BootStarts;

	/** `countsFromBoot`: the clock of the log starts anew with each kernel. */
	constructor(give: (record: LogRecord) => void, countsFromBoot: () => boolean) {
		this.#give = give;
		const listener = {
			started: (origin: number, first: KernelLine | null) => this.#start(origin, first),
			line: (line: KernelLine) => this.#takeLine(line),
		};
		this.#boots = new BootStarts(listener, countsFromBoot);
	}

	/** Takes the next line or gap. False where the line is a devres line that makes no sense. */
	take(item: KernelItem): boolean {
		if ('text' in item) return this.#boots.take(item);
		if ('bootsAt' in item) this.#boots.separate(item.bootsAt);
		else {
			this.#boots.release();
			const place = {time: item.time, context: 'log', origin: item.origin};
			this.#give({...place, entry: {kind: 'lost', count: item.lost}});
		}
		return true;
	}

	/** Takes a devres line, at a time, that is no part of anything else. False, and nothing has happened, where it might be. */
	takeOperation(time: number): boolean {
		return this.#dumps.size === 0 && this.#ended.size === 0 && this.#boots.goesOn(time);
	}

	/** The log is over. */
	end(): void {
		this.#boots.release();
		this.#closeAll();
	}

	#takeLine(line: KernelLine): boolean {
		if (this.#dumps.size > 0 || this.#ended.size > 0) return this.#takeAmongDumps(line);
		if (isDevresLine(line.text)) return this.#tell(line);
		return this.#begins(line) || this.#tell(line);
	}

	#tell(line: KernelLine): boolean {
		const entry = parseKernelMessage(line.text, line.level);
		if (entry === null) return false;
		if (entry.kind === 'boot') this.#closeAll();
		this.#give({...placeOf(line), entry});
		return true;
	}

	#takeAmongDumps(line: KernelLine): boolean {
		const context = line.caller ?? 'log';
		const dump = this.#dumps.get(context);
		if (dump === undefined) {
			if (this.#ended.has(context)) {
				if (dumpStart(line.text) === null && dumpPart(line.text) === 'body') return true;
				this.#ended.delete(context);
			}
			if (isDevresLine(line.text)) return this.#tell(line);
			return this.#begins(line) || this.#tell(line);
		}
		const taken = dump.take(line);
		for (const other of dump.takeInterleaved()) this.#tell(other);
		if (taken === 'mine') {
			if (dump.hasEnded) {
				this.#close(context);
				this.#ended.add(context);
			}
			return true;
		}
		if (taken === 'other') return this.#tell(line);
		this.#close(context);
		return this.#takeLine(line);
	}

	/** Whether the line is the first of a dump. */
	#begins(line: KernelLine): boolean {
		const start = dumpStart(line.text);
		if (start === null && parseKernelFrame(line.text) === null) return false;
		if (this.#dumps.size >= mostDumps) this.#closeAll();
		this.#dumps.set(line.caller ?? 'log', new KernelDump(line, start));
		return true;
	}

	#start(origin: number, first: KernelLine | null): void {
		this.#closeAll();
		const place = {time: first?.time ?? null, context: 'log', origin};
		this.#give({...place, entry: {kind: 'boot', kernel: null, inferred: true}});
	}

	#closeAll(): void {
		for (const context of [...this.#dumps.keys()]) this.#close(context);
		this.#ended.clear();
	}

	#close(context: string): void {
		const dump = this.#dumps.get(context);
		this.#dumps.delete(context);
		for (const record of dump?.records() ?? []) this.#give(record);
	}
}
