import type {Lines} from '../recording/lines.ts';
import type {TraceColumns} from './ftrace-line.ts';

/** Printed for a thread whose name the tracer has forgotten. */
export const unknownComm = '<...>';

/** Names of threads: a trace may print `<...>` for one whose name it tells on other lines. */
export class TraceTasks {
	readonly #contexts = new Map<string, string>();

	/** First real name of each thread; null until one is needed. */
	#names: Map<number, string> | null = null;
	readonly #lines: () => Lines;

	readonly #columnsOf: (line: string) => TraceColumns | null;

	/** `lines` gives the lines of the trace, as many as there are by then, of which `columnsOf` reads the columns. */
	constructor(lines: () => Lines, columnsOf: (line: string) => TraceColumns | null) {
		this.#columnsOf = columnsOf;
		this.#lines = lines;
	}

	/** `sh-294`: one text for one thread. */
	contextOf(comm: string, pid: number, cpu: number | null): string {
		const name =
			pid === 0 ? `swapper/${cpu ?? 0}` : comm === unknownComm ? this.#nameOf(pid) : comm;
		const context = `${name}-${pid}`;
		const known = this.#contexts.get(context);
		if (known !== undefined) return known;
		this.#contexts.set(context, context);
		return context;
	}

	#nameOf(pid: number): string {
		this.#names ??= this.#learn();
		return this.#names.get(pid) ?? unknownComm;
	}

	#learn(): Map<number, string> {
		const names = new Map<number, string>();
		for (const line of this.#lines()) {
			const columns = this.#columnsOf(line);
			if (columns === null || columns.comm === unknownComm || names.has(columns.pid)) continue;
			names.set(columns.pid, columns.comm);
		}
		return names;
	}
}
