import type {EventType, RecordedEvent, ReturnEvent} from '../recording/event.ts';
import {argumentsText, functionName, moduleName, returnValue} from './carried-text.ts';
import {OpenCalls} from './open-calls.ts';

/** The fields of an event that are its own, and `device` where it is carried. */
export type Facts = {readonly type: EventType; readonly [field: string]: unknown};

/** Calls and returns as a call tree shows them. To be given all of a recording, in order, inferred ones too. */
export class CarriedCalls {
	/** Inlined ones too. */
	readonly #all = new OpenCalls();

	/** Those that the tree shows as open: one that went with an inlined caller has no end there. */
	readonly #shown = new OpenCalls();

	/**
	A compiler merges an inlined function into its caller, so no trace shows it, and none could say that it was inlined:
	written as a call it would come back as one that a kernel really made.
	*/
	call(event: Extract<RecordedEvent, {type: 'call'}>): Facts | null {
		this.#all.open(event);
		if (event.inlined) return null;
		const fn = functionName(event.fn);
		this.#shown.open({...event, fn});
		const args = argumentsText(event.args) === '' ? {} : {args: event.args};
		const module = moduleName(event.module);
		return {
			type: 'call',
			fn,
			...args,
			...(module === null ? {} : {module}),
		};
	}

	/** A return without its call stands only where no call is open: elsewhere it would seem to end that one. */
	return(event: ReturnEvent): Facts | null {
		const call = this.#all.close(event).at(-1);
		if (call === undefined ? this.#shown.depth(event.context) > 0 : call.inlined) return null;
		const fn = call?.fn ?? event.fn;
		const named = fn === undefined ? {} : {fn: functionName(fn)};
		this.#shown.close({...event, ...named});
		const value = returnValue(event.value);
		return {type: 'return', ...named, ...(value === null ? {} : {value})};
	}
}
