import type {NodeId} from '../recording/node-id.ts';
import type {DeviceRefrains} from './known-event.ts';
import type {Place} from './log-place.ts';

/** What a log calls nodes: the same few names and sizes again and again, each once. */
export type LogLabel = {
	/** As the log gives it. */
	readonly name: string;

	/** Bytes. */
	readonly size: number;

	/** Its number among the labels of the recording's columns. */
	readonly number: number;
};

/** A node as inference knows it, which alone changes one. */
export type LogNode = NodeId & {
	/** Its number among the nodes of the recording's columns. */
	readonly number: number;
	readonly label: LogLabel;

	/** The label's name. */
	readonly name: string;

	/** Device that owns it. */
	readonly device: LogDevice;

	/** On `devres_head`, as far as the log tells. */
	listed: boolean;

	/** Its REL, REM or REPLACE was seen. */
	ended: boolean;

	/** The pass that is to release it; null before it is moved, and when it is released. */
	pass: object | null;
};

/** An address that nodes had, one after the other. */
export type LogAddress = {
	/** As printed: one text for all of them, since a log may be a million lines long. */
	readonly text: string;

	/** Its number among the addresses of the recording's columns. */
	readonly number: number;

	/** The one that had it last, ended or not; null where none did, or another kernel's. */
	latest: LogNode | null;

	/** How many had it before the next. */
	generation: number;
};

/** A release pass as a log without calls shows it: a run of REL lines of one device. */
export type Run = {
	/** Nodes that were moved and not released yet. */
	waiting: number;

	/** Nodes that nobody saw added may be among those it releases. */
	late: boolean;

	/** Who releases. */
	readonly context: string;

	/** Where its last line stands. */
	last: Place;
};

/** Release passes of a device. */
export type DeviceRuns = {
	/** Passes under way, outermost first. */
	readonly runs: Run[];

	/** Everything on `devres_head` was seen added. */
	known: boolean;

	/** Record up to which its innermost pass surely goes on, counted from the first: -1 where it was not looked for. */
	goesOnUntil: number;
};

/** A device that a log names, with what must be known of it for each of a million lines. Inference alone changes one. */
export type LogDevice = {
	/** As printed: one text for all lines. */
	readonly address: string;

	/** Its number among the devices of the recording's columns. */
	readonly number: number;

	/** `devres_head`, oldest first, as far as is known. */
	readonly nodes: LogNode[];

	/** Null before something happens to it. */
	runs: DeviceRuns | null;

	/** Belongs to LogActions: what tells that its nodes are being added. */
	adding: object | null;

	/** Facts of it that are known. */
	readonly refrains: DeviceRefrains;

	/** Driver or bus that the last line about it began with; null where something else was told of it since then. */
	owner: string | null;
};
