import {cleanText} from '../recording/clean-text.ts';

/** Where a trace says that something happened: its TASK-PID and CPU# columns. */
export type TracePlace = {
	/** As events name it, in the form that the columns can carry. */
	readonly context: string;

	/** Null where only the CPU is known. */
	readonly task: {readonly comm: string; readonly pid: number} | null;

	/** Null where the context's name tells none. */
	readonly cpu: number | null;

	/** A hardware interrupt, not the task that it interrupts. */
	readonly isInterrupt: boolean;
};

const onCpu = /^(irq-)?cpu-(0|[1-9]\d{0,4})$/;
const idleOnCpu = /^swapper\/(0|[1-9]\d{0,4})-0$/;
const taskName = /^(.+)-(0|[1-9]\d{0,8})$/;
const worker = /^kworker\/(\d{1,4}):/;
const longestComm = 64;

/** A name that no column mark cuts. */
function columnText(text: string): string {
	return cleanText(text).replaceAll('|', '_').trim().slice(0, longestComm).trim();
}

function idle(cpu: number): TracePlace {
	const context = `swapper/${cpu}-0`;
	return {context, task: {comm: '<idle>', pid: 0}, cpu, isInterrupt: false};
}

/**
Reads a context as the columns of a trace.

A thread without PID gets 1: the column can't be left out. PID 0 is the idle task of a CPU.
*/
export function placeOf(context: string): TracePlace {
	const [known, interrupt, number] = onCpu.exec(context) ?? [];
	if (known !== undefined) {
		return {context, task: null, cpu: Number(number), isInterrupt: interrupt !== undefined};
	}
	if (context === 'cpu') return {context, task: null, cpu: null, isInterrupt: false};
	const idleCpu = idleOnCpu.exec(context)?.[1];
	if (idleCpu !== undefined) return idle(Number(idleCpu));
	const [, name = context, digits = '1'] = taskName.exec(context) ?? [];
	const comm = columnText(name) || 'task';
	const pid = Number(digits);
	if (pid === 0 || comm === '<idle>') return idle(0);
	const cpu = worker.exec(comm)?.[1];
	return {
		context: `${comm}-${pid}`,
		task: {comm, pid},
		cpu: cpu === undefined ? null : Number(cpu),
		isInterrupt: false,
	};
}

/** Places by context, and a CPU for each: a recording doesn't say on which one a task ran. */
export class TracePlaces {
	readonly #places = new Map<string, TracePlace>();

	/** CPUs on which something ran that has no name: a task there would lend it its own. */
	readonly #nameless = new Set<number>();
	readonly #usual: number;

	/** `contexts` are all that the trace will show. */
	constructor(contexts: Iterable<string>) {
		for (const context of contexts) {
			const place = placeOf(context);
			this.#places.set(context, place);
			if (place.task === null && !place.isInterrupt) this.#nameless.add(place.cpu ?? 0);
		}
		let usual = 0;
		while (this.#nameless.has(usual)) usual += 1;
		this.#usual = usual;
	}

	/** The columns for a context. */
	of(context: string): TracePlace {
		let place = this.#places.get(context);
		if (place === undefined) {
			place = placeOf(context);
			this.#places.set(context, place);
		}
		return place;
	}

	/** The CPU that a context's name tells, else one that is as good as any. */
	cpuOf({task, cpu}: TracePlace): number {
		if (cpu === null || (task !== null && task.pid !== 0 && this.#nameless.has(cpu))) {
			return this.#usual;
		}
		return cpu;
	}

	/** One more than the highest CPU that is named. */
	get cpus(): number {
		let highest = this.#usual;
		for (const place of this.#places.values()) highest = Math.max(highest, this.cpuOf(place));
		return highest + 1;
	}
}
