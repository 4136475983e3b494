import type {LineReader, LineUse} from './importer.ts';
import type {KernelItem, KernelLineDecoder} from './kernel-line.ts';
import {KernelMessages} from './kernel-messages.ts';
import {LogInterpreter} from './log-interpreter.ts';
import {parseAnnouncement} from './marker-text.ts';

/** Whether somebody wrote into the log what is being done. */
function hasMarkers(lines: readonly string[]): boolean {
	return lines.some((line) => {
		const start = line.search(/\b(?:\S+ )?(?:begin|end) \S+ /);
		return start !== -1 && parseAnnouncement(line.slice(start)) !== null;
	});
}

/** Reads the kernel log out of any format that carries it. */
export class KernelLogReader implements LineReader {
	readonly #decoder: KernelLineDecoder;
	readonly #log: LogInterpreter;
	readonly #messages: KernelMessages;

	/** Whether the last line made sense. */
	#understood = true;

	constructor(decoder: KernelLineDecoder, lines: readonly string[]) {
		this.#decoder = decoder;
		this.#log = new LogInterpreter({devices: () => [], hasMarkers: hasMarkers(lines)});
		this.#messages = new KernelMessages((record) => this.#log.push(record));
	}

	get events() {
		return this.#log.writer.events;
	}

	read(line: string, origin: number): LineUse {
		this.#understood = true;
		const use = this.#decoder.read(line, origin, this.#take);
		return this.#understood ? use : 'unparsed';
	}

	flush(): void {
		this.#log.flush();
	}

	end(): void {
		this.#decoder.end(this.#take);
		this.#messages.end();
		this.#log.finish();
	}

	lost(): number {
		return this.#log.lost;
	}

	facts() {
		const clock = this.#decoder.clock();
		return {kernel: this.#log.kernel, clock, remarks: this.#decoder.remarks()};
	}

	readonly #take = (item: KernelItem): void => {
		if (!this.#messages.take(item)) this.#understood = false;
	};
}
