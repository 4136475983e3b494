import type {DumpedFrame} from '../recording/event.ts';

/** No kernel prints longer ones; with it patterns stay cheap. */
const longestFrame = 400;

const module = '([\\w-]{1,64})(?:\\([A-Z+-]{1,12}\\))?(?: [\\da-f]{8,64})?';
const symbol = '([\\w.$]{1,200})';
const start = `^ {0,8}(?:\\[<[\\da-f]{8,16}>\\] )?(\\? )?${symbol}`;
const plain = new RegExp(`${start}\\+(0x[\\da-f]{1,16}/0x[\\da-f]{1,16})(?: \\[${module}\\])?$`);

/** As scripts/decode_stacktrace.sh prints it: places in the source instead of offsets, inlined callers behind each other. */
const decoded = new RegExp(
	`${start} \\((?:[^\\s:()]{1,160}:(?:\\d{1,8}|\\?)(?: \\(discriminator \\d{1,6}\\))? ?){1,16}\\) ?(?:\\[?${module}\\]?)?$`,
);

const bare = new RegExp(`^ (\\? )?${symbol}(?: \\[${module}\\])?$`);

function frameOf(found: RegExpExecArray | null, isDecoded: boolean): DumpedFrame | null {
	const [, unreliable, fn] = found ?? [];
	if (found === null || fn === undefined) return null;
	const offset = isDecoded ? undefined : found[3];
	const name = found[isDecoded ? 3 : 4];
	return {
		fn,
		...(offset === undefined ? {} : {offset}),
		...(name === undefined ? {} : {module: name}),
		...(unreliable === undefined ? {} : {unreliable: true as const}),
	};
}

/** A frame of a call trace as the kernel prints it: ` ? pci_intx+0x8b/0xa0 [ccp]`; null where the text is none. */
export function parseKernelFrame(text: string): DumpedFrame | null {
	if (text.length > longestFrame || !text.includes('+0x')) return null;
	return frameOf(plain.exec(text), false);
}

/** A frame without its offset, as dmesg reports of simulations have it: surely one only between the marks of a stack. */
export function parseBareFrame(text: string): DumpedFrame | null {
	const [, unreliable, fn, name] = bare.exec(text) ?? [];
	if (fn === undefined) return null;
	return {
		fn,
		...(name === undefined ? {} : {module: name}),
		...(unreliable === undefined ? {} : {unreliable: true as const}),
	};
}

/** A frame whose offset was replaced by places in the source: ` release_nodes (drivers/base/devres.c:506)`. */
export function parseDecodedFrame(text: string): DumpedFrame | null {
	if (text.length > longestFrame || !text.includes(' (')) return null;
	return frameOf(decoded.exec(text), true);
}
