import type {LogDevice} from '../inference/log-node.ts';
import type {LogNodes} from '../inference/log-nodes.ts';
import type {LogOperation} from '../inference/log-operation.ts';
import {ByteTexts} from './byte-texts.ts';
import {isPlain} from './devres-text.ts';
import {splitPrefix} from './kernel-message.ts';
import type {LineBytes} from './line-bytes.ts';
import {OperationBytes} from './operation-bytes.ts';
import {RepeatedBytes} from './repeated-bytes.ts';
import {StampBytes} from './stamp-bytes.ts';

const blank = 0x20;
const colon = 0x3a;
const opening = 0x5b;
const closing = 0x5d;

/** Digits of a fraction that printk prints. */
const printkPrecision = 6;

/** Who a line is about: `ccp 0000:23:00.1`. */
type Prefix = {readonly owner: string | null; readonly device: LogDevice};

/** Shorter prefixes are read elsewhere. */
const shortestPrefix = 4;

/** Bytes of `: DEVRES `, as words of four, the last of which overlaps the one before. */
const markLength = 9;

function isMark(view: DataView, at: number): boolean {
	return (
		view.getInt32(at) === 0x3a_20_44_45 &&
		view.getInt32(at + 4) === 0x56_52_45_53 &&
		view.getInt32(at + 5) === 0x52_45_53_20
	);
}

/** Reads lines such as `[  218.331000] ccp 0000:23:00.1: DEVRES ADD …` from their bytes: logs have millions. */
export class DmesgBytes {
	readonly #nodes: LogNodes;
	readonly #stamp = new StampBytes();
	readonly #operation: OperationBytes;
	readonly #prefixes = new ByteTexts<Prefix>();
	readonly #prefix = new RepeatedBytes<Prefix>();

	/** Letters in front of the message, in the line that was read last. */
	textStart = 0;

	constructor(nodes: LogNodes) {
		this.#nodes = nodes;
		this.#operation = new OperationBytes(nodes);
	}

	/** The operation that a line tells; null where it is any other line, or unusual. */
	read(
		line: LineBytes,
		start: number,
		end: number,
		origin: number,
	): (LogOperation & {readonly time: number}) | null {
		const {bytes} = line;
		if (bytes[start] !== opening) return null;
		let stampStart = start + 1;
		while (bytes[stampStart] === blank) stampStart += 1;
		const stampEnd = this.#stamp.read(bytes, stampStart);
		const {time, precision} = this.#stamp;
		if (precision !== printkPrecision) return null;
		if (bytes[stampEnd] !== closing || bytes[stampEnd + 1] !== blank) return null;
		const textStart = stampEnd + 2;
		const mark = this.#readPrefix(line, textStart, end);
		if (mark === -1 || !this.#operation.read(line, mark + markLength, end)) return null;
		const prefix = this.#prefix.value;
		if (Number.isNaN(time) || prefix === null) return null;
		this.textStart = textStart - start;
		const {op, address, label} = this.#operation;
		const {device, owner} = prefix;
		return {time, context: 'log', origin, entry: null, op, device, address, label, owner};
	}

	/** Index of the mark behind driver and device; -1 where there is none, or it has to be looked at more closely. */
	#readPrefix(line: LineBytes, start: number, end: number): number {
		const {bytes, view} = line;
		const known = this.#prefix.lengthAt(line, start);
		if (known > 0 && isMark(view, start + known)) return start + known;
		let mark = start;
		while (mark < end && !(bytes[mark] === colon && isMark(view, mark))) mark += 1;
		if (mark === end || mark - start < shortestPrefix) return -1;
		const prefix = this.#prefixes.find(view, start, mark) ?? this.#newPrefix(line, start, mark);
		if (prefix === null) return -1;
		this.#prefix.found(line, start, mark, prefix);
		return mark;
	}

	#newPrefix(line: LineBytes, start: number, end: number): Prefix | null {
		const text = line.textOf(start, end);
		// Behind a bracket stands another column.
		const named = !isPlain(text) || text.startsWith('[') ? null : splitPrefix(text);
		if (named === null) return null;
		const prefix = {owner: named.owner, device: this.#nodes.deviceOf(named.device)};
		this.#prefixes.add(line.view, start, end, prefix);
		return prefix;
	}
}
