import type {PrintkEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import type {Recording} from '../recording/recording.ts';
import {initialState, type MachineState} from '../recording/state.ts';
import {countBelow} from './call-index.ts';
import {Budget} from './expression-budget.ts';

/** What evaluations read of a recording beside its events, and what they may cost together. */
export type Reading = {
	/** Spent by all evaluations of this reading. */
	readonly budget: Budget;

	/** State at a position. Not to be changed, nor kept beyond the evaluation. */
	stateAt(position: number): MachineState;

	/** Texts of the kernel log before a position. Not to be kept beyond the evaluation. */
	logAt(position: number): readonly string[];
};

const logByRecording = new WeakMap<Recording, readonly string[]>();

/** All texts of the log, as printed. */
function textsOf(recording: Recording): readonly string[] {
	let texts = logByRecording.get(recording);
	if (texts === undefined) {
		texts = recording.ofType('printk').map((seq) => {
			const {prefix, text} = recording.at(seq) as PrintkEvent;
			return prefix === '' ? text : `${prefix}: ${text}`;
		});
		logByRecording.set(recording, texts);
	}
	return texts;
}

/** For one evaluation, at any position. */
export function readOnce(recording: Recording): Reading {
	return {
		budget: new Budget(),
		stateAt: (position) => recording.stateAt(position),
		logAt: (position) =>
			textsOf(recording).slice(0, countBelow(recording.ofType('printk'), position)),
	};
}

/** For evaluations at ascending positions: one state folds along, and nothing is copied. */
export function sweep(recording: Recording): Reading {
	const state = initialState();
	const log: string[] = [];
	return {
		budget: new Budget(recording.length),
		stateAt: (position) => {
			if (position < state.position) throw new Error(`a sweep can't go back to ${position}`);
			while (state.position < position) apply(state, recording.at(state.position));
			return state;
		},
		logAt: (position) => {
			const texts = textsOf(recording);
			const count = countBelow(recording.ofType('printk'), position);
			for (let line = log.length; line < count; line += 1) log.push(texts[line] ?? '');
			return log;
		},
	};
}
