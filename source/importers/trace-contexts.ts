import type {Lines} from '../recording/lines.ts';
import {type GraphColumns, type GraphLine, parseSwitch, type Task} from './graph-line.ts';
import {unknownComm} from './trace-tasks.ts';

const idleComm = '<idle>';

/** Who runs on which CPU, as columns and banners tell. */
export class TraceContexts {
	/** The first banner of a CPU names who ran there before it too. */
	readonly #current = new Map<number, Task>();
	readonly #interrupted = new Set<number>();

	/** First real name of each thread: a line may print `<...>` for it. */
	readonly #names = new Map<number, string>();

	/** `lines` are all lines of the trace, which `parse` reads. */
	constructor(lines: Lines, parse: (line: string) => GraphLine) {
		this.#learnBanners(lines);
		if (!lines.some((line) => line.includes(`${unknownComm}-`))) return;
		for (const line of lines) {
			const read = parse(line);
			if ('task' in read && read.task !== null) this.#learn(read.task);
		}
	}

	/** Another thread runs on a CPU, or a hardware interrupt begins or ends there. */
	follow(line: Extract<GraphLine, {kind: 'switch' | 'interrupt'}>): void {
		const cpu = line.cpu ?? 0;
		// What an interrupt calls is no part of the thread it interrupts.
		if (line.kind === 'interrupt' && line.enters) this.#interrupted.add(cpu);
		else this.#interrupted.delete(cpu);
		if (line.kind === 'switch') this.#current.set(cpu, line.to);
	}

	/** `sh-294`; `cpu-1` as long as nothing tells who runs there; `irq-cpu-1` in an interrupt. */
	contextOf({cpu, task}: GraphColumns): string {
		const number = cpu ?? 0;
		if (task !== null) {
			this.#learn(task);
			this.#current.set(number, task);
		}
		if (this.#interrupted.has(number)) return `irq-cpu-${number}`;
		const current = this.#current.get(number);
		if (current === undefined) return cpu === null ? 'cpu' : `cpu-${cpu}`;
		const name = current.comm === unknownComm ? this.#names.get(current.pid) : undefined;
		const isIdle = current.pid === 0 || current.comm === idleComm;
		return isIdle ? `swapper/${number}-0` : `${name ?? current.comm}-${current.pid}`;
	}

	#learnBanners(lines: Lines): void {
		for (const line of lines) {
			const banner = parseSwitch(line);
			if (banner === null) continue;
			if (!this.#current.has(banner.cpu)) this.#current.set(banner.cpu, banner.from);
			this.#learn(banner.from);
			this.#learn(banner.to);
		}
	}

	#learn({comm, pid}: Task): void {
		if (comm !== unknownComm && !this.#names.has(pid)) this.#names.set(pid, comm);
	}
}
