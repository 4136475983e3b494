import {alignTexts, inEitherOrder, type Pair} from './align-texts.ts';
import {isOptional} from './device-row.ts';
import type {LifePhase, PhaseKind} from './life-phase.ts';

/** How well two phases fit: a refused probe is a probe too. */
const fit = {same: 8, kind: 6, attempt: 4} as const;

/** What a phase costs that one life lacks between others. At the ends it costs nothing: recordings begin and end anywhere. */
const gapCost = 2;

/** Pairs of phases that are all looked at; more are aligned coarsely. */
const mostPairs = 250_000;

/** A phase as it is compared with others. */
type Outline = {
	readonly kind: PhaseKind;

	/** Equal where the phases are, nearly always: a wrong guess only costs a better alignment. */
	readonly content: string;
};

function outlineOf({kind, rows}: LifePhase): Outline {
	let one = 17;
	let other = 31;
	for (const row of rows) {
		if (isOptional(row)) continue;
		const {what} = row;
		for (let index = 0; index < what.length; index += 1) {
			const code = what.charCodeAt(index);
			one = (Math.imul(one, 31) + code) | 0;
			other = (Math.imul(other, 37) ^ code) | 0;
		}
		one = Math.imul(one, 31) | 0;
		other = Math.imul(other ^ 127, 37) | 0;
	}
	return {kind, content: `${kind} ${one} ${other}`};
}

function isAttempt({kind}: Outline): boolean {
	return kind !== 'release';
}

function scoreOf(a: Outline, b: Outline): number {
	if (a.content === b.content) return fit.same;
	if (a.kind === b.kind) return fit.kind;
	return isAttempt(a) && isAttempt(b) ? fit.attempt : 0;
}

/** Scores by how many phases of each life lie behind. */
type Scores = {
	/** Of the best way from there on, if any phases are paired before. */
	rest(x: number, y: number): number;

	/** Of pairing the next two phases; 0 where they don't fit. */
	pair(x: number, y: number): number;

	/** Where the best way begins; of several the earliest. */
	readonly start: Pair;
};

function scoresOf(a: readonly Outline[], b: readonly Outline[]): Scores {
	const width = b.length + 1;
	const scores = new Int32Array((a.length + 1) * width);
	const rest = (x: number, y: number): number => scores[x * width + y] ?? 0;
	const pair = (x: number, y: number): number => {
		const [first, second] = [a[x], b[y]];
		const score = first === undefined || second === undefined ? 0 : scoreOf(first, second);
		return score === 0 ? 0 : score + rest(x + 1, y + 1);
	};
	let start: Pair = [a.length, b.length];
	let best = 0;
	for (let x = a.length - 1; x >= 0; x -= 1) {
		for (let y = b.length - 1; y >= 0; y -= 1) {
			const together = pair(x, y);
			const apart = Math.max(rest(x + 1, y), rest(x, y + 1)) - gapCost;
			scores[x * width + y] = Math.max(together, apart, 0);
			const isEarlier = together === best && x + y < start[0] + start[1];
			if (together > best || (together > 0 && isEarlier)) {
				best = together;
				start = [x, y];
			}
		}
	}
	return {rest, pair, start};
}

/** The alignment of the highest score; of several the one that pairs earliest. */
function bestPairs(a: readonly Outline[], b: readonly Outline[]): readonly Pair[] {
	const {rest, pair, start} = scoresOf(a, b);
	const pairs: Pair[] = [];
	let [x, y] = start;
	while (rest(x, y) > 0) {
		if (pair(x, y) === rest(x, y)) {
			pairs.push([x, y]);
			x += 1;
			y += 1;
		} else if (rest(x + 1, y) >= rest(x, y + 1)) x += 1;
		else y += 1;
	}
	return pairs;
}

function coarsePairs(a: readonly Outline[], b: readonly Outline[]): readonly Pair[] {
	return alignTexts(
		a.map(({kind}) => kind),
		b.map(({kind}) => kind),
	);
}

/** Between phases that are equal, those of a kind are paired. */
function pairsAroundEqual(a: readonly Outline[], b: readonly Outline[]): readonly Pair[] {
	const pairs: Pair[] = [];
	let x = 0;
	let y = 0;
	const contents = (outlines: readonly Outline[]) => outlines.map(({content}) => content);
	const equal = alignTexts(contents(a), contents(b));
	for (const [nextX, nextY] of [...equal, [a.length, b.length] as const]) {
		const between = pairsOf(a.slice(x, nextX), b.slice(y, nextY), coarsePairs);
		for (const [left, right] of between) pairs.push([x + left, y + right]);
		if (nextX < a.length) pairs.push([nextX, nextY]);
		x = nextX + 1;
		y = nextY + 1;
	}
	return pairs;
}

function pairsOf(
	a: readonly Outline[],
	b: readonly Outline[],
	otherwise: typeof coarsePairs,
): readonly Pair[] {
	return a.length * b.length <= mostPairs ? bestPairs(a, b) : otherwise(a, b);
}

/** Pairs the phases of two lives of one device, in the order of both. */
export function alignPhases(a: readonly LifePhase[], b: readonly LifePhase[]): readonly Pair[] {
	return inEitherOrder(
		a.map(outlineOf),
		b.map(outlineOf),
		({content}) => content,
		(first, second) => pairsOf(first, second, pairsAroundEqual),
	);
}
