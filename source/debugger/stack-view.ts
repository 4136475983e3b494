import {describeArguments, describeFrame} from '../recording/describe.ts';
import type {DumpedFrame, StackEvent} from '../recording/event.ts';
import type {CallArguments} from '../recording/event-base.ts';
import type {Recording} from '../recording/recording.ts';
import {contextAt, openCalls} from './call-index.ts';

/** A frame of a call stack. */
export type StackRow = {
	/** The function's name, without offset. */
	readonly fn: string;

	/** Empty for a frame of a dumped trace and where they are not told. */
	readonly args: CallArguments;

	/** The event's device: an argument that only repeats it is shown by name alone. */
	readonly device: string | null;

	/** Null for the kernel's own code and where no event tells. */
	readonly module: string | null;

	/** Compilers inline it: no real trace shows this frame. */
	readonly inlined: boolean;

	/** `seq` of the call; null for a frame of a dumped trace. */
	readonly call: number | null;
};

function rowOf(recording: Recording, call: number): StackRow {
	const event = recording.at(call);
	if (event.type !== 'call') throw new Error(`event ${call} is no call`);
	return {
		fn: event.fn,
		args: event.args ?? {},
		device: event.device ?? null,
		module: event.module ?? null,
		inlined: event.inlined ?? false,
		call,
	};
}

function openRows(recording: Recording, position: number, context: string): readonly StackRow[] {
	return openCalls(recording, context, position).map((call) => rowOf(recording, call));
}

/**
The call stack at a position, innermost first: of the given context, else of the one a person is in there.

Where no call is known to be open it is the trace that the log dumped with what has just happened.
*/
export function stackAt(
	recording: Recording,
	position: number,
	context = contextAt(recording, position),
): readonly StackRow[] {
	if (context === null) return [];
	const rows = openRows(recording, position, context);
	if (rows.length > 0 || position === 0) return rows;
	const event = recording.at(position - 1);
	if (event.context !== context) return rows;
	return dumpedRows(recording, event.type === 'stack' ? (event.of ?? event.seq) : event.seq);
}

const dumpsByRecording = new WeakMap<Recording, ReadonlyMap<number, StackEvent>>();

function dumpOf(recording: Recording, seq: number): StackEvent | undefined {
	let dumps = dumpsByRecording.get(recording);
	if (dumps === undefined) {
		const stacks = recording.ofType('stack').map((at) => recording.at(at) as StackEvent);
		dumps = new Map(stacks.map((stack) => [stack.of ?? stack.seq, stack]));
		dumpsByRecording.set(recording, dumps);
	}
	return dumps.get(seq);
}

/** What a tracepoint puts on top of the stack that it dumps: no part of what is traced. */
function isTracing({fn}: DumpedFrame): boolean {
	return fn.startsWith('trace_event_raw_event_') || fn === 'devres_log';
}

/** The trace that was dumped with an event, or by a `stack` event that stands alone. */
function dumpedRows(recording: Recording, seq: number): readonly StackRow[] {
	const dump = dumpOf(recording, seq);
	if (dump === undefined) return [];
	const frames = dump.frames.filter((frame) => !frame.unreliable);
	const first = frames.findIndex((frame) => !isTracing(frame));
	return frames.slice(Math.max(0, first)).map(({fn, module = null}) => ({
		fn,
		args: {},
		device: null,
		module,
		inlined: false,
		call: null,
	}));
}

/** Where an event happened, innermost first: the calls that were open, or the trace that the log dumped with it. */
export function stackOfEvent(recording: Recording, seq: number): readonly StackRow[] {
	const rows = openRows(recording, seq, recording.at(seq).context);
	return rows.length === 0 ? dumpedRows(recording, seq) : rows;
}

/** `pcim_intx(pdev, enable=0)`. */
export function describeStackRow({fn, args, device}: StackRow): string {
	return `${fn}(${describeArguments(args, device ?? undefined)})`;
}

const shownInner = 3;

function nameOf({fn, module}: StackRow): string {
	return describeFrame({fn, ...(module !== null && {module})});
}

/** `pcim_intx ← pci_intx ← … ← sp_pci_probe [ccp]`: the innermost functions, and the driver's own that called them. */
export function describeCallers(rows: readonly StackRow[]): string {
	const shown = rows.slice(0, shownInner);
	const names = shown.map(nameOf);
	if (rows.length <= shownInner) return names.join(' ← ');
	const isOwn = ({module}: StackRow) => module !== null;
	const place = shown.some(isOwn) ? -1 : rows.findIndex(isOwn);
	const own = rows[place];
	if (place !== shownInner) names.push('…');
	if (own !== undefined) names.push(nameOf(own));
	return names.join(' ← ');
}
