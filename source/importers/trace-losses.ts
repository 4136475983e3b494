/** Events that a tracer says it lost. */
export type Loss = {
	/** Number of the CPU whose buffer overflowed; null where not told. */
	readonly cpu: number | null;

	/** Null where it isn't counted. */
	readonly count: number | null;
};

const loss =
	/^ *CPU: ?(\d{1,5}) \[(?:LOST (\d{1,15}) EVENTS|(\d{1,15}) EVENTS DROPPED|(?:LOST EVENTS|EVENTS DROPPED))\] *$/;

/** perf prints a record of its own, with the columns of an event in front of it. */
const lostRecord = /\bPERF_RECORD_LOST(?:_SAMPLES)?:? (?:lost )?(\d{1,15})$/;
const written = /^# entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15}) /;

/** Reads `CPU:0 [LOST 85 EVENTS]`, or as trace-cmd says it `CPU:0 [85 EVENTS DROPPED]`, or perf's `PERF_RECORD_LOST lost 85`. */
export function parseLoss(line: string): Loss | null {
	const record = line.includes('PERF_RECORD_LOST') ? lostRecord.exec(line)?.[1] : undefined;
	if (record !== undefined) return {cpu: null, count: Number(record)};
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
