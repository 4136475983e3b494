import {parseTraceLine} from './ftrace-line.ts';

/** What stands left of the time stamp: the same for many lines. */
export type TraceHead = {
	readonly context: string;
	readonly cpu: number | null;
	readonly isTicks: boolean;
};

/** More different heads than that are not worth keeping. */
const mostHeads = 20_000;

const zero = 0x30;

/** A number of seconds, or of ticks, between two places of a line: `11.304544`. NaN where it is none. */
export function stampBetween(line: string, start: number, end: number): number {
	let digits = 0;
	let fraction = 0;
	for (let index = start; index < end; index += 1) {
		const digit = line.charCodeAt(index) - zero;
		if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
		else if (digit === -2 && fraction === 0) fraction = end - index - 1;
		else return Number.NaN;
	}
	if (end === start) return Number.NaN;
	// Up to here both numbers are exact, and so their quotient is what a literal would be.
	return end - start > 16 ? Number(line.slice(start, end)) : digits / 10 ** fraction;
}

/** Remembers the columns of lines by their text: parsing each line of a million anew would take half the time of an import. */
export class TraceHeads {
	readonly #heads = new Map<string, TraceHead>();

	/** Mostly a line is of the thread of the one before. */
	#latestKey = '';
	#latest: TraceHead | null = null;
	readonly #contextOf: (comm: string, pid: number, cpu: number | null) => string;

	constructor(contextOf: (comm: string, pid: number, cpu: number | null) => string) {
		this.#contextOf = contextOf;
	}

	/** Context of a line whose stamp starts at `stampStart`; null where its columns are not those of a trace. */
	headOf(line: string, stampStart: number): TraceHead | null {
		if (stampStart === this.#latestKey.length && line.startsWith(this.#latestKey)) {
			return this.#latest;
		}
		const key = line.slice(0, stampStart);
		this.#latest = this.#heads.get(key) ?? this.#read(line, key);
		this.#latestKey = key;
		return this.#latest;
	}

	#read(line: string, key: string): TraceHead | null {
		const columns = parseTraceLine(line);
		if (columns === null) return null;
		const {comm, pid, cpu, stamp} = columns;
		const context = this.#contextOf(comm, pid, cpu);
		const head = {context, cpu, isTicks: !stamp.includes('.')};
		if (this.#heads.size > mostHeads) this.#heads.clear();
		this.#heads.set(key, head);
		return head;
	}
}
