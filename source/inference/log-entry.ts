import type {DumpedFrame} from '../recording/event.ts';
import type {Place} from './log-place.ts';

/** An operation of devres: a `devres_log` trace event, or a DEVRES line of the kernel log. */
export type DevresEntry = {
	readonly kind: 'devres';

	/** Name of the device as printed. */
	readonly device: string;
	readonly op: 'ADD' | 'REL' | 'REM' | 'REPLACE';

	/** Address as printed, without 0x. */
	readonly node: string;

	/** What the log calls the node. */
	readonly name: string;

	/** Bytes. */
	readonly size: number;

	/** Driver or bus that the line is prefixed with; null where the log has no prefix. */
	readonly owner: string | null;
};

/** An access to config space, as a probe on the kernel's function prints it. */
export type ConfigEntry = {
	readonly kind: 'config';
	readonly access: 'read' | 'write';

	/** The probe stands at the function's return: the value read is known, and where it was read perhaps not. */
	readonly returned: boolean;

	/** Slot and function as one byte, slot in the upper five bits; null where not told. */
	readonly devfn: number | null;

	/** Bus number; null where not told. */
	readonly bus: number | null;

	/** Offset in config space; null where not told. */
	readonly offset: number | null;

	/** Bytes: 1, 2 or 4. */
	readonly width: number;

	/** Null where not told. */
	readonly value: number | null;

	/** The function returned an error, so nothing was read. */
	readonly failed: boolean;
};

/** A line of the kernel log that is no devres operation. */
export type PrintkEntry = {
	readonly kind: 'printk';

	/** 0 emergency to 7 debug; null where the log doesn't tell. */
	readonly level: number | null;

	/** Device that the line is about; null where none is named. */
	readonly device: string | null;

	/** `pci 0000:23:00.1`; empty where the line has none. */
	readonly prefix: string;
	readonly text: string;
};

/** A dumped call trace. */
export type StackEntry = {
	readonly kind: 'stack';

	/** Innermost first. */
	readonly frames: readonly DumpedFrame[];

	/** True: it explains what its context did before it; false: what comes next; null: that is missing. */
	readonly follows: boolean | null;
};

/** What a piece of a log says, whatever the format that carries it. */
export type LogEntry =
	| DevresEntry
	| ConfigEntry
	| PrintkEntry

	/** Text that somebody wrote into a trace or log to say what comes. */
	| {readonly kind: 'marker'; readonly text: string}
	| StackEntry

	/** A splat with its frames. */
	| {
			readonly kind: 'warning';
			readonly text: string;
			readonly at: string | null;
			readonly frames: readonly DumpedFrame[];

			/** Device that its message is about; null where none is named. */
			readonly device: string | null;
	  }

	/** A node left `devres_head`: kernels with an extra debugging line say it. */
	| {readonly kind: 'moved'; readonly node: string}

	/** A kernel starts; its release is null where not told. */
	| {readonly kind: 'boot'; readonly kernel: string | null; readonly inferred: boolean}

	/** Events or lines are missing; null where the log doesn't count them. */
	| {readonly kind: 'lost'; readonly count: number | null};

/** An entry and where it stands. */
export type LogRecord = Place & {readonly entry: LogEntry};
