import type {EventBase, FieldChange} from './event-base.ts';
import type {NodeId} from './node-id.ts';

/** A node as the log gives it. */
type NamedNode = NodeId & {
	/** Its release callback, or the action or helper that stands for it. */
	readonly name: string;

	/** Bytes of data. */
	readonly size: number;
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

/** What happens to devres nodes. */
export type DevresEvent =
	| DevresAllocEvent
	| DevresFreeEvent
	| DevresAddEvent
	| DevresReleaseEvent
	| DevresRemoveEvent
	| DevresReplaceEvent
	| DevresMoveEvent
	| DevresUnlinkEvent
	| ReleaseEndEvent
	| DevresDataEvent;
