import type {NodeId} from '../recording/node-id.ts';
import type {NodeState} from '../recording/state.ts';

/** A probe that is under way. */
export type Probe = {
	/** `seq` of its `probe-begin`. */
	readonly begin: number;

	/** Null where the recording names none. */
	readonly driver: string | null;

	/** The task that probes. */
	readonly context: string;
};

/** A node that was added while its device was being released. */
export type LateAdd = NodeId & {
	/** `seq` of the ADD. */
	readonly seq: number;

	/** As logged. */
	readonly name: string;

	/** Bytes. */
	readonly size: number;

	/** The node whose callback ran; null where none was told. */
	readonly inside: NodeState | null;

	/** `seq` of that node's REL. */
	readonly release: number | null;

	/** Another task did it than the one that releases. */
	readonly stranger: boolean;

	/** `call` where the stack shows it, `order` where what comes before and after does; null while nothing does. */
	proof: 'call' | 'order' | null;
};

/** One run over a todo list, as far as events tell. */
export type Pass = {
	/** `seq` of the first node that moved or was released. */
	readonly begin: number;

	/** `seq` of its end; null before. */
	end: number | null;
	/** The task that releases. */
	readonly context: string;

	/** Whether it takes everything or a group; null before the first release. */
	kind: 'all' | 'group' | null;

	/** The call that releases was seen to begin: everything that it took was on the list then. */
	shown: boolean;

	/** What the device was released for. */
	readonly reason: 'unbind' | 'failed probe' | 'release';

	/** Events were lost since it began. */
	lossy: boolean;

	/** `seq` of the last REL. */
	lastRelease: number | null;
	/** What was added to the device meanwhile. */
	readonly adds: LateAdd[];
};

/** What happened to one device so far. */
export type Life = {
	/** Its address. */
	readonly device: string;

	/** Name of the driver that has it, or had it last; null where no event told. */
	driver: string | null;

	/** The probe that is under way. */
	probe: Probe | null;

	/** `seq` of its last `probe-begin`, whether or not that probe is over. */
	lastProbe: number | null;

	/** `seq` of the last unbind; null before the first. */
	unbind: number | null;

	/** It had a driver, or was released, at some time. */
	wasBound: boolean;

	/** From this `seq` on everything on its list is known; null where nodes may be there that no event told. */
	knownFrom: number | null;

	/** Passes under way, outermost first. */
	readonly passes: Pass[];

	/** The pass that ended last. */
	lastPass: Pass | null;
};

/** A device of which nothing happened yet. */
export function newLife(device: string): Life {
	return {
		device,
		driver: null,
		probe: null,
		lastProbe: null,
		unbind: null,
		wasBound: false,
		knownFrom: null,
		passes: [],
		lastPass: null,
	};
}
