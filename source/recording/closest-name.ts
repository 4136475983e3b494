/** Edits that turn one word into another: insert, delete, replace, swap of neighbours. */
function distance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({length: b.length + 1}, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			const best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced);
			const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1;
			row.push(isSwap ? Math.min(best, (beforeLast[j - 2] ?? 0) + 1) : best);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

/** Longer words are no slips of ours, and comparing them costs. */
const longest = 64;

/** The known name that was probably meant, or null when none is near: at most a third of the letters differ. */
export function closestName(name: string, known: Iterable<string>): string | null {
	if (name.length > longest) return null;
	let closest: string | null = null;
	let least = Math.max(Math.floor(name.length / 3), name.length > 2 ? 1 : 0) + 1;
	for (const candidate of known) {
		if (Math.abs(candidate.length - name.length) >= least || candidate.length > longest) continue;
		const edits = distance(name.toLowerCase(), candidate.toLowerCase());
		if (edits < least) {
			least = edits;
			closest = candidate;
		}
	}
	return closest;
}

/** `did you mean "pcim_intx"?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
	const closest = closestName(name, known);
	return closest === null ? undefined : `did you mean "${closest}"?`;
}
