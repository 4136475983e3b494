/** Where in the log the importer reads. */
export type Place = {
	/** Seconds; null where the log has no clock. */
	readonly time: number | null;

	/** `modprobe-1201`, `irq-28`: as in events. */
	readonly context: string;

	/** 1-based line. */
	readonly origin: number;
};
