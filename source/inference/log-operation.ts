import type {DevresEntry, LogEntry} from './log-entry.ts';
import type {LogAddress, LogDevice, LogLabel} from './log-node.ts';
import type {Place} from './log-place.ts';

/** An operation of devres and where it stands, its texts looked up: what logs are full of is kept small. */
export type LogOperation = Place & {
	/** Tells it from records of other lines. */
	readonly entry: null;
	readonly op: DevresEntry['op'];
	readonly device: LogDevice;
	readonly address: LogAddress;
	readonly label: LogLabel;

	/** Driver or bus that the line is prefixed with; null where the log has no prefix. */
	readonly owner: string | null;
};

/** Any other record. */
export type OtherRecord = Place & {readonly entry: Exclude<LogEntry, DevresEntry>};
