import type {Recording} from '../recording/recording.ts';
import type {Slices} from '../recording/search.ts';
import {changerOf} from './device-changes.ts';
import {type Expression, valueText} from './expression.ts';
import {expressionNames} from './expression-names.ts';
import {remembering} from './remember.ts';
import {sweep} from './sweep.ts';
import {eventsThat, visitEvents} from './visit-events.ts';

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

/** Whether an event can change the value of an expression, by its ordinal. */
function changerOfValue(
	recording: Recording,
	{variables, functions, devices}: Expression,
): (seq: number) => boolean {
	const isOfEvent = expressionNames.some(({name}) => name !== 'log' && variables.has(name));
	if (isOfEvent || functions.has('inside')) return () => true;
	const isChanger = functions.has('device') ? changerOf(recording, devices) : () => false;
	if (!variables.has('log')) return isChanger;
	return (seq) => recording.typeAt(seq) === 'printk' || isChanger(seq);
}

/**
Where the value of an expression changes, ascending; null once it takes too long.

Where it has no value, nothing is compared: the next value counts against the last. Nor is it a change when a register
that was never seen is read: that only tells what it held.
*/
export function* changesOf(
	recording: Recording,
	expression: Expression,
): Slices<readonly Change[] | null> {
	const reading = sweep(recording, expression.devices);
	const valueAt = remembering(expression, recording, reading, (position) =>
		valueText(expression, recording, position, reading),
	);
	const seqs = yield* eventsThat(recording, changerOfValue(recording, expression));
	const changes: Change[] = [];
	let was = valueAt(0);
	yield* visitEvents(recording, seqs, reading, expression, (seq) => {
		const is = valueAt(seq + 1);
		if (reading.budget.isSpent) return false;
		if (is === null || is === was) return true;
		const isTold = was === 'null' && recording.typeAt(seq) === 'config-read';
		if (was !== null && !isTold) changes.push({seq, was, is});
		was = is;
		return true;
	});
	return reading.budget.isSpent ? null : changes;
}
