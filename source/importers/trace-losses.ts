/** Events that a tracer says it lost. */
export type Loss = {
	/** Number of the CPU whose buffer overflowed. */
	readonly cpu: number;

	/** Null where it isn't counted. */
	readonly count: number | null;
};

const loss =
	/^ *CPU: ?(\d{1,5}) \[(?:LOST (\d{1,15}) EVENTS|(\d{1,15}) EVENTS DROPPED|(?:LOST EVENTS|EVENTS DROPPED))\] *$/;
const written = /^# entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15}) /;

/** Reads `CPU:0 [LOST 85 EVENTS]`, or as trace-cmd says it `CPU:0 [85 EVENTS DROPPED]`. */
export function parseLoss(line: string): Loss | null {
	const [, cpu, lost, dropped] = loss.exec(line) ?? [];
	if (cpu === undefined) return null;
	const count = lost ?? dropped;
	return {cpu: Number(cpu), count: count === undefined ? null : Number(count)};
}

/** Reads the header that counts what the buffer holds and what was written into it; the rest was overwritten. */
export function parseWritten(line: string): {readonly lost: number} | null {
	const [, held, all] = written.exec(line) ?? [];
	if (held === undefined || all === undefined) return null;
	return {lost: Math.max(0, Number(all) - Number(held))};
}
