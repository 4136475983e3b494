import {parseAnnouncement} from '../inference/marker-text.ts';
import {parseKernelFrame} from './kernel-frame.ts';

/** No kernel prints longer ones; with it patterns stay cheap. */
const longest = 4096;

const devres =
	/^(?:<\d{1,4}>)?[^\s:;,="{<[|]{1,80} [^:]{1,80}(?::[^:]{1,40}){0,4}: DEVRES (?:ADD|REL|REM|REPLACE) /;

/** The same without an owner, as it is exported from a trace: only its address makes sure. */
const ownerless =
	/^(?:<\d{1,4}>)?[^\s:;,="{<[|]{1,80}(?::[^\s:;,="{<[|]{1,40}){0,4}: DEVRES (?:ADD|REL|REM|REPLACE) [\da-f]{8,16} /;
const refusal = /^(?:<\d{1,4}>)?[^\s:;,="{<[|]{1,80} \S{1,80}: Resources present before probing$/;
const pci =
	/^(?:<\d{1,4}>)?[^\s:;,="{<[|]{1,80} [\da-f]{4,8}:[\da-f]{2}:[01][\da-f]\.[0-7](?: [^\s"]{1,40}){0,2}: /;
const moving = /^moving node (?:0x)?[\da-f]{8,16} /;
const banner =
	/^(?:Linux version \d|WARNING: CPU: \d|-{12}\[ cut here \]-|Call Trace:$| ?<\/?(?:TASK|IRQ)>$)/;

const announced = /^[\w-]{0,40} ?(?:begin|end) /;

/** Whether a line is surely the kernel's, though nothing stands before it that tells. */
export function isKernelText(line: string): boolean {
	if (line.length > longest) return false;
	return (
		pci.test(line) ||
		devres.test(line) ||
		ownerless.test(line) ||
		refusal.test(line) ||
		moving.test(line) ||
		banner.test(line) ||
		(line.includes('+0x') && parseKernelFrame(line) !== null) ||
		(announced.test(line) && parseAnnouncement(line) !== null)
	);
}
