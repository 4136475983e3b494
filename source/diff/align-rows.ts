import {alignTexts, type Pair} from './align-texts.ts';
import type {Verdict} from './comparison.ts';
import {type DeviceRow, isOptional} from './device-row.ts';
import type {LifePhase} from './life-phase.ts';

/** Two rows that belong together, or one that is alone. */
export type RawRow = {
	/** How they compare. */
	readonly verdict: Verdict;

	/** Null where that recording has nothing here. */
	readonly a: DeviceRow | null;
	readonly b: DeviceRow | null;
};

/** Whether one side could have had rows that are missing at the beginning or end of a phase. */
type Edges = {
	readonly start: boolean;

	/** Only what was written to registers may be missing at the beginning. */
	readonly startOfRegisters: boolean;
	readonly end: boolean;
};

/** A phase and what is not known about its ends. */
export type PhaseSide = {readonly phase: LifePhase; readonly open: Edges};

/** A stretch of both phases between rows that are equal. */
type Hunk = {
	readonly a: readonly DeviceRow[];
	readonly b: readonly DeviceRow[];

	/** The side may have had more rows here than it has. */
	readonly unsure: {readonly a: boolean; readonly b: boolean};

	/** And before its first row here, or behind its last. */
	readonly openA: Edges;
	readonly openB: Edges;

	/** Both recordings know all that happened. */
	readonly areWhole: boolean;
};

function alone(row: DeviceRow, side: 'a' | 'b', isUnknown: boolean): RawRow {
	const verdict = isUnknown ? 'unknown' : (`only-${side}` as const);
	return side === 'a' ? {verdict, a: row, b: null} : {verdict, a: null, b: row};
}

/** Rows of one hunk: what changed in pairs, between them what is only in A, then what is only in B. */
function hunkRows({a, b, unsure, openA, openB, areWhole}: Hunk): RawRow[] {
	const like = (rows: readonly DeviceRow[]): string[] => rows.map((row) => row.like);
	const pairs = a.length === 0 || b.length === 0 ? [] : alignTexts(like(a), like(b));
	const rows: RawRow[] = [];
	let x = 0;
	let y = 0;
	for (const [nextX, nextY] of [...pairs, [a.length, b.length] as const]) {
		const isUnknown = (row: DeviceRow, side: 'a' | 'b'): boolean => {
			const other = side === 'a' ? openB : openA;
			if (!areWhole && isOptional(row)) return true;
			const [at, next, end] = side === 'a' ? [y, nextY, b.length] : [x, nextX, a.length];
			if (side === 'a' ? unsure.b : unsure.a) return true;
			const start = other.start || (other.startOfRegisters && row.kind === 'register');
			return (start && at === 0 && next === 0) || (other.end && at === end && next === end);
		};
		for (const row of a.slice(x, nextX)) rows.push(alone(row, 'a', isUnknown(row, 'a')));
		for (const row of b.slice(y, nextY)) rows.push(alone(row, 'b', isUnknown(row, 'b')));
		const [first, second] = [a[nextX], b[nextY]];
		if (first !== undefined && second !== undefined) {
			rows.push({verdict: 'changed', a: first, b: second});
		}
		x = nextX + 1;
		y = nextY + 1;
	}
	return rows;
}

/** Events were lost somewhere between the rows before a stretch and the row behind it. */
function hasLoss({rows, lossAtEnd}: LifePhase, from: number, to: number): boolean {
	for (let index = from; index <= to && index < rows.length; index += 1) {
		if (rows[index]?.afterLoss) return true;
	}
	return to >= rows.length && lossAtEnd;
}

function isLeading(row: DeviceRow | undefined): boolean {
	return row?.kind === 'node' || row?.kind === 'log';
}

/** Pairs equal rows: operations on nodes and the log first, since nothing else is told as exactly. */
function equalRows(a: readonly DeviceRow[], b: readonly DeviceRow[]): readonly Pair[] {
	const leading = (rows: readonly DeviceRow[]): number[] =>
		Array.from(rows.keys()).filter((index) => isLeading(rows[index]));
	const [leadA, leadB] = [leading(a), leading(b)];
	const textsOf = (rows: readonly DeviceRow[], indexes: readonly number[]): string[] =>
		indexes.map((index) => rows[index]?.what ?? '');
	const anchors = alignTexts(textsOf(a, leadA), textsOf(b, leadB)).map(
		([x, y]): Pair => [leadA[x] ?? 0, leadB[y] ?? 0],
	);
	const pairs: Pair[] = [];
	let x = 0;
	let y = 0;
	for (const [nextX, nextY] of [...anchors, [a.length, b.length] as const]) {
		if (nextX > x && nextY > y) {
			const texts = (rows: readonly DeviceRow[]): string[] => rows.map((row) => row.what);
			for (const pair of alignTexts(texts(a.slice(x, nextX)), texts(b.slice(y, nextY)))) {
				pairs.push([x + pair[0], y + pair[1]]);
			}
		}
		if (nextX < a.length && nextY < b.length) pairs.push([nextX, nextY]);
		x = nextX + 1;
		y = nextY + 1;
	}
	return pairs;
}

/** The rows of one phase in both recordings, aligned. */
export function alignRows(sideA: PhaseSide, sideB: PhaseSide, areWhole: boolean): RawRow[] {
	const [a, b] = [sideA.phase, sideB.phase];
	const rows: RawRow[] = [];
	let x = 0;
	let y = 0;
	const equal = equalRows(a.rows, b.rows);
	for (const [nextX, nextY] of [...equal, [a.rows.length, b.rows.length] as const]) {
		if (nextX > x || nextY > y) {
			const edges = ({phase, open}: PhaseSide, from: number, to: number): Edges => ({
				start: open.start && from === 0,
				startOfRegisters: open.startOfRegisters && from === 0,
				end: open.end && to === phase.rows.length,
			});
			const hunk = hunkRows({
				a: a.rows.slice(x, nextX),
				b: b.rows.slice(y, nextY),
				unsure: {a: hasLoss(a, x, nextX), b: hasLoss(b, y, nextY)},
				openA: edges(sideA, x, nextX),
				openB: edges(sideB, y, nextY),
				areWhole,
			});
			for (const row of hunk) rows.push(row);
		}
		const [first, second] = [a.rows[nextX], b.rows[nextY]];
		if (first !== undefined && second !== undefined) {
			rows.push({verdict: 'equal', a: first, b: second});
		}
		x = nextX + 1;
		y = nextY + 1;
	}
	return rows;
}

/** The rows of a phase that one recording lacks; `isUnknown` where it had not begun, was over, or lost events. */
export function lonelyRows(
	{rows}: LifePhase,
	side: 'a' | 'b',
	{isUnknown, areWhole}: {readonly isUnknown: boolean; readonly areWhole: boolean},
): RawRow[] {
	const isOpen = isUnknown || (!areWhole && rows.every(isOptional));
	return rows.map((row) => alone(row, side, isOpen));
}
