/**
The vocabulary of a recording: every fact that can happen, each with few fields.

Adding a type means five edits, in this order: here, `fold.ts`, `describe.ts`, whoever emits it, a test.
*/

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

/** Identity of a devres node: addresses are hashed and reused, so both halves are needed. */
export type NodeId = {
	/** The address as printed, hashed or not: 16 hex digits without 0x. */
	readonly node: string;

	/** How many nodes had this address before, from 0. */
	readonly generation: number;
};

/** A node as the log gives it. */
type NamedNode = NodeId & {
	/** Its release callback, or the action or helper that stands for it. */
	readonly name: string;

	/** Bytes of data. */
	readonly size: number;
};

/** Text arguments of a call, in the kernel's order: name to short text. */
export type CallArguments = {readonly [name: string]: string};

/** A value that a device, node or driver field can hold. Null is "not set". */
export type FieldValue = string | number | boolean | null;

/** A field by the kernel's name, and what it holds from here on. */
type FieldChange = {readonly field: string; readonly value: FieldValue};

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

/** Memory for a node was allocated; it is on no list yet. */
export type DevresAllocEvent = EventBase & NamedNode & {readonly type: 'devres-alloc'};

/** The node's memory was freed. */
export type DevresFreeEvent = EventBase & NodeId & {readonly type: 'devres-free'};

/** Appended to the tail of `devres_head` (ADD). */
export type DevresAddEvent = EventBase & NamedNode & {readonly type: 'devres-add'};

/** About to call the node's release callback (REL). What the callback does stands between this and the next. */
export type DevresReleaseEvent = EventBase & NamedNode & {readonly type: 'devres-release'};

/** Unlinked from `devres_head`, ownership to the caller (REM). */
export type DevresRemoveEvent = EventBase & NamedNode & {readonly type: 'devres-remove'};

/** The old node leaves its list position to a new one that the log never names (REPLACE). */
export type DevresReplaceEvent = EventBase &
	NamedNode & {
		readonly type: 'devres-replace';

		/** The new node where known: in simulations. */
		readonly by?: NamedNode;
	};

/** Left `devres_head` for the todo list of a release pass. One event a node. */
export type DevresMoveEvent = EventBase & NodeId & {readonly type: 'devres-move'};

/** A group's end marker was unlinked without a log line: markers `grp>` are never released. */
export type DevresUnlinkEvent = EventBase & NodeId & {readonly type: 'devres-unlink'};

/** The innermost release pass of the device is over. */
export type ReleaseEndEvent = EventBase & {
	readonly type: 'release-end';

	/** What `devres_release_all` returns: ordinary nodes that were moved. Null where not known. */
	readonly count: number | null;
};

/** A field of a node's data changed, such as `orig_intx`. */
export type DevresDataEvent = EventBase & NodeId & FieldChange & {readonly type: 'devres-data'};

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

type ConfigAccess = EventBase & {
	/** Bytes from the start of config space. */
	readonly offset: number;

	/** Bytes: 1, 2 or 4. */
	readonly width: number;

	/** What was read or written. */
	readonly value: number;
};

/** A register was read. */
export type ConfigReadEvent = ConfigAccess & {readonly type: 'config-read'};

/** A register was written, with another value or the same. */
export type ConfigWriteEvent = ConfigAccess & {
	readonly type: 'config-write';

	/** What the register held before; null where no earlier access tells. */
	readonly previous: number | null;
};

/** The device appeared on its bus. */
export type DeviceAddEvent = EventBase & {
	readonly type: 'device-add';

	/** `pci`, `platform`, `spi`: the log prefix of a device without driver. */
	readonly bus: string;

	/** `vendor:device` in hex, or a name. */
	readonly id?: string;

	/** Config space as firmware left it: offset in decimal to 16-bit word. */
	readonly config?: {readonly [offset: string]: number};

	/** Offset of the MSI capability's flags word, where the device has one. */
	readonly msi?: number;

	/** Offset of the MSI-X capability's flags word. */
	readonly msix?: number;

	/** INTERRUPT_PIN: 0 none, 1 to 4 are A to D. */
	readonly interruptPin?: number;
};

/** The device left its bus; what it still owned is gone with it or leaked. */
export type DeviceRemoveEvent = EventBase & {readonly type: 'device-remove'};

/** A field of `struct device` or `struct pci_dev` changed: `driver`, `is_managed`, `pinned`, `msi_enabled`, … */
export type DeviceDataEvent = EventBase & FieldChange & {readonly type: 'device-data'};

/** `pci_dev.enable_cnt` changed. */
export type EnableCountEvent = EventBase & {readonly type: 'enable-count'; readonly value: number};

/** Something about the driver of that name. */
type DriverFact = EventBase & {readonly driver: string};

/** A driver was registered with its bus. */
export type DriverRegisterEvent = DriverFact & {readonly type: 'driver-register'};

/** A driver was taken from its bus. */
export type DriverUnregisterEvent = DriverFact & {readonly type: 'driver-unregister'};

/** `driver_bound()`: the device belongs to the driver from here on. */
export type BindEvent = DriverFact & {readonly type: 'bind'};

/** The driver is about to let the device go. */
export type UnbindEvent = DriverFact & {readonly type: 'unbind'};

/** The core begins to probe the device. */
export type ProbeBeginEvent = EventBase & {
	readonly type: 'probe-begin';

	/** Null where a log shows a probe without naming the driver. */
	readonly driver: string | null;
};

/** That probe is over, and what a failed one left is released. */
export type ProbeEndEvent = EventBase & {
	readonly type: 'probe-end';
	readonly driver: string | null;

	/** 0 or a negative errno; null where not told. */
	readonly result: number | null;
};

/** The device entered or left the deferred probe list. */
export type DeferEvent = DriverFact & {
	readonly type: 'defer';

	/** True: it entered. */
	readonly pending: boolean;
};

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
	| DevresAllocEvent
	| DevresFreeEvent
	| DevresAddEvent
	| DevresReleaseEvent
	| DevresRemoveEvent
	| DevresReplaceEvent
	| DevresMoveEvent
	| DevresUnlinkEvent
	| ReleaseEndEvent
	| DevresDataEvent
	| AllocEvent
	| AllocFailEvent
	| ConfigReadEvent
	| ConfigWriteEvent
	| DeviceAddEvent
	| DeviceRemoveEvent
	| DeviceDataEvent
	| EnableCountEvent
	| DriverRegisterEvent
	| DriverUnregisterEvent
	| BindEvent
	| UnbindEvent
	| ProbeBeginEvent
	| ProbeEndEvent
	| DeferEvent
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

/** One text for a node's identity, usable as a map key: `ffff8cfaa528d140`, from the second use on `…#1`. */
export function nodeKey(id: NodeId): string {
	return id.generation === 0 ? id.node : `${id.node}#${id.generation}`;
}

/** Whether two identities are of one node: without making keys of them. */
export function sameNode(a: NodeId, b: NodeId): boolean {
	return a.node === b.node && a.generation === b.generation;
}
