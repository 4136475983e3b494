import type {Recording} from '../recording/recording.ts';
import type {Slices} from '../recording/search.ts';
import type {Expression} from './expression.ts';
import type {Sweep} from './sweep.ts';

/** Work of a slice, in tenths of a microsecond or so: the clock of the machine decides nothing here. */
const sliceWork = 150_000;

/** What is done at an event, in the same unit. An evaluation does something for each item of the expression, and again for each entry of a list that it reads. */
const work = {looked: 0.4, folded: 2.5, visited: 3, item: 0.4, read: 2, readItem: 0.1} as const;

/** Events that are looked at in a slice where nothing else is done. */
const lookedAtOnce = Math.floor(sliceWork / (work.looked + work.folded));

/** Ordinals of the events that are wanted, ascending. */
export function* eventsThat(
	recording: Recording,
	isWanted: (seq: number) => boolean,
): Slices<readonly number[]> {
	const found: number[] = [];
	for (let from = 0; from < recording.length; from += lookedAtOnce) {
		if (from > 0) yield from / recording.length;
		const end = Math.min(recording.length, from + lookedAtOnce);
		for (let seq = from; seq < end; seq += 1) if (isWanted(seq)) found.push(seq);
	}
	return found;
}

function workDone({position, applied, budget}: Sweep, {items}: Expression): number {
	const reading = work.read + work.readItem * items;
	return work.looked * position + work.folded * applied - reading * budget.left;
}

/** Goes through events in order and evaluates an expression just behind each. `visit` does, and says whether to go on. */
export function* visitEvents(
	recording: Recording,
	seqs: readonly number[],
	reading: Sweep,
	expression: Expression,
	visit: (seq: number) => boolean,
): Slices<void> {
	const readsDevices = expression.functions.has('device');
	const visiting = work.visited + work.item * expression.items;
	let begun = workDone(reading, expression);
	let visited = 0;
	for (const seq of seqs) {
		while (readsDevices && reading.position + lookedAtOnce <= seq) {
			reading.devicesAt(reading.position + lookedAtOnce);
			yield reading.position / recording.length;
		}
		if (!visit(seq)) return;
		visited += visiting;
		if (workDone(reading, expression) - begun + visited < sliceWork) continue;
		yield seq / recording.length;
		begun = workDone(reading, expression);
		visited = 0;
	}
}
