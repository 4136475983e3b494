import type {Task} from './graph-line.ts';

const unknownComm = '<...>';

/** Names of threads: a trace may print `<...>` for one whose name it tells on other lines. */
export class TraceTasks {
	readonly #contexts = new Map<string, string>();
	readonly #names = new Map<number, string>();

	/** To be told of every thread before contexts are asked for. */
	learn({comm, pid}: Task): void {
		if (comm !== unknownComm && !this.#names.has(pid)) this.#names.set(pid, comm);
	}

	/** `sh-294`: one text for one thread. */
	contextOf(comm: string, pid: number, cpu: number | null): string {
		const key = `${comm}-${pid}`;
		if (pid === 0) return `swapper/${cpu ?? 0}-0`;
		if (comm === unknownComm) return `${this.#names.get(pid) ?? comm}-${pid}`;
		const known = this.#contexts.get(key);
		if (known !== undefined) return known;
		this.#contexts.set(key, key);
		return key;
	}
}
