import type {Clock} from '../recording/recording.ts';
import type {Stamp} from './log-stamp.ts';

/** Makes times of one clock from the stamps of a log: the first one decides which; those of another kind tell no time. */
export class StampClock {
	#first: Stamp['kind'] | null;
	#sum = 0;

	/** `first`: what the clock of the log is known to be. */
	constructor(first: Stamp['kind'] | null = null) {
		this.#first = first;
	}

	/** Seconds by the clock of the log. */
	timeOf({kind, time}: Stamp): number | null {
		this.#first ??= kind;
		switch (this.#first) {
			case 'boot':
			case 'wall':
				return kind === this.#first ? time : null;
			case 'minute':
				if (kind === 'step') this.#sum += time;
				else if (kind === 'minute') this.#sum = Math.max(this.#sum, time);
				else return null;
				break;
			case 'step':
				if (kind !== 'step') return null;
				this.#sum += time;
		}
		this.#sum = Math.round(this.#sum * 1e6) / 1e6;
		return this.#sum;
	}

	/** What the times count; undefined for seconds since boot. */
	get clock(): Clock | undefined {
		if (this.#first === 'step') return 'relative';
		return this.#first === 'wall' || this.#first === 'minute' ? 'wall' : undefined;
	}

	/** What a reader should know of the times. */
	get remarks(): readonly string[] {
		return this.#first === 'minute'
			? ['the log tells times to the minute and then only differences']
			: [];
	}
}
