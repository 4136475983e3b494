const longest = 64;

/** Changes of one letter, and swaps of neighbours, that turn one word into the other; stops counting above `most`. */
function distance(from: string, to: string, most: number): number {
	if (Math.abs(from.length - to.length) > most) return most + 1;
	let before: number[] = [];
	let row = Array.from({length: to.length + 1}, (_, column) => column);
	for (let i = 1; i <= from.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= to.length; j += 1) {
			const same = from[i - 1] === to[j - 1];
			let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
			least = Math.min(least, (row[j - 1] ?? 0) + (same ? 0 : 1));
			const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
			next.push(swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
		}
		before = row;
		row = next;
	}
	return row[to.length] ?? most + 1;
}

/** ` Did you mean "x"?` for the nearest known word, or nothing where none is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
	const most = Math.max(1, Math.floor(word.length / 3));
	let best: string | null = null;
	let least = most + 1;
	if (word.length > longest) return '';
	for (const candidate of known) {
		const found = distance(word, candidate, least - 1);
		if (found < least) {
			least = found;
			best = candidate;
		}
	}
	return best === null ? '' : ` Did you mean "${best}"?`;
}
