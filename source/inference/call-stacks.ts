/** A call that a trace has open. */
export type OpenCall = {
	/** As the trace names it, without the module. */
	readonly fn: string;

	/** How far the trace indents it. */
	readonly depth: number;
};

/** What the end of a call means for the stack. */
export type Closing = {
	/** Open calls whose ends the trace lacks, innermost first: they are over too. */
	readonly stale: readonly OpenCall[];

	/** The call that ends; null where the trace lacks its beginning. */
	readonly call: OpenCall | null;
};

/** Open calls of every context, matched by indentation. Ends without a beginning, and the reverse, are told, not hidden. */
export class CallStacks {
	readonly #stacks = new Map<string, OpenCall[]>();

	/** Outermost first. Read it, don't keep it. */
	of(context: string): readonly OpenCall[] {
		return this.#stacks.get(context) ?? [];
	}

	/** Opens a call. Returns calls that can't be open any more, innermost first. */
	open(context: string, call: OpenCall): readonly OpenCall[] {
		const stack = this.#stacks.get(context) ?? [];
		this.#stacks.set(context, stack);
		const stale = takeFrom(stack, call.depth);
		stack.push(call);
		return stale;
	}

	/** Closes the call at a depth; `fn` is null where the trace doesn't name it. */
	close(context: string, depth: number, fn: string | null): Closing {
		const stack = this.#stacks.get(context) ?? [];
		const stale = takeFrom(stack, depth + 1);
		const top = stack.at(-1);
		if (top === undefined || top.depth !== depth) return {stale, call: null};
		stack.pop();
		const isOther = fn !== null && fn !== top.fn;
		return isOther ? {stale: [...stale, top], call: null} : {stale, call: top};
	}
}

function takeFrom(stack: OpenCall[], depth: number): OpenCall[] {
	const taken: OpenCall[] = [];
	while ((stack.at(-1)?.depth ?? -1) >= depth) {
		const call = stack.pop();
		if (call !== undefined) taken.push(call);
	}
	return taken;
}
