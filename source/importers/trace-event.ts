import {parseDevresLog} from './devres-text.ts';
import {printkOf} from './kernel-message.ts';
import type {LogEntry} from './log-entry.ts';

/** What a trace event says, whatever the format that carries it. */
export type TraceEvent =
	| Extract<LogEntry, {kind: 'devres' | 'config' | 'marker' | 'printk'}>

	/** A dumped stack follows in the next lines. */
	| {readonly kind: 'stack-begin'}

	/** Of no concern. */
	| {readonly kind: 'other'}

	/** A known event whose text makes no sense. */
	| {readonly kind: 'malformed'};

const eventName = /^([A-Za-z_][\w./-]*): /;
const field = /\b(\w+)=(-?(?:0x)?[\da-fA-F]+)\b/g;
const probeText = /^\([^()]{1,400}\)/;

const markerPrefix = /^(?:tracing_mark_write|print|bprint|bputs): ?/;

/** Tracepoints without an underscore in their name. */
const plainNames = new Set(['kmalloc', 'kfree', 'rss', 'signal', 'rpm', 'softirq']);

function widthOf(name: string): number {
	if (/dword|32/.test(name)) return 4;
	return /byte|u8|_8/.test(name) ? 1 : 2;
}

function numberOf(text: string | undefined): number | null {
	if (text === undefined) return null;
	const value = Number(text);
	return Number.isSafeInteger(value) ? value : null;
}

/** User probes have names of their users' choice: what counts is that they read or write somewhere. */
function parseAccess(name: string, text: string): TraceEvent | null {
	const access = /read/i.test(name) ? 'read' : /write/i.test(name) ? 'write' : null;
	if (access === null) return null;
	const fields = new Map(Array.from(text.matchAll(field), ([, key, value]) => [key, value]));
	const returned = text.includes(' <- ');
	const offset = numberOf(fields.get('where') ?? fields.get('offset') ?? fields.get('pos'));
	const value = numberOf(fields.get('value') ?? fields.get('val'));
	const devfn = numberOf(fields.get('devfn'));
	if (!returned && (offset === null || devfn === null)) return null;
	return {
		kind: 'config',
		access,
		returned,
		devfn,
		bus: numberOf(fields.get('bus')),
		offset,
		width: widthOf(name),
		value,
		failed: (numberOf(fields.get('ret')) ?? 0) !== 0,
	};
}

/** Reads an event as traces print it: `devres_log: …`, a user probe, or text that someone wrote into the trace. */
export function parseTraceEvent(text: string): TraceEvent {
	if (text.startsWith('<stack trace>')) return {kind: 'stack-begin'};
	const marked = markerPrefix.exec(text);
	if (marked !== null) return {kind: 'marker', text: text.slice(marked[0].length)};
	const name = eventName.exec(text)?.[1];
	if (name === undefined) return {kind: 'marker', text};
	const rest = text.slice(name.length + 2);
	if (name === 'devres_log') return parseDevresLog(rest) ?? {kind: 'malformed'};
	// TRACE_EVENT(console) of include/trace/events/printk.h: the text of a printk, without its level.
	if (name === 'console') return printkOf(rest, null);
	const isProbe = probeText.test(rest);
	const access = isProbe ? parseAccess(name, rest) : null;
	if (access !== null) return access;
	return isProbe || name.includes('_') || plainNames.has(name)
		? {kind: 'other'}
		: {kind: 'marker', text};
}
