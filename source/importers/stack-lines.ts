import type {DumpedFrame} from '../recording/event.ts';

/** Deeper stacks are no stacks. */
export const mostFrames = 256;

/** No kernel prints longer ones. */
const longestFrame = 400;

/** Name, offset, module, address in brackets of either kind, and the end of a comment. */
const arrowFrame =
	/^ *=> {1,8}([^\s<]\S{0,200}?)(?:\+(0x[\da-f]{1,16}\/0x[\da-f]{1,16}))?(?: \[([^\]\s]{1,64})(?: [\da-f]{8,64})?\])?(?: [(<](?:0x)?[\da-f]{1,16}[)>])?(?: \*\/)?$/;

const callchainFrame =
	/^ {1,40}[\da-f]{4,16} (\S{1,200}?)(?:\+(0x[\da-f]{1,16}))? \(\[?([^()\]]{1,200})\]?\)$/;

/** A frame as traces print it: `=> pcim_intx+0x3a/0x120 [ccp]`; null where the line is none. */
export function parseArrowFrame(line: string): DumpedFrame | null {
	if (line.length > longestFrame || !line.includes('=>')) return null;
	const [, fn, offset, module] = arrowFrame.exec(line) ?? [];
	if (fn === undefined) return null;
	return {
		fn,
		...(offset === undefined ? {} : {offset}),
		...(module === undefined ? {} : {module}),
	};
}

/** A frame of a process, in a stack that is of no concern: `=>  <00007f5a1c2f3b4d>`, `=> /bin/sh[+0x1a2b3]`. */
export function isUserFrame(line: string): boolean {
	return /^ *=> /.test(line);
}

/** A frame of a stack that stands below its event without a heading. */
export type CallchainFrame = {
	readonly frame: DumpedFrame;

	/** False for what a process calls. */
	readonly isKernel: boolean;
};

/** A frame as perf prints it: `ffffffffb1f573b9 release_nodes+0x39 ([kernel.kallsyms])`; null where the line is none. */
export function parseCallchainFrame(line: string): CallchainFrame | null {
	if (line.length > longestFrame) return null;
	const [, fn, offset, origin = ''] = callchainFrame.exec(line) ?? [];
	if (fn === undefined) return null;
	const isKernel = line.endsWith('])') || origin === 'vmlinux';
	const isModule = isKernel && !/^(?:kernel\.|guest\.kernel\.|vmlinux)/.test(origin);
	const frame = {
		fn,
		...(offset === undefined ? {} : {offset}),
		...(isModule ? {module: origin} : {}),
	};
	return {frame, isKernel: isKernel && origin !== 'unknown' && origin !== 'vdso'};
}
