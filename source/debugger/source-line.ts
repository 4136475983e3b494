import type {Recording} from '../recording/recording.ts';

/** Where events come from, by line of the scenario or log, from 1. */
type LineIndex = ReadonlyMap<number, readonly number[]>;

const indexes = new WeakMap<Recording, LineIndex>();

/**
Ordinals of the events at which each line begins, ascending.

A line of a script begins once, though steps of drivers stand between its events; any other begins wherever another
line was before.
*/
function build(recording: Recording): LineIndex {
	const found = new Map<number, number[]>();
	const actions = new Set<number>();
	let before: number | undefined;
	for (let seq = 0; seq < recording.length; seq += 1) {
		const {origin, type} = recording.at(seq);
		if (origin === undefined) continue;
		const isAction = type === 'action';
		if (isAction) actions.add(origin);
		if (origin !== before && (isAction || !actions.has(origin))) {
			const known = found.get(origin);
			if (known === undefined) found.set(origin, [seq]);
			else known.push(seq);
		}
		before = origin;
	}
	return found;
}

/** Which lines anything happens at, and where: built when first asked for, in one pass. */
export function lineIndexOf(recording: Recording): LineIndex {
	let index = indexes.get(recording);
	if (index === undefined) {
		index = build(recording);
		indexes.set(recording, index);
	}
	return index;
}

/** The next line at which something happens, or null. */
export function nextLineOf(recording: Recording, line: number): number | null {
	const behind = [...lineIndexOf(recording).keys()].filter((each) => each > line);
	return behind.length === 0 ? null : behind.reduce((a, b) => Math.min(a, b));
}

/** The last line that any event before a position comes from; 0 where none tells. */
export function lastLineBefore(recording: Recording, position: number): number {
	let last = 0;
	for (const [line, [first = position]] of lineIndexOf(recording)) {
		if (first < position && line > last) last = line;
	}
	return last;
}

/** How far back to look for an event that says where it comes from. */
const reach = 2000;

/** The line that the last event comes from, from 1; null where no event near tells. */
export function lineAt(recording: Recording, position: number): number | null {
	for (let seq = position - 1; seq >= Math.max(0, position - reach); seq -= 1) {
		const {origin} = recording.at(seq);
		if (origin !== undefined) return origin;
	}
	return null;
}
