/** Indexes of two elements that belong together: in the first list, in the second. */
export type Pair = readonly [number, number];

/** Differences within which the best way on is looked for before it is taken. */
const mostDifferences = 128;

/** Two lists whose elements are equal where the texts are. */
type Numbered = {readonly a: Int32Array; readonly b: Int32Array};

function numbered(a: readonly string[], b: readonly string[]): Numbered {
	const numbers = new Map<string, number>();
	const numberOf = (text: string): number => {
		const known = numbers.get(text);
		if (known !== undefined) return known;
		numbers.set(text, numbers.size);
		return numbers.size - 1;
	};
	return {a: Int32Array.from(a, numberOf), b: Int32Array.from(b, numberOf)};
}

/** Walks back from a point over the furthest points of each round: the pairs, from the first to the last. */
function walkBack(rounds: readonly Int32Array[], end: Pair): Pair[] {
	const pairs: Pair[] = [];
	let [x, y] = end;
	const pairDownTo = (fromX: number, fromY: number): void => {
		while (x > fromX && y > fromY) {
			x -= 1;
			y -= 1;
			pairs.push([x, y]);
		}
	};
	for (let d = rounds.length; d > 0; d -= 1) {
		const before = rounds[d - 1] ?? new Int32Array(0);
		const at = (diagonal: number): number => before[diagonal + d] ?? -1;
		const k = x - y;
		const isDown = k === -d || (k !== d && at(k - 1) < at(k + 1));
		const fromX = isDown ? at(k + 1) : at(k - 1);
		const fromY = fromX - (isDown ? k + 1 : k - 1);
		pairDownTo(fromX, fromY);
		x = fromX;
		y = fromY;
	}
	pairDownTo(0, 0);
	return pairs.reverse();
}

/** A way through the beginning of two lists. */
type Way = {readonly pairs: readonly Pair[]; readonly end: Pair};

/**
The way with the fewest differences (Myers, 1986) to the end of both lists.

Where that has too many, it is the way on which most is behind after so many: the rest is looked at from there.
*/
function bestWay({a, b}: Numbered): Way {
	const [n, m] = [a.length, b.length];
	const most = Math.min(n + m, mostDifferences);
	const furthest = new Int32Array(2 * most + 3);
	const middle = most + 1;
	const rounds: Int32Array[] = [];
	for (let d = 0; ; d += 1) {
		let end: Pair = [0, 0];
		for (let k = -d; k <= d; k += 2) {
			const above = furthest[middle + k + 1] ?? 0;
			const left = furthest[middle + k - 1] ?? 0;
			let x = 0;
			if (d > 0) x = k === -d || (k !== d && left < above) ? above : left + 1;
			let y = x - k;
			while (x < n && y < m && a[x] === b[y]) {
				x += 1;
				y += 1;
			}
			furthest[middle + k] = x;
			if (x <= n && y <= m && x + y > end[0] + end[1]) end = [x, y];
		}
		const [x, y] = end;
		if ((x === n && y === m) || d === most) return {pairs: walkBack(rounds, end), end};
		rounds.push(furthest.slice(middle - d - 1, middle + d + 2));
	}
}

function pairsOf(lists: Numbered): Pair[] {
	const pairs: Pair[] = [];
	let [x, y] = [0, 0];
	while (x < lists.a.length && y < lists.b.length) {
		const way = bestWay({a: lists.a.subarray(x), b: lists.b.subarray(y)});
		for (const [left, right] of way.pairs) pairs.push([x + left, y + right]);
		x += way.end[0];
		y += way.end[1];
	}
	return pairs;
}

function isBehind<T>(a: readonly T[], b: readonly T[], textOf: (element: T) => string): boolean {
	if (a.length !== b.length) return a.length > b.length;
	for (const [index, element] of a.entries()) {
		const other = b[index];
		const [text, otherText] = [textOf(element), other === undefined ? '' : textOf(other)];
		if (text !== otherText) return text > otherText;
	}
	return false;
}

/** Aligns two lists in one order of the two, so that swapping them swaps the pairs and changes nothing else. */
export function inEitherOrder<T>(
	a: readonly T[],
	b: readonly T[],
	textOf: (element: T) => string,
	align: (a: readonly T[], b: readonly T[]) => readonly Pair[],
): readonly Pair[] {
	if (!isBehind(a, b, textOf)) return align(a, b);
	return align(b, a).map(([x, y]) => [y, x]);
}

/**
Pairs equal texts of two lists, in the order of both and as many as can be found.

The work grows with the lists' length, not with its square: where there are hundreds of differences, the best way is
looked for in parts.
*/
export function alignTexts(a: readonly string[], b: readonly string[]): readonly Pair[] {
	const pairs: Pair[] = [];
	const shorter = Math.min(a.length, b.length);
	let start = 0;
	while (start < shorter && a[start] === b[start]) {
		pairs.push([start, start]);
		start += 1;
	}
	let end = 0;
	while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
	if (start + end < shorter) {
		const between = (list: readonly string[]) => list.slice(start, list.length - end);
		const found = inEitherOrder(
			between(a),
			between(b),
			(text) => text,
			(first, second) => pairsOf(numbered(first, second)),
		);
		for (const [x, y] of found) pairs.push([start + x, start + y]);
	}
	for (let left = end; left > 0; left -= 1) pairs.push([a.length - left, b.length - left]);
	return pairs;
}
