import {LogInterpreter} from '../inference/log-interpreter.ts';
import {parseAnnouncement} from '../inference/marker-text.ts';
import type {Lines} from '../recording/lines.ts';
import {DmesgBytes} from './dmesg-bytes.ts';
import type {LineReader, LineUse} from './importer.ts';
import {type ItemOrder, isLine, type OrderedItems, orderedItems} from './item-order.ts';
import type {KernelItem, KernelLineDecoder} from './kernel-line.ts';
import {parseKernelMessage} from './kernel-message.ts';
import {KernelMessages} from './kernel-messages.ts';
import type {LineBytes} from './line-bytes.ts';
import {mayHold} from './log-lines.ts';

const verbs = ['begin ', 'end '] as const;
const anyVerb = /begin |end /;

/** What stands before a marker's verb has no more letters. */
const longestIntroduction = 41;

/** Whether a marker's verb stands in a line, and a marker around it. */
function isMarker(line: string, verb: string): boolean {
	const at = line.indexOf(verb);
	if (at === -1) return false;
	const before = line.slice(Math.max(0, at - longestIntroduction), at);
	const start = before.trimEnd().search(/[^\s":]{1,40}$/);
	const text = start === -1 ? line.slice(at) : before.slice(start) + line.slice(at);
	return parseAnnouncement(text) !== null || parseAnnouncement(line.slice(at)) !== null;
}

/** Markers stand all over a log: looking further costs time and finds nothing. */
const markerSample = 50_000;

/** Whether somebody wrote into the log what is being done. */
function hasMarkers(lines: Lines): boolean {
	if (!mayHold(lines, markerSample, anyVerb)) return false;
	return lines.slice(0, markerSample).some((line) => verbs.some((verb) => isMarker(line, verb)));
}

/** Reads the kernel log out of any format that carries it. */
export class KernelLogReader implements LineReader {
	readonly #decoder: KernelLineDecoder;
	readonly #order: OrderedItems | null;
	readonly #log: LogInterpreter;
	readonly #messages: KernelMessages;
	readonly #bytes: DmesgBytes;

	/** Whether the last line made sense. */
	#understood = true;

	/** Whether all of it stood there before. */
	#isNew = true;

	constructor(decoder: KernelLineDecoder, lines: Lines, order: ItemOrder = 'as-read') {
		this.#decoder = decoder;
		this.#order = orderedItems(order);
		this.#log = new LogInterpreter({devices: () => [], hasMarkers: hasMarkers(lines)});
		this.#bytes = new DmesgBytes(this.#log.nodes);
		this.#messages = new KernelMessages(
			(record) => this.#log.push(record),
			() => decoder.clock() === undefined,
		);
	}

	get events() {
		return this.#log.writer.events;
	}

	read(line: string, origin: number): LineUse {
		this.#understood = true;
		this.#isNew = true;
		const use = this.#decoder.read(line, origin, this.#take);
		if (use !== 'used') {
			this.#order?.interrupt();
			return use;
		}
		if (!this.#understood) return 'unparsed';
		return this.#isNew ? 'used' : 'quoted';
	}

	readBytes(line: LineBytes, start: number, end: number, origin: number): boolean {
		if (this.#order !== null || this.#decoder.takeStamped === undefined) return false;
		const operation = this.#bytes.read(line, start, end, origin);
		if (operation === null || !this.#messages.takeOperation(operation.time)) return false;
		if (!this.#decoder.takeStamped(operation.time, origin, this.#bytes.textStart)) return false;
		this.#log.pushOperation(operation);
		return true;
	}

	flush(): void {
		this.#log.flush();
	}

	end(): void {
		this.#decoder.end(this.#take);
		this.#order?.end((item) => this.#messages.take(item));
		this.#messages.end();
		this.#log.finish();
	}

	lost(): number {
		return this.#log.lost;
	}

	facts() {
		const clock = this.#decoder.clock();
		const remarks = [...this.#decoder.remarks(), ...(this.#order?.remarks() ?? [])];
		return {kernel: this.#log.kernel, clock, remarks};
	}

	readonly #take = (item: KernelItem): void => {
		if (this.#order === null) {
			if (!this.#messages.take(item)) this.#understood = false;
			return;
		}
		// What can't be understood must be known now, though it is read later.
		if (isLine(item) && parseKernelMessage(item.text, item.level) === null) {
			this.#understood = false;
		} else if (!this.#order.add(item)) this.#isNew = false;
	};
}
