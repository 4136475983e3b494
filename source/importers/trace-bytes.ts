import type {LogDevice} from '../inference/log-node.ts';
import type {LogNodes} from '../inference/log-nodes.ts';
import type {LogOperation} from '../inference/log-operation.ts';
import {ByteTexts} from './byte-texts.ts';
import {isPlain} from './devres-text.ts';
import type {LineBytes} from './line-bytes.ts';
import {OperationBytes} from './operation-bytes.ts';
import {RepeatedBytes} from './repeated-bytes.ts';
import {isDigit} from './scan.ts';
import {StampBytes} from './stamp-bytes.ts';
import type {TraceHead} from './trace-heads.ts';

const blank = 0x20;
const colon = 0x3a;

/** Shorter names are read elsewhere. */
const shortestDevice = 4;

/** Bytes of `: devres_log: `, as words of four, the last of which overlaps the one before. */
const markLength = 14;

function isMark(view: DataView, at: number): boolean {
	return (
		view.getInt32(at) === 0x3a_20_64_65 &&
		view.getInt32(at + 4) === 0x76_72_65_73 &&
		view.getInt32(at + 8) === 0x5f_6c_6f_67 &&
		view.getInt32(at + 10) === 0x6f_67_3a_20
	);
}

/** Reads lines such as `sh-294 [001] d..1. 11.304544: devres_log: 0000:00:04.0 REL …` from their bytes: traces have millions. */
export class TraceBytes {
	readonly #nodes: LogNodes;
	readonly #headOf: (line: string, stampStart: number) => TraceHead | null;
	readonly #stamp = new StampBytes();
	readonly #operation: OperationBytes;
	readonly #heads = new ByteTexts<TraceHead>();
	readonly #head = new RepeatedBytes<TraceHead>();
	readonly #devices = new ByteTexts<LogDevice>();
	readonly #device = new RepeatedBytes<LogDevice>();

	/** `headOf` reads what stands left of the stamp of a line. */
	constructor(nodes: LogNodes, headOf: (line: string, stampStart: number) => TraceHead | null) {
		this.#nodes = nodes;
		this.#headOf = headOf;
		this.#operation = new OperationBytes(nodes);
	}

	/** What stands left of the stamp of the line that was read last. */
	get head(): TraceHead | null {
		return this.#head.value;
	}

	/** The operation that a line tells; null where it is any other line, or unusual. */
	read(line: LineBytes, start: number, end: number, origin: number): LogOperation | null {
		const {bytes, view} = line;
		const known = this.#head.lengthAt(line, start);
		const isKnown = known > 0 && isDigit(bytes[start + known] ?? 0);
		const stampStart = isKnown ? start + known : this.#findStamp(line, start, end);
		if (stampStart === -1) return null;
		const stampEnd = this.#stamp.read(bytes, stampStart);
		const {time} = this.#stamp;
		if (stampEnd === stampStart || !isMark(view, stampEnd)) return null;
		const deviceEnd = this.#readDevice(line, stampEnd + markLength, end);
		if (deviceEnd === -1 || !this.#operation.read(line, deviceEnd + 1, end)) return null;
		const head = this.#head.value;
		const device = this.#device.value;
		if (Number.isNaN(time) || head === null || device === null) return null;
		const {op, address, label} = this.#operation;
		return {
			time,
			context: head.context,
			origin,
			entry: null,
			op,
			device,
			address,
			label,
			owner: null,
		};
	}

	/** Finds the stamp of a line that doesn't begin as the one before; -1 where there is none. */
	#findStamp(line: LineBytes, start: number, end: number): number {
		const {bytes, view} = line;
		let mark = start;
		while (mark < end && !(bytes[mark] === colon && isMark(view, mark))) mark += 1;
		let stampStart = mark;
		while (stampStart > start && bytes[stampStart - 1] !== blank) stampStart -= 1;
		if (mark === end || stampStart === start) return -1;
		const head =
			this.#heads.find(view, start, stampStart) ?? this.#newHead(line, start, stampStart, end);
		if (head === null) return -1;
		this.#head.found(line, start, stampStart, head);
		return stampStart;
	}

	#newHead(line: LineBytes, start: number, stampStart: number, end: number): TraceHead | null {
		const text = line.textOf(start, end);
		const head = isPlain(text) ? this.#headOf(text, stampStart - start) : null;
		if (head !== null) this.#heads.add(line.view, start, stampStart, head);
		return head;
	}

	/** Index of the blank behind the device; -1 where it is none, or has to be looked at more closely. */
	#readDevice(line: LineBytes, start: number, lineEnd: number): number {
		const {bytes} = line;
		const known = this.#device.lengthAt(line, start);
		if (known > 0 && bytes[start + known] === blank) return start + known;
		let end = start;
		while (end < lineEnd && bytes[end] !== blank) end += 1;
		if (end === lineEnd || end - start < shortestDevice) return -1;
		const device = this.#devices.find(line.view, start, end) ?? this.#newDevice(line, start, end);
		if (device === null) return -1;
		this.#device.found(line, start, end, device);
		return end;
	}

	#newDevice(line: LineBytes, start: number, end: number): LogDevice | null {
		const text = line.textOf(start, end);
		if (!isPlain(text)) return null;
		const device = this.#nodes.deviceOf(text);
		this.#devices.add(line.view, start, end, device);
		return device;
	}
}
