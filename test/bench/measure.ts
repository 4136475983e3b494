import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';

export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One line of the result: what, how much, and what it should be. */
export function report(what: string, value: string, goal: string, ok: boolean): void {
	console.log(`${ok ? 'ok  ' : 'MISS'} ${what.padEnd(52)} ${value.padStart(16)}   ${goal}`);
}

/** User and system time of a whole command, milliseconds. A command that fails is no measurement. */
export function cpuOf(command: readonly string[]): number {
	const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
	const script = `TIMEFORMAT='%U %S'; exec 3>&2; time { ${quoted} >/dev/null 2>&3; } 2>&3`;
	const text = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`], {encoding: 'utf8'});
	const [user, system] = text.trim().split('\n').at(-1)?.split(' ') ?? [];
	return (Number(user) + Number(system)) * 1000;
}

/** Runs before anything is measured: the first ones leave compiled what the program uses. */
export const warmUp = 3;

/** Ratios of each command's CPU time to the first's, measured in turn so that a busy machine hits all alike. */
export function ratios(commands: readonly (readonly string[])[], rounds: number): number[] {
	const times = commands.map((): number[] => []);
	for (let round = -warmUp; round < rounds; round += 1) {
		for (const [index, command] of commands.entries()) {
			const time = cpuOf(command);
			if (round >= 0) times[index]?.push(time);
		}
	}
	const base = median(times[0] ?? []);
	return times.map((values) => median(values) / base);
}

/** Time that all threads of a running process worked so far, in milliseconds. */
export function cpuOfProcess(pid: number): number {
	return readdirSync(`/proc/${pid}/task`)
		.map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8'))
		.reduce((sum, times) => sum + Number(times.split(' ')[0]) / 1e6, 0);
}

/** CPU time of work in this process, in milliseconds. */
export async function cpuTime(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Bytes that are in use, those of typed arrays included. */
export function memory(): number {
	globalThis.gc?.();
	globalThis.gc?.();
	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return heapUsed + arrayBuffers;
}
