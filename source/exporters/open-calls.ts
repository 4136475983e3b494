import type {CallEvent, ReturnEvent} from '../recording/event.ts';

/** Open calls of every context, closed by the rule of the fold: a return ends the innermost call of its name. */
export class OpenCalls {
	readonly #stacks = new Map<string, CallEvent[]>();

	/** How many calls of a context are open. */
	depth(context: string): number {
		return this.#stacks.get(context)?.length ?? 0;
	}

	/** Opens a call in its context. */
	open(call: CallEvent): void {
		const stack = this.#stacks.get(call.context);
		if (stack === undefined) this.#stacks.set(call.context, [call]);
		else stack.push(call);
	}

	/** Closes what a return ends, innermost first: the last one is the call that returns. None where its call was never seen. */
	close({context, fn}: ReturnEvent): readonly CallEvent[] {
		const stack = this.#stacks.get(context) ?? [];
		const index =
			fn === undefined ? stack.length - 1 : stack.findLastIndex((call) => call.fn === fn);
		return index === -1 ? [] : stack.splice(index).reverse();
	}

	/** Closes everything, context by context, innermost first. */
	closeAll(): readonly CallEvent[] {
		const open = [...this.#stacks.values()].flatMap((stack) => stack.reverse());
		this.#stacks.clear();
		return open;
	}
}
