import {type Comparison, isDifferent, type RowPlace, type Side} from '../diff/comparison.ts';

/** A line of the list of aligned rows: a heading, or a row by its ordinal among all. */
export type DiffLine =
	| {readonly kind: 'device'; readonly device: number}
	| {readonly kind: 'phase'; readonly device: number; readonly phase: number}
	| {readonly kind: 'row'; readonly place: RowPlace; readonly ordinal: number};

/** Where one phase stands in the list. */
type PhaseLines = {
	readonly device: number;
	readonly phase: number;

	/** Its first line, a heading. */
	readonly line: number;

	/** Headings: one, or two where a device begins. */
	readonly headings: number;

	/** Ordinal of its first row. */
	readonly row: number;
};

/** All aligned rows of a comparison one after the other, by ordinal from 0; made once. */
export type DiffIndex = {
	/** Number of rows. */
	readonly rows: number;

	/** Number of lines: rows and headings. */
	readonly lines: number;

	/** In order. */
	readonly phases: readonly PhaseLines[];

	/** Ordinals of the first rows of phases that have rows, ascending. */
	readonly starts: readonly number[];

	/** Ordinals of rows that are different, ascending. */
	readonly differences: readonly number[];

	/** By ordinal: how many events each recording has behind it when the row has happened. */
	readonly positions: {readonly [side in Side]: Int32Array};
};

function buildIndex({devices}: Comparison): DiffIndex {
	const phases: PhaseLines[] = [];
	const starts: number[] = [];
	const differences: number[] = [];
	let lines = 0;
	let rows = 0;
	for (const [device, {phases: all}] of devices.entries()) {
		for (const [phase, {rows: own}] of all.entries()) {
			const headings = phase === 0 && devices.length > 1 ? 2 : 1;
			phases.push({device, phase, line: lines, headings, row: rows});
			if (own.length > 0) starts.push(rows);
			for (const [index, row] of own.entries()) {
				if (isDifferent(row)) differences.push(rows + index);
			}
			lines += headings + own.length;
			rows += own.length;
		}
	}
	const positions = {a: new Int32Array(rows), b: new Int32Array(rows)};
	let ordinal = 0;
	for (const device of devices) {
		let [a, b] = [0, 0];
		for (const phase of device.phases) {
			// A side whose phase has begun is at its beginning, whatever the other has first.
			a = Math.max(a, phase.a?.from ?? 0);
			b = Math.max(b, phase.b?.from ?? 0);
			for (const row of phase.rows) {
				if (row.a !== null) a = row.a.seq + 1;
				if (row.b !== null) b = row.b.seq + 1;
				positions.a[ordinal] = a;
				positions.b[ordinal] = b;
				ordinal += 1;
			}
		}
	}
	return {rows, lines, phases, starts, differences, positions};
}

const indexes = new WeakMap<Comparison, DiffIndex>();

/** The index of a comparison. */
export function diffIndexOf(comparison: Comparison): DiffIndex {
	const known = indexes.get(comparison);
	if (known !== undefined) return known;
	const index = buildIndex(comparison);
	indexes.set(comparison, index);
	return index;
}

/** The last phase of which a number is not behind the wanted one. */
function phaseBefore(
	phases: readonly PhaseLines[],
	wanted: number,
	of: 'line' | 'row',
): PhaseLines | undefined {
	let low = 0;
	let high = phases.length;
	while (low < high) {
		const half = (low + high) >> 1;
		if ((phases[half]?.[of] ?? 0) <= wanted) low = half + 1;
		else high = half;
	}
	return phases[low - 1];
}

/** A line of the list; null outside it. */
export function lineAt({phases, lines}: DiffIndex, index: number): DiffLine | null {
	const found = phaseBefore(phases, index, 'line');
	if (found === undefined || index >= lines) return null;
	const {device, phase, line, headings, row} = found;
	const below = index - line;
	if (below === headings - 1) return {kind: 'phase', device, phase};
	if (below < headings) return {kind: 'device', device};
	const within = below - headings;
	return {kind: 'row', place: {device, phase, row: within}, ordinal: row + within};
}

/** Where a row is in the comparison; null where there is none of that ordinal. */
export function placeOf({phases, rows}: DiffIndex, ordinal: number): RowPlace | null {
	// Phases without rows have the ordinal of the next: the last of them has the row.
	const found = ordinal < rows ? phaseBefore(phases, ordinal, 'row') : undefined;
	if (found === undefined) return null;
	return {device: found.device, phase: found.phase, row: ordinal - found.row};
}

/** The line of a row. */
export function lineOf({phases}: DiffIndex, ordinal: number): number {
	const found = phaseBefore(phases, ordinal, 'row');
	return found === undefined ? 0 : found.line + found.headings + ordinal - found.row;
}

/** Ordinal of a row by its place. */
export function ordinalOf({phases}: DiffIndex, place: RowPlace): number {
	const found = phases.find(({device, phase}) => device === place.device && phase === place.phase);
	return found === undefined ? 0 : found.row + place.row;
}
