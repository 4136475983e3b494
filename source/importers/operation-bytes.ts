import type {DevresEntry} from '../inference/log-entry.ts';
import type {LogAddress, LogLabel} from '../inference/log-node.ts';
import type {LogNodes} from '../inference/log-nodes.ts';
import {ByteTexts} from './byte-texts.ts';
import {isPlain, readLabel} from './devres-text.ts';
import type {LineBytes} from './line-bytes.ts';

const blank = 0x20;

/** Bytes of `ADD `, and of an address as all 64-bit kernels print it. */
const opLength = 4;
const addressLength = 16;

/** Operations by their four bytes. REPLACE is rare and read elsewhere. */
const add = 0x41_44_44_20;
const release = 0x52_45_4c_20;
const remove = 0x52_45_4d_20;

const hexAddress = /^[\da-f]{16}$/;

/** Reads `REL 00000000fbd19618 pcim_intx_restore (4 bytes)` at the end of a line from its bytes. */
export class OperationBytes {
	/** What the last line that could be read said. */
	op: DevresEntry['op'] = 'ADD';
	address: LogAddress = {text: '', number: 0, latest: null, generation: 0};
	label: LogLabel = {name: '', size: 0, number: 0};
	readonly #nodes: LogNodes;
	readonly #addresses = new ByteTexts<LogAddress>();
	readonly #labels = new ByteTexts<LogLabel>();

	constructor(nodes: LogNodes) {
		this.#nodes = nodes;
	}

	/** False where what stands there is anything else, or unusual. */
	read(bytes: LineBytes, start: number, end: number): boolean {
		const op = bytes.view.getInt32(start);
		if (op === release) this.op = 'REL';
		else if (op === add) this.op = 'ADD';
		else if (op === remove) this.op = 'REM';
		else return false;
		const addressStart = start + opLength;
		const addressEnd = addressStart + addressLength;
		if (addressEnd + 1 >= end || bytes.bytes[addressEnd] !== blank) return false;
		const label =
			this.#labels.find(bytes.view, addressEnd + 1, end) ??
			this.#newLabel(bytes, addressEnd + 1, end);
		if (label === null) return false;
		const address =
			this.#addresses.find(bytes.view, addressStart, addressEnd) ??
			this.#newAddress(bytes, addressStart, addressEnd);
		if (address === null) return false;
		this.label = label;
		this.address = address;
		return true;
	}

	#newAddress(bytes: LineBytes, start: number, end: number): LogAddress | null {
		const text = bytes.textOf(start, end);
		if (!hexAddress.test(text)) return null;
		const address = this.#nodes.addressOf(text);
		this.#addresses.add(bytes.view, start, end, address);
		return address;
	}

	#newLabel(bytes: LineBytes, start: number, end: number): LogLabel | null {
		const text = bytes.textOf(start, end);
		// A second address, or blanks, stand in front of some.
		const read = !isPlain(text) || text.startsWith('0x') ? null : readLabel(text);
		if (read === null) return null;
		const label = this.#nodes.labelOf(read.name, read.size);
		this.#labels.add(bytes.view, start, end, label);
		return label;
	}
}
