import type {CallEvent, ReturnEvent} from './event.ts';
import type {Frame, MachineState} from './state.ts';

const noArguments = {};

/** Opens a frame in the context of the call. */
export function pushFrame(state: MachineState, event: CallEvent): void {
	const frame: Frame = {
		fn: event.fn,
		args: event.args ?? noArguments,
		module: event.module ?? null,
		inlined: event.inlined ?? false,
		call: event.seq,
	};
	const frames = state.contexts.get(event.context);
	if (frames === undefined) state.contexts.set(event.context, [frame]);
	else frames.push(frame);
}

/** Pops to the call that this return closes. A return whose call came before the recording changes nothing. */
export function popFrames(state: MachineState, event: ReturnEvent): void {
	const frames = state.contexts.get(event.context);
	if (frames === undefined) return;
	let index = frames.length - 1;
	while (event.fn !== undefined && index >= 0 && frames[index]?.fn !== event.fn) index -= 1;
	if (index < 0) return;
	if (index === 0) state.contexts.delete(event.context);
	else frames.length = index;
}
