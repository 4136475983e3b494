import type {PrintkEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import type {Recording} from '../recording/recording.ts';
import {type DeviceState, initialState} from '../recording/state.ts';
import {countBelow} from './call-index.ts';
import {folderOf} from './device-changes.ts';
import {Budget} from './expression-budget.ts';

/** What evaluations read of a recording beside its events, and what they may cost together. */
export type Reading = {
	/** Spent by all evaluations of this reading. */
	readonly budget: Budget;

	/** Devices at a position, by address. Not to be changed, nor kept beyond the evaluation. */
	devicesAt(position: number): ReadonlyMap<string, DeviceState>;

	/** Up to which position back from this one a device is the same. */
	changeAt(position: number, address: string): number;

	/** Texts of the kernel log before a position. Not to be kept beyond the evaluation. */
	logAt(position: number): readonly string[];
};

/** A reading at ascending positions. */
export type Sweep = Reading & {
	/** Number of events that were looked at so far. */
	readonly position: number;

	/** Number of events that were applied so far. */
	readonly applied: number;
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
		devicesAt: (position) => recording.stateAt(position).devices,
		changeAt: (position) => position,
		logAt: (position) =>
			textsOf(recording).slice(0, countBelow(recording.ofType('printk'), position)),
	};
}

/**
For evaluations at ascending positions that read no devices but those named; null for any. One state folds along, and
nothing is copied.
*/
export function sweep(recording: Recording, devices: ReadonlySet<string> | null = null): Sweep {
	const state = initialState();
	const log: string[] = [];
	const isFolded = folderOf(recording, devices);
	const changes = new Map<string, number>();
	let reached = 0;
	let applied = 0;
	let boot = 0;
	const follow = (position: number): void => {
		if (position < reached) throw new Error(`a sweep can't go back to ${position}`);
		for (; reached < position; reached += 1) {
			if (!isFolded(reached)) continue;
			const event = recording.at(reached);
			apply(state, event);
			applied += 1;
			if (event.type === 'boot') boot = reached + 1;
			else changes.set(event.device ?? '', reached + 1);
		}
	};
	return {
		get position() {
			return reached;
		},
		get applied() {
			return applied;
		},
		budget: new Budget(recording.length),
		devicesAt(position) {
			follow(position);
			return state.devices;
		},
		changeAt(position, address) {
			follow(position);
			return Math.max(boot, changes.get(address) ?? 0);
		},
		logAt(position) {
			const texts = textsOf(recording);
			const count = countBelow(recording.ofType('printk'), position);
			for (let line = log.length; line < count; line += 1) log.push(texts[line] ?? '');
			return log;
		},
	};
}
