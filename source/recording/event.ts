import type {DeviceEvent} from './device-event.ts';
import type {DevresEvent} from './devres-event.ts';
import type {CallArguments, EventBase} from './event-base.ts';

/**
The vocabulary of a recording: every fact that can happen, each with few fields. What happens to nodes and to devices
has files of its own.

Adding a type means five edits, in this order: here or there, `fold.ts`, `describe.ts`, whoever emits it, a test.
*/

/** One frame of a dumped call trace, innermost first. */
export type DumpedFrame = {
	readonly fn: string;

	/** `0x3a/0x120`, where printed. */
	readonly offset?: string;

	/** Module name without brackets. */
	readonly module?: string;

	/** Printed with `? `: found on the stack but not confirmed by the unwinder. */
	readonly unreliable?: true;
};

/** A function was called. What it does follows, up to its return in the same context. */
export type CallEvent = EventBase & {
	readonly type: 'call';
	readonly fn: string;
	readonly args?: CallArguments;

	/** Module that the function lives in, as in ` [ccp]`. */
	readonly module?: string;

	/** Compilers inline this function, so no real trace shows it. */
	readonly inlined?: true;
};

/** The innermost open call of the context returned. */
export type ReturnEvent = EventBase & {
	readonly type: 'return';

	/** Absent where a trace closes a call without a name. */
	readonly fn?: string;

	/** As the kernel would print it: `0`, `-16`, `0x1c`; absent for void or where not told. */
	readonly value?: string;
};

type Allocation = EventBase & {
	/** What for: `irqaction`, `msi_desc`. */
	readonly what: string;

	/** Bytes. */
	readonly size: number;
};

/** Memory that is no devres node was allocated. */
export type AllocEvent = Allocation & {readonly type: 'alloc'};

/** An allocation failed; `what` is the name of the node where it was for one. */
export type AllocFailEvent = Allocation & {readonly type: 'alloc-fail'};

/** A line in the kernel log. */
export type PrintkEvent = EventBase & {
	readonly type: 'printk';

	/** 0 emergency to 7 debug; null where the log doesn't tell. */
	readonly level: number | null;

	/** `pci 0000:23:00.1`; empty where the line has none. */
	readonly prefix: string;
	readonly text: string;
};

/** A splat: WARN, BUG, oops, lockdep. */
export type WarningEvent = EventBase & {
	readonly type: 'warning';

	/** First line, or the WARN's own message. */
	readonly text: string;

	/** Where: `drivers/pci/pci.c:2250 pci_disable_device+0xf4/0x100`, where told. */
	readonly at?: string;
	readonly frames: readonly DumpedFrame[];
};

/** A dumped call trace that belongs to the event `of`, or stands alone. */
export type StackEvent = EventBase & {
	readonly type: 'stack';
	readonly frames: readonly DumpedFrame[];

	/** `seq` of the event it explains. */
	readonly of?: number;
};

/** A line of the scenario's script begins, or a marker stands in a trace. */
export type ActionEvent = EventBase & {readonly type: 'action'; readonly text: string};

/** One narrated step inside a function, in our own words. */
export type NoteEvent = EventBase & {readonly type: 'note'; readonly text: string};

/** A fault was armed: the n-th next call of `fn` fails. */
export type FaultEvent = EventBase & {
	readonly type: 'fault';

	/** A function's name, or `alloc` for any allocation. */
	readonly fn: string;

	/** Calls from here until it fails, from 1. */
	readonly nth: number;

	/** Negative errno. */
	readonly error: number;
};

/** An armed fault struck and is gone. */
export type FaultHitEvent = EventBase & {readonly type: 'fault-hit'; readonly fn: string};

/** A kernel starts: nothing that was known before it holds any more. */
export type BootEvent = EventBase & {
	readonly type: 'boot';

	/** Its release, `6.12.117-lab`; null where the log doesn't tell. */
	readonly kernel: string | null;
};

/** Events or lines were lost, as the source itself says. */
export type LostEvent = EventBase & {
	readonly type: 'lost';

	/** How many; null where the source doesn't count. */
	readonly count: number | null;
};

/** Everything that a recording can hold. */
export type RecordedEvent =
	| CallEvent
	| ReturnEvent
	| DevresEvent
	| AllocEvent
	| AllocFailEvent
	| DeviceEvent
	| PrintkEvent
	| WarningEvent
	| StackEvent
	| ActionEvent
	| NoteEvent
	| FaultEvent
	| FaultHitEvent
	| BootEvent
	| LostEvent;

/** The word that tells the facts apart, in files and at prompts. */
export type EventType = RecordedEvent['type'];

type WithoutSeq<T> = T extends unknown ? Omit<T, 'seq'> : never;

/** An event that has no place in a recording yet. */
export type UnplacedEvent = WithoutSeq<RecordedEvent>;
