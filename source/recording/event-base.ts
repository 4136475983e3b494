/** What every event has, whatever its type. */
export type EventBase = {
	/** Ordinal in the recording, from 0. Order is by `seq` alone: times tie and step back in real logs. */
	readonly seq: number;

	/** Seconds since boot as the kernel prints them; null where the source has no clock. Labels only. */
	readonly time: number | null;

	/** The task or interrupt that did it: `modprobe-1201`, `kworker/12:1-233`, `irq-28`. Depth is counted per context. */
	readonly context: string;

	/** Bus address or device name (`0000:23:00.1`), where the event concerns one device. */
	readonly device?: string;

	/** 1-based line in the scenario or imported file that this event comes from. */
	readonly origin?: number;

	/** The source doesn't say this; the importer concluded it. */
	readonly inferred?: true;

	/** The model is known to differ from the kernel in detail here. */
	readonly approximate?: true;
};

/** Text arguments of a call, in the kernel's order: name to short text. */
export type CallArguments = {readonly [name: string]: string};

/** A value that a device, node or driver field can hold. Null is "not set". */
export type FieldValue = string | number | boolean | null;

/** A field by the kernel's name, and what it holds from here on. */
export type FieldChange = {readonly field: string; readonly value: FieldValue};
