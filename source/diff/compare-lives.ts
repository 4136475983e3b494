import {alignPhases} from './align-phases.ts';
import {alignRows, lonelyRows, type PhaseSide, type RawRow} from './align-rows.ts';
import type {Pair} from './align-texts.ts';
import {
	type AlignedPhase,
	addCounts,
	countRows,
	type DeviceComparison,
	type PhaseGap,
} from './comparison.ts';
import type {DeviceLife, LifePhase} from './life-phase.ts';
import {noPairs, numberNodes, pairNodes} from './pair-nodes.ts';
import type {ToldFacts} from './told-facts.ts';

/** A phase of both lives, or of one. */
type PhasePair = {
	readonly a: LifePhase | null;
	readonly b: LifePhase | null;
	readonly gap: PhaseGap | null;
	readonly rows: readonly RawRow[];
};

/** How the lives of one device are compared. */
export type LifeOptions = {
	/** What is compared. */
	readonly told: ToldFacts;

	/** Both recordings know all that happened: a phase that one lacks did not happen in it. */
	readonly areWhole: boolean;
};

function sideOf(life: DeviceLife, index: number): PhaseSide | null {
	const phase = life.phases[index];
	if (phase === undefined) return null;
	const isLast = index === life.phases.length - 1;
	const isFirst = index === 0;
	const open = {
		start: isFirst && life.startsInside,
		startOfRegisters: isFirst && life.startsAnywhere,
		end: isLast && life.endsInside,
	};
	return {phase, open};
}

/** Events were lost where the other recording has phases that are missing here. */
function lostBetween(life: DeviceLife, next: number): boolean {
	const before = life.phases[next - 1];
	return before?.lossAtEnd === true || life.phases[next]?.rows[0]?.afterLoss === true;
}

/** Why phases that a life lacks before its phase `next` are no difference; null where they are one. */
function gapOf(life: DeviceLife, next: number, areWhole: boolean): PhaseGap | null {
	if (lostBetween(life, next)) return 'lost';
	if (areWhole) return null;
	if (next === 0) return 'before';
	return next === life.phases.length ? 'after' : null;
}

function alonePhases(
	side: 'a' | 'b',
	phases: readonly LifePhase[],
	gap: PhaseGap | null,
	areWhole: boolean,
): PhasePair[] {
	return phases.map((phase) => {
		const rows = lonelyRows(phase, side, {isUnknown: gap !== null, areWhole});
		return side === 'a' ? {a: phase, b: null, gap, rows} : {a: null, b: phase, gap, rows};
	});
}

/** Phases that only one has, between two that both have. Where both have some, neither was away. */
function between(
	a: DeviceLife,
	b: DeviceLife,
	[x, y]: Pair,
	[nextX, nextY]: Pair,
	areWhole: boolean,
): PhasePair[] {
	const [onlyA, onlyB] = [a.phases.slice(x, nextX), b.phases.slice(y, nextY)];
	const isOneSided = onlyA.length === 0 || onlyB.length === 0;
	const gap = (life: DeviceLife, next: number): PhaseGap | null =>
		gapOf(life, next, areWhole || !isOneSided);
	return [
		...alonePhases('a', onlyA, gap(b, nextY), areWhole),
		...alonePhases('b', onlyB, gap(a, nextX), areWhole),
	];
}

function phasePairs(a: DeviceLife, b: DeviceLife, areWhole: boolean): PhasePair[] {
	const found: PhasePair[] = [];
	let x = 0;
	let y = 0;
	const pairs = alignPhases(a.phases, b.phases);
	for (const [nextX, nextY] of [...pairs, [a.phases.length, b.phases.length] as const]) {
		for (const phase of between(a, b, [x, y], [nextX, nextY], areWhole)) found.push(phase);
		const [first, second] = [sideOf(a, nextX), sideOf(b, nextY)];
		if (first !== null && second !== null) {
			const rows = alignRows(first, second, areWhole);
			found.push({a: first.phase, b: second.phase, gap: null, rows});
		}
		x = nextX + 1;
		y = nextY + 1;
	}
	return found;
}

function placeOf(phase: LifePhase | null) {
	if (phase === null) return null;
	const {kind, number, from, action} = phase;
	return {kind, number, from, action};
}

/** Compares the lives of one device, phase by phase and row by row. */
export function compareLives(
	a: DeviceLife,
	b: DeviceLife,
	{told, areWhole}: LifeOptions,
): Omit<DeviceComparison, 'a' | 'b'> {
	const nodePairs = noPairs();
	const found = phasePairs(a, b, areWhole).map((phase) => ({
		...phase,
		rows: pairNodes(phase.rows, nodePairs),
	}));
	const numbered = numberNodes(
		found.map(({rows}) => rows),
		nodePairs,
	);
	const phases = found.map((phase, index): AlignedPhase => {
		const rows = numbered.phases[index] ?? [];
		return {
			a: placeOf(phase.a),
			b: placeOf(phase.b),
			gap: phase.gap,
			rows,
			counts: countRows(rows),
		};
	});
	const counts = addCounts(phases.map((phase) => phase.counts));
	return {told, phases, counts, nodes: numbered.nodes};
}
