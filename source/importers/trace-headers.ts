import type {Lines} from '../recording/lines.ts';

/** Release of the kernel that a header names, as the latency format and perf print it; null in other lines. */
export function parseRelease(line: string): string | null {
	const found =
		/^# \S{1,40} latency trace v\S{1,20} on (\S{1,100})$/.exec(line) ??
		/^# os release : (\S{1,100})$/.exec(line);
	return found?.[1] ?? null;
}

/** What else stands in a trace and is no event: headers, and what tools print about buffers. */
const noEvent =
	/^(?:#.*|version = \d{1,4}|cpus=\d{1,5}|CPU \d{1,5} is empty|CPU:\d{1,5}|trace-cmd: .*|)$/;

/** Whether a line is none of the trace's events. */
export function isHeader(line: string): boolean {
	return noEvent.test(line.trim());
}

/** Why a text is a trace that can't be read as it is, and what to do. */
export type Refusal = {readonly message: string; readonly hint: string};

const rawEvent = /^\d{1,8} \d{1,4} \d{1,20} (?:type: \d|# [\da-f])/;
const hexEvent = /^[\da-f]{8} [\da-f]{2,8} [\da-f]{8,16}(?: |$)/;
const histogram = /^# event histogram|^\{ \w{1,60}: /;

/** Recognises what tracefs prints under options that leave the events out; null for other texts. */
export function refusalOf(sample: Lines): Refusal | null {
	if (sample.some((line) => histogram.test(line))) {
		return {
			message: 'this is a histogram of events, which tells no order',
			hint: 'save the file trace instead of hist',
		};
	}
	const option = sample.some((line) => rawEvent.test(line))
		? 'raw'
		: sample.some((line) => hexEvent.test(line))
			? 'hex'
			: null;
	if (option === null) return null;
	return {
		message: `the trace was printed with the option ${option}, which leaves out what the events say`,
		hint: `switch it off and save the trace again: echo no${option} > /sys/kernel/tracing/trace_options`,
	};
}
