import type {DumpedFrame} from '../recording/event.ts';

/** Deeper stacks are no stacks. */
export const mostFrames = 256;

/** No kernel prints longer ones. */
const longestFrame = 400;

const arrowFrame =
	/^ *=> {1,8}(\S{1,200}?)(?:\+(0x[\da-f]{1,16}\/0x[\da-f]{1,16}))?(?: \[([^\]\s]{1,64})\])?(?: \(([\da-f]{1,16})\))?(?: \*\/)?$/;

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
