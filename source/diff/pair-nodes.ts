import type {RawRow} from './align-rows.ts';
import type {AlignedRow, ComparedRow, NodeNumbers} from './comparison.ts';
import type {DeviceRow} from './device-row.ts';

/** Which node of one recording is which of the other, by their numbers in them, as rows that belong together tell. */
export type NodePairs = {readonly a: Map<number, number>; readonly b: Map<number, number>};

/** Nothing is paired yet. */
export function noPairs(): NodePairs {
	return {a: new Map(), b: new Map()};
}

function free(from: Map<number, number>, back: Map<number, number>, node: number): void {
	const partner = from.get(node);
	if (partner !== undefined) back.delete(partner);
	from.delete(node);
}

/**
Pairs two nodes; false where each has another partner, so that these can't be one.

Among equal nodes that were added in a row it is not known which one is missing on one side: a node that has no partner
may take that of another.
*/
function meet({a, b}: NodePairs, inA: number, inB: number): boolean {
	if (a.get(inA) === inB) return true;
	if (a.has(inA) && b.has(inB)) return false;
	free(a, b, inA);
	free(b, a, inB);
	a.set(inA, inB);
	b.set(inB, inA);
	return true;
}

/** The rows in which nodes that can't be one are marked as changed; learns from them which nodes are one. */
export function pairNodes(rows: readonly RawRow[], pairs: NodePairs): RawRow[] {
	return rows.map((row) => {
		const {verdict, a, b} = row;
		if (a?.node == null || b?.node == null || verdict === 'unknown') return row;
		return meet(pairs, a.node, b.node) ? row : {...row, verdict: 'changed'};
	});
}

type Numbering = {
	readonly pairs: NodePairs;
	readonly a: Map<number, number>;
	readonly b: Map<number, number>;
	next: number;
};

function numberOf(numbering: Numbering, side: 'a' | 'b', node: number): number {
	const known = numbering[side].get(node);
	if (known !== undefined) return known;
	const number = numbering.next;
	numbering.next += 1;
	numbering[side].set(node, number);
	const partner = numbering.pairs[side].get(node);
	if (partner !== undefined) numbering[side === 'a' ? 'b' : 'a'].set(partner, number);
	return number;
}

function compared(row: DeviceRow | null, side: 'a' | 'b', numbering: Numbering) {
	if (row === null) return null;
	const {seq, kind, what, node} = row;
	const number = node === null ? null : numberOf(numbering, side, node);
	return {seq, kind, what, node: number} satisfies ComparedRow;
}

/** Gives nodes numbers in the order of the rows, the same to both of a pair. */
export function numberNodes(
	phases: readonly (readonly RawRow[])[],
	pairs: NodePairs,
): {readonly phases: readonly (readonly AlignedRow[])[]; readonly nodes: NodeNumbers} {
	const numbering: Numbering = {pairs, a: new Map(), b: new Map(), next: 1};
	const numbered = phases.map((rows) =>
		rows.map(({verdict, a, b}) => ({
			verdict,
			a: compared(a, 'a', numbering),
			b: compared(b, 'b', numbering),
		})),
	);
	return {phases: numbered, nodes: {a: numbering.a, b: numbering.b}};
}
