import type {DevresEntry} from '../inference/log-entry.ts';

/** `REL`, or the bare address of that text, which stands for it in some tools' output. */
type Operation = DevresEntry['op'];

/** Resolves what stands where an operation should; undefined where it is none. */
export type OperationOf = (word: string) => Operation | undefined;

const nodeAddress = /^(?:[\da-f]{4,16}|\([\w*]{0,20}ptrval[\w*]{0,20}\)|\(null\))$/;
const rawAddress = /^0x[\da-f]{4,16}$/;

/** How kernels without the name's text print it when it lives in a module. */
const unsafeName = /^\(0x[\da-f]{1,16}:([^)]{1,200})\)\[UNSAFE-MEMORY\]$/;

const label = /^(\S.{0,400}) \((\d{1,15}) bytes\)$/;

/** An operation or what stands for it, and the node's address. */
const behindDevice = / {1,64}(?:ADD|REL|REM|REPLACE|(?:0x)?[\da-f]{8,16}) {1,64}(?:0x)?[\da-f(]/;

/** No device has a longer name. */
const longestName = 200;

/** End of the word at `start`. */
function wordEnd(text: string, start: number): number {
	const end = text.indexOf(' ', start);
	return end === -1 ? text.length : end;
}

function skipBlanks(text: string, start: number): number {
	let index = start;
	while (text.charCodeAt(index) === 0x20) index += 1;
	return index;
}

/** What a log says of one node. */
type DevresOperation = Pick<DevresEntry, 'op' | 'node' | 'name' | 'size'>;

/** Name and size of `pcim_intx_restore (4 bytes)`; null where the text is not like that. */
export function readLabel(text: string): {readonly name: string; readonly size: number} | null {
	const [, name, size] = label.exec(text) ?? [];
	return name === undefined ? null : {name: plainName(name), size: Number(size)};
}

const plain = /^[ -[\]-~]*$/;

/** Whether a text has only letters that mean themselves: nothing to be cleaned, and no escapes. */
export function isPlain(text: string): boolean {
	return plain.test(text);
}

function isHexAddress(text: string): boolean {
	const {length} = text;
	if (length < 4 || length > 16) return false;
	for (let index = 0; index < length; index += 1) {
		const code = text.charCodeAt(index);
		const isHex = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
		if (!isHex) return false;
	}
	return true;
}

/** A node's address without 0x; null for what is no address. */
function addressOf(word: string): string | null {
	if (isHexAddress(word) || nodeAddress.test(word)) return word;
	return rawAddress.test(word) ? word.slice(2) : null;
}

/**
Reads ` REL 00000000fbd19618 pcim_intx_restore (4 bytes)` from `start` on, as drivers/base/devres.c and trace.h print it.

A second, raw address behind the first, as an instrumented kernel prints it, is passed over. `opOf` resolves words that
are no operation. Null where the text is nothing of the kind. Written without a pattern: logs have millions of these.
*/
export function parseOperation(
	text: string,
	start: number,
	opOf: OperationOf | null = null,
): DevresOperation | null {
	const opStart = skipBlanks(text, start);
	const opEnd = wordEnd(text, opStart);
	const op = opAt(text, opStart, opEnd) ?? opOf?.(text.slice(opStart, opEnd));
	if (op === undefined) return null;
	const nodeStart = skipBlanks(text, opEnd);
	const nodeEnd = wordEnd(text, nodeStart);
	const node = addressOf(text.slice(nodeStart, nodeEnd));
	if (node === null) return null;
	let labelStart = skipBlanks(text, nodeEnd);
	if (text.startsWith('0x', labelStart)) {
		const rawEnd = wordEnd(text, labelStart);
		if (rawAddress.test(text.slice(labelStart, rawEnd))) labelStart = skipBlanks(text, rawEnd);
	}
	const found = readLabel(text.slice(labelStart));
	return found === null ? null : {op, node, name: found.name, size: found.size};
}

/** The operation between two places of a text. */
function opAt(text: string, start: number, end: number): Operation | undefined {
	if (end - start === 3) {
		if (text.startsWith('ADD', start)) return 'ADD';
		if (text.startsWith('REL', start)) return 'REL';
		if (text.startsWith('REM', start)) return 'REM';
		return undefined;
	}
	return text.startsWith('REPLACE ', start) ? 'REPLACE' : undefined;
}

/** The name of a node without what some kernels print around it. */
function plainName(name: string): string {
	return name.startsWith('(') ? (unsafeName.exec(name)?.[1] ?? name) : name;
}

/** Reads `0000:23:00.1 REL 00000000fbd19618 pcim_intx_restore (4 bytes)`, the text of a `devres_log` trace event. */
export function parseDevresLog(
	text: string,
	start = 0,
	opOf: OperationOf | null = null,
): DevresEntry | null {
	const deviceStart = skipBlanks(text, start);
	let deviceEnd = wordEnd(text, deviceStart);
	let read = parseOperation(text, deviceEnd, opOf);
	if (read === null) {
		// Names such as `Fixed MDIO bus.0` have blanks.
		deviceEnd = text.slice(0, longestName).search(behindDevice);
		read = deviceEnd <= deviceStart ? null : parseOperation(text, deviceEnd, opOf);
	}
	if (read === null || deviceEnd === deviceStart) return null;
	return {kind: 'devres', device: text.slice(deviceStart, deviceEnd), ...read, owner: null};
}
