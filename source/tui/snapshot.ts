import type {Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import type {MachineState} from '../recording/state.ts';

const kept = new WeakMap<Recording, MachineState[]>();

/** The state at a position. The last two are kept: a screen needs the stop and the one before it. Not to be changed. */
function stateAt(recording: Recording, position: number): MachineState {
	const states = kept.get(recording) ?? [];
	const known = states.find((state) => state.position === position);
	const state = known ?? recording.stateAt(position);
	kept.set(recording, [state, ...states.filter((each) => each !== state)].slice(0, 2));
	return state;
}

/** The states at a session's stop and at the stop before it. */
export function statesOf(session: Session): {
	readonly now: MachineState;
	readonly before: MachineState;
} {
	const before = stateAt(session.recording, session.previous);
	return {before, now: stateAt(session.recording, session.position)};
}

/** How far to look for a device: far enough for any driver's step, near enough to cost nothing. */
const reach = 2000;

/** The device that the events at a position are about: the nearest one before it, else behind it. */
export function deviceNear(recording: Recording, position: number): string | null {
	for (let seq = position - 1; seq >= Math.max(0, position - reach); seq -= 1) {
		const {device} = recording.at(seq);
		if (device !== undefined) return device;
	}
	const end = Math.min(recording.length, position + reach);
	for (let seq = position; seq < end; seq += 1) {
		const {device} = recording.at(seq);
		if (device !== undefined) return device;
	}
	return recording.devices[0] ?? null;
}
