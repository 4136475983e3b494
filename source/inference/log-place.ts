/** Where in the log the importer reads. */
export type Place = {
	/** Seconds; null where the log has no clock. */
	readonly time: number | null;

	/** `modprobe-1201`, `irq-28`: as in events. */
	readonly context: string;

	/** 1-based line. */
	readonly origin: number;
};

/** Where events are missing: the trace tells no time, and of the context at most the CPU. */
export function placeOfLoss(cpu: number | null, origin: number): Place {
	return {time: null, context: cpu === null ? 'trace' : `cpu-${cpu}`, origin};
}
