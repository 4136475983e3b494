/** What a trace event says, whatever the format that carries it. */
export type TraceEvent =
	| {
			readonly kind: 'devres';

			/** Address of the device as printed. */
			readonly device: string;
			readonly op: 'ADD' | 'REL' | 'REM' | 'REPLACE';

			/** Address as printed, without 0x. */
			readonly node: string;

			/** What the log calls the node. */
			readonly name: string;

			/** Bytes. */
			readonly size: number;
	  }
	| {
			readonly kind: 'config';
			readonly access: 'read' | 'write';

			/** The probe stands at the function's return: the value read is known, and where it was read perhaps not. */
			readonly returned: boolean;

			/** Slot and function as one byte, slot in the upper five bits; null where not told. */
			readonly devfn: number | null;

			/** Bus number; null where not told. */
			readonly bus: number | null;

			/** Offset in config space; null where not told. */
			readonly offset: number | null;

			/** Bytes: 1, 2 or 4. */
			readonly width: number;

			/** Null where not told. */
			readonly value: number | null;

			/** The function returned an error, so nothing was read. */
			readonly failed: boolean;
	  }
	| {readonly kind: 'marker'; readonly text: string}
	| {readonly kind: 'stack'}
	| {readonly kind: 'other'}

	/** A known event whose text makes no sense. */
	| {readonly kind: 'malformed'};

const devresText =
	/^(\S+) +(ADD|REL|REM|REPLACE) +(?:0x)?([\da-f]{4,16}|\(\S*ptrval\S*\)|\(null\)) +(\S.*) \((\d{1,15}) bytes\)$/;
const eventName = /^([A-Za-z_][\w./-]*): /;
const field = /\b(\w+)=(-?(?:0x)?[\da-fA-F]+)\b/g;
const probeText = /^\([^()]{1,400}\)/;

/** How kernels without the name's text print it when it lives in a module. */
const unsafeName = /^\(0x[\da-f]+:(\S+)\)\[UNSAFE-MEMORY\]$/;
const markerPrefix = /^(?:tracing_mark_write|print|bprint|bputs): ?/;

/** Tracepoints without an underscore in their name. */
const plainNames = new Set(['kmalloc', 'kfree', 'rss', 'signal', 'console', 'rpm', 'softirq']);

function parseDevres(text: string): TraceEvent {
	const [whole, device = '', op, node = '', name = '', size] = devresText.exec(text.trim()) ?? [];
	if (whole === undefined) return {kind: 'malformed'};
	const plainName = unsafeName.exec(name)?.[1] ?? name;
	return {kind: 'devres', device, op: op as 'ADD', node, name: plainName, size: Number(size)};
}

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
	if (text.startsWith('<stack trace>')) return {kind: 'stack'};
	const marked = markerPrefix.exec(text);
	if (marked !== null) return {kind: 'marker', text: text.slice(marked[0].length)};
	const name = eventName.exec(text)?.[1];
	if (name === undefined) return {kind: 'marker', text};
	const rest = text.slice(name.length + 2);
	if (name === 'devres_log') return parseDevres(rest);
	const isProbe = probeText.test(rest);
	const access = isProbe ? parseAccess(name, rest) : null;
	if (access !== null) return access;
	return isProbe || name.includes('_') || plainNames.has(name)
		? {kind: 'other'}
		: {kind: 'marker', text};
}
