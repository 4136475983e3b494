import type {DevresEntry} from '../inference/log-entry.ts';
import type {DumpedFrame} from '../recording/event.ts';
import {type OperationOf, parseDevresLog} from './devres-text.ts';

/** The fields of `devres_log` one by one, in whichever order a tool prints them. */
const devresFields = {
	device: /\bdevname=(\S{1,200}(?: \S{1,100}){0,4}?)(?= \w{1,20}=|$)/,
	op: /\bop=(\S{1,40})/,
	node: /\bnode=(\S{1,40})/,
	name: /\bname=(\S{1,200}(?: \S{1,100}){0,4}?)(?= \w{1,20}=|$)/,
	size: /\bsize=(0x[\da-f]{1,16}|\d{1,15})/,
} as const;

/** No tool prints longer ones. */
const longestText = 1000;

/** A stack as the bytes of its addresses, as far as a tool prints them. */
const frameBytes = /\bcaller=ARRAY\[([\da-f, ]{2,4000})\]/;
const addressLength = 8;

/** Reads `devname=0000:00:1f.2 dev=0x0 op=ffffffffb2adfd62 node=0xffff8a7685ef44c0 name=… size=16`; null where a field lacks. */
export function parseDevresFields(text: string, opOf: OperationOf | null): DevresEntry | null {
	if (text.length > longestText) return null;
	const fieldOf = (key: keyof typeof devresFields) => devresFields[key].exec(text)?.[1];
	const [device, op, node, name, size] = [
		fieldOf('device'),
		fieldOf('op'),
		fieldOf('node'),
		fieldOf('name'),
		Number(fieldOf('size')),
	];
	if (device === undefined || op === undefined || node === undefined) return null;
	if (name === undefined || !Number.isSafeInteger(size)) return null;
	const read = parseDevresLog(`device ${op} ${node} ${name} (${size} bytes)`, 0, opOf);
	return read === null ? null : {...read, device};
}

/** Reads `size=11 caller=ARRAY[67, 69, f8, b1, ff, ff, ff, ff, …]`, lowest byte first; null where no bytes stand there. */
export function parseFrameBytes(text: string): readonly DumpedFrame[] | null {
	const bytes = frameBytes.exec(text)?.[1]?.split(/[, ]+/);
	if (bytes === undefined) return null;
	const frames: DumpedFrame[] = [];
	for (let start = 0; start + addressLength <= bytes.length; start += addressLength) {
		const digits = bytes.slice(start, start + addressLength).reverse();
		frames.push({fn: `0x${digits.map((byte) => byte.padStart(2, '0')).join('')}`});
	}
	return frames;
}
