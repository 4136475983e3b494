import {describeArguments, describeFrame} from '../recording/describe.ts';
import type {CallArguments, StackEvent} from '../recording/event.ts';
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

/** The call stack at a position, innermost first: of the given context, else of the one a person is in there. */
export function stackAt(
	recording: Recording,
	position: number,
	context = contextAt(recording, position),
): readonly StackRow[] {
	if (context === null) return [];
	return openCalls(recording, context, position).map((call) => rowOf(recording, call));
}

const dumpsByRecording = new WeakMap<Recording, ReadonlyMap<number, StackEvent>>();

function dumpOf(recording: Recording, seq: number): StackEvent | undefined {
	let dumps = dumpsByRecording.get(recording);
	if (dumps === undefined) {
		const stacks = recording.ofType('stack').map((at) => recording.at(at) as StackEvent);
		dumps = new Map(stacks.map((stack) => [stack.of ?? -1, stack]));
		dumpsByRecording.set(recording, dumps);
	}
	return dumps.get(seq);
}

/** Where an event happened, innermost first: the calls that were open, or the trace that the log dumped with it. */
export function stackOfEvent(recording: Recording, seq: number): readonly StackRow[] {
	const rows = stackAt(recording, seq, recording.at(seq).context);
	const dump = rows.length === 0 ? dumpOf(recording, seq) : undefined;
	return dump === undefined
		? rows
		: dump.frames
				.filter((frame) => !frame.unreliable)
				.map((frame) => ({
					fn: frame.fn,
					args: {},
					device: null,
					module: frame.module ?? null,
					inlined: false,
					call: null,
				}));
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
