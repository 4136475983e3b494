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
