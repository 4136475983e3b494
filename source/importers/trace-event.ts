import type {LogEntry} from '../inference/log-entry.ts';
import type {DumpedFrame} from '../recording/event.ts';
import {isProbeText, parseConfigProbe} from './config-probe.ts';
import {type OperationOf, parseDevresLog} from './devres-text.ts';
import {parseDevresFields, parseFrameBytes} from './trace-fields.ts';

/** What a trace event says, whatever the format that carries it. */
export type TraceEvent =
	| Extract<LogEntry, {kind: 'devres' | 'config' | 'marker'}>

	/** A line of the kernel log. */
	| {readonly kind: 'message'; readonly text: string}

	/** A dumped stack: its frames stand in the next lines, unless they are given. */
	| {
			readonly kind: 'stack-begin';

			/** Of a process: of no concern, and neither are the next lines. */
			readonly isUser: boolean;
			readonly frames: readonly DumpedFrame[] | null;
	  }

	/** A call that the function tracer tells. */
	| {readonly kind: 'call'}

	/** Of no concern. */
	| {readonly kind: 'other'}

	/** A known event whose text makes no sense. */
	| {readonly kind: 'malformed'};

const eventName = /^([A-Za-z_][\w./-]{0,99}): */;

/** The function tracer prints one line a call, with the caller where it is asked to. */
const tracedCall = /^\S{1,400}(?: \[[^\]\s]{1,64}\])?(?:\([^()]{0,400}\))? <--? ?\S/;

const userStack = /^<user stack/;
const kernelStack = /^<stack trace ?>/;

/** Events that carry text which somebody wrote into the trace. */
const markerNames = new Set(['tracing_mark_write', 'print', 'bprint', 'bputs']);

/** What some tools print in front of such text: who wrote it. */
const markerSource = /^(?:tracing_mark_write|(?:0x)?[\da-f]{8,16}): ?/;
const markerFields = /^ip=0x[\da-f]{1,16} (?:buf=)?/;

/** Stamp of a kernel message, which old kernels trace along with it. */
const messageStamp = /^(?:msg=)?(?:<\d{1,4}>)?(?:\[ {0,6}\d{1,10}\.\d{6}\] ?)?/;

/** Tracepoints without an underscore in their name. */
const plainNames = new Set(['kmalloc', 'kfree', 'rss', 'signal', 'rpm', 'softirq']);

/** No tracepoint has such a name: functions that write into the trace with trace_printk(). */
const printingFunction = /^(?:__)?(?:pcim?|devm|devres)_/;

function markerOf(text: string): TraceEvent {
	const source = markerSource.exec(text) ?? markerFields.exec(text);
	return {kind: 'marker', text: text.slice(source?.[0].length ?? 0)};
}

function namedEvent(
	name: string,
	rest: string,
	text: string,
	opOf: OperationOf | null,
): TraceEvent {
	if (markerNames.has(name)) return markerOf(rest);
	if (name === 'devres_log') {
		return parseDevresFields(rest, opOf) ?? {kind: 'malformed'};
	}
	// TRACE_EVENT(console) of include/trace/events/printk.h: the text of a printk, without its level.
	if (name === 'console') {
		return {kind: 'message', text: rest.slice(messageStamp.exec(rest)?.[0].length ?? 0)};
	}
	if (name === 'kernel_stack') {
		return {kind: 'stack-begin', isUser: false, frames: parseFrameBytes(rest)};
	}
	if (name === 'user_stack') return {kind: 'stack-begin', isUser: true, frames: null};
	if (name === 'function') return {kind: 'call'};
	const isProbe = isProbeText(rest);
	const access = isProbe ? parseConfigProbe(name, rest) : null;
	if (access !== null) return access;
	if (isProbe || plainNames.has(name)) return {kind: 'other'};
	const isPrinted = !name.includes('_') || printingFunction.test(name);
	return isPrinted ? {kind: 'marker', text} : {kind: 'other'};
}

/**
Reads an event as traces print it: `devres_log: …`, a user probe, or text that someone wrote into the trace.

`opOf` resolves what tools print instead of an operation; null where it is printed.
*/
export function parseTraceEvent(text: string, opOf: OperationOf | null = null): TraceEvent {
	if (text.startsWith('devres_log:')) {
		const read = parseDevresLog(text, 'devres_log:'.length, opOf);
		if (read !== null) return read;
	}
	if (text.startsWith('<')) {
		if (kernelStack.test(text)) return {kind: 'stack-begin', isUser: false, frames: null};
		if (userStack.test(text)) return {kind: 'stack-begin', isUser: true, frames: null};
	}
	const [start, name] = eventName.exec(text) ?? [];
	if (name !== undefined) return namedEvent(name, text.slice(start?.length), text, opOf);
	return tracedCall.test(text) ? {kind: 'call'} : {kind: 'marker', text};
}
