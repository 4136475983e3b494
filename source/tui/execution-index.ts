import type {EventType} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';

/** Which events share a row of the execution tree. Every event belongs to exactly one row. */
export type ExecutionIndex = {
	/** Rows. */
	readonly length: number;

	/** The first event of a row; of the row behind the last: the recording's length. */
	firstOf(row: number): number;

	/** The row of an event. */
	rowOf(seq: number): number;
};

const indexes = new WeakMap<Recording, ExecutionIndex>();

/** Facts that a call can carry in its own row when nothing else happens in it. */
function isSmallFact(type: EventType): boolean {
	switch (type) {
		case 'devres-alloc':
		case 'devres-free':
		case 'devres-add':
		case 'devres-release':
		case 'devres-remove':
		case 'devres-unlink':
		case 'devres-data':
		case 'alloc':
		case 'config-read':
		case 'config-write':
		case 'enable-count':
		case 'device-data':
			return true;
		default:
			return false;
	}
}

function sameContext(recording: Recording, a: number, b: number): boolean {
	return recording.contextAt(a) === recording.contextAt(b);
}

/** Behind a run of moves by one release pass, or `from` if none starts there. */
function behindMoves(recording: Recording, from: number): number {
	if (recording.typeAt(from) !== 'devres-move') return from;
	const device = recording.deviceAt(from);
	let end = from + 1;
	while (end < recording.length) {
		if (recording.typeAt(end) !== 'devres-move' || recording.deviceAt(end) !== device) break;
		if (!sameContext(recording, end, from)) break;
		end += 1;
	}
	return end;
}

/** Returns share a row, as many as fit into most. */
const returnsInRow = 2;

function behindReturns(recording: Recording, from: number): number {
	const limit = Math.min(recording.length, from + returnsInRow);
	let end = from + 1;
	while (end < limit) {
		if (recording.typeAt(end) !== 'return' || !sameContext(recording, end, from)) break;
		end += 1;
	}
	return end;
}

/** A call that does at most one thing shares its row with that and with its return. */
function behindCall(recording: Recording, from: number): number {
	const call = recording.at(from);
	let end = from + 1;
	if (end >= recording.length) return end;
	if (!sameContext(recording, end, from)) return end;
	const inner = recording.typeAt(end);
	if (inner === 'devres-move') end = behindMoves(recording, end);
	else if (isSmallFact(inner)) end += 1;
	const closing = end < recording.length ? recording.at(end) : null;
	const closes =
		closing?.type === 'return' &&
		sameContext(recording, end, from) &&
		(closing.fn === undefined || call.type !== 'call' || closing.fn === call.fn);
	return closes ? end + 1 : from + 1;
}

function rowEnd(recording: Recording, from: number): number {
	let end: number;
	switch (recording.typeAt(from)) {
		case 'call':
			end = behindCall(recording, from);
			break;
		case 'return':
			end = behindReturns(recording, from);
			break;
		case 'devres-move':
			end = behindMoves(recording, from);
			break;
		default:
			end = from + 1;
	}
	while (end < recording.length) {
		const event = recording.typeAt(end) === 'stack' ? recording.at(end) : null;
		if (event?.type !== 'stack' || event.of === undefined || event.of < from) break;
		end += 1;
	}
	return end;
}

function build(recording: Recording): ExecutionIndex {
	const firsts = new Int32Array(recording.length + 1);
	let rows = 0;
	for (let seq = 0; seq < recording.length; seq = rowEnd(recording, seq)) {
		firsts[rows] = seq;
		rows += 1;
	}
	firsts[rows] = recording.length;
	const starts = firsts.slice(0, rows + 1);
	return {
		length: rows,
		firstOf: (row) => starts[Math.max(0, Math.min(row, rows))] ?? 0,
		rowOf: (seq) => lastAtOrBelow(starts, rows, seq),
	};
}

function lastAtOrBelow(starts: Int32Array, rows: number, seq: number): number {
	let low = 0;
	let high = Math.max(0, rows - 1);
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((starts[middle] ?? 0) <= seq) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** The rows of a recording: built when first asked for, in one pass over it. */
export function executionIndexOf(recording: Recording): ExecutionIndex {
	let index = indexes.get(recording);
	if (index === undefined) {
		index = build(recording);
		indexes.set(recording, index);
	}
	return index;
}
