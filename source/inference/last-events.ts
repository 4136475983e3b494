/** The last event of each context, by its seq. Mostly the one that is asked for is the one before. */
export class LastEvents {
	readonly #events = new Map<string, {seq: number | null}>();
	#context: string | null = null;
	#latest: {seq: number | null} = {seq: null};

	/** Null where none is known. */
	of(context: string): number | null {
		return this.#in(context).seq;
	}

	/** From now on it is this one; null for none. */
	set(context: string, seq: number | null): void {
		this.#in(context).seq = seq;
	}

	#in(context: string): {seq: number | null} {
		if (context === this.#context) return this.#latest;
		let found = this.#events.get(context);
		if (found === undefined) {
			found = {seq: null};
			this.#events.set(context, found);
		}
		this.#context = context;
		this.#latest = found;
		return found;
	}
}
