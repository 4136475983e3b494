import type {EventType} from '../recording/event.ts';
import {eventTypes} from '../recording/event-types.ts';
import type {Recording} from '../recording/recording.ts';
import {type Expression, valueText} from './expression.ts';
import {expressionNames} from './expression-names.ts';
import type {Reading} from './sweep.ts';

/** A change of a watched value. */
export type Change = {
	/** `seq` of the event that made it. */
	readonly seq: number;

	/** The value before and after, as an expression would write it. */
	readonly was: string;
	readonly is: string;
};

/** A value longer than this is told in part. */
const longestValue = 60;

function shortValue(text: string): string {
	return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

/** `was false, is true`. */
export function describeChange({was, is}: Change): string {
	return `was ${shortValue(was)}, is ${shortValue(is)}`;
}

/** Events that change no device. */
const inert: ReadonlySet<EventType> = new Set([
	...(['call', 'return', 'printk', 'warning', 'stack', 'action', 'note', 'lost'] as const),
	...(['alloc', 'alloc-fail', 'fault', 'fault-hit'] as const),
]);

/** Types of the events that can change an expression's value; null for all. */
function changingTypes({names}: Expression): readonly EventType[] | null {
	const used = expressionNames.map(({name}) => name).filter((name) => names.has(name));
	if (names.has('inside') || used.some((name) => name !== 'log')) return null;
	const devices = names.has('device') ? eventTypes.filter((type) => !inert.has(type)) : [];
	return names.has('log') ? [...devices, 'printk'] : devices;
}

function candidates(recording: Recording, expression: Expression): Iterable<number> {
	const types = changingTypes(expression);
	if (types === null) return Array.from({length: recording.length}, (_, seq) => seq);
	const wanted = new Set(types);
	const found: number[] = [];
	for (let seq = 0; seq < recording.length; seq += 1) {
		if (wanted.has(recording.at(seq).type)) found.push(seq);
	}
	return found;
}

/**
Where the value of an expression changes, ascending; null once it takes too long.

Where it has no value, nothing is compared: the next value counts against the last. Nor is it a change when a register
that was never seen is read: that only tells what it held.
*/
export function changesOf(
	recording: Recording,
	expression: Expression,
	reading: Reading,
): readonly Change[] | null {
	const valueAt = (position: number) => valueText(expression, recording, position, reading);
	const changes: Change[] = [];
	let was = valueAt(0);
	for (const seq of candidates(recording, expression)) {
		const is = valueAt(seq + 1);
		if (reading.budget.isSpent) return null;
		if (is === null || is === was) continue;
		const isTold = was === 'null' && recording.at(seq).type === 'config-read';
		if (was !== null && !isTold) changes.push({seq, was, is});
		was = is;
	}
	return changes;
}
