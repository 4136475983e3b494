import type {EventType, RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {countBelow} from './call-index.ts';
import {loggedNodeEvents, seqsOf} from './node-index.ts';

/** A line that the kernel log shows, with devres logging on. */
export type LogRow = {
	/** The event that it tells. */
	readonly seq: number;

	/** Seconds since boot, or null. */
	readonly time: number | null;

	/** 0 emergency to 7 debug; null where the log doesn't tell. */
	readonly level: number | null;

	/** `ccp 0000:23:00.1`: driver, or bus, and device; empty where the line has none. */
	readonly prefix: string;

	/** Behind the prefix, without a line end. */
	readonly text: string;

	/** `devres`: an ADD, REL, REM or REPLACE line, which only devres logging prints. */
	readonly kind: 'printk' | 'devres' | 'warning';
};

type Owner = {readonly seq: number; readonly bus: string | null; readonly driver: string | null};

type LogIndex = {
	/** Events that the log shows, ascending. */
	readonly events: readonly number[];

	/** Who owns each device from an event on, ascending. */
	readonly owners: ReadonlyMap<string, readonly Owner[]>;
};

const indexes = new WeakMap<Recording, LogIndex>();

const printed: ReadonlySet<EventType> = new Set(['printk', 'warning']);

const logged: ReadonlySet<EventType> = new Set([...printed, ...loggedNodeEvents]);

/** What an event says of a device's bus and driver, as the fold understands it; null where nothing. */
function ownerAfter(event: RecordedEvent, before: Owner | undefined): Omit<Owner, 'seq'> | null {
	const bus = before?.bus ?? null;
	if (event.type === 'device-add') return {bus: event.bus, driver: null};
	if (event.type === 'bind') return {bus, driver: event.driver};
	if (event.type === 'device-remove') return {bus, driver: null};
	if (event.type !== 'device-data') return null;
	const text = event.value === null ? null : `${event.value}`;
	if (event.field === 'bus') return {bus: text, driver: before?.driver ?? null};
	return event.field === 'driver' ? {bus, driver: text} : null;
}

const ownerTypes: ReadonlySet<EventType> = new Set([
	'device-add',
	'device-remove',
	'device-data',
	'bind',
]);

function ownersIn(recording: Recording): ReadonlyMap<string, readonly Owner[]> {
	const changes = seqsOf(recording, ownerTypes);
	const owners = new Map<string, Owner[]>();
	for (const seq of changes) {
		const event = recording.at(seq);
		const list = owners.get(event.device ?? '') ?? [];
		const owner = ownerAfter(event, list.at(-1));
		if (owner === null) continue;
		list.push({seq, ...owner});
		owners.set(event.device ?? '', list);
	}
	return owners;
}

/** Formats of tracers: their operations are events of a trace, and no lines of the kernel log. */
const traceFormats: ReadonlySet<string> = new Set([
	'function_graph',
	'ftrace',
	'trace-cmd',
	'perf',
]);

function isTrace({header}: Recording): boolean {
	const {kind, format = ''} = header.source;
	return kind === 'import' && traceFormats.has(format);
}

function indexOf(recording: Recording): LogIndex {
	let index = indexes.get(recording);
	if (index === undefined) {
		const events = seqsOf(recording, isTrace(recording) ? printed : logged);
		index = {events, owners: ownersIn(recording)};
		indexes.set(recording, index);
	}
	return index;
}

/** `ccp 0000:23:00.1`, as dev_printk() writes it before an event: the driver while there is one, else the bus. */
function logPrefix(recording: Recording, device: string, seq: number): string {
	const owner = indexOf(recording)
		.owners.get(device)
		?.findLast((each) => each.seq < seq);
	return `${owner?.driver ?? owner?.bus ?? ''} ${device}`.trim();
}

const operations: {readonly [type: string]: string} = {
	'devres-add': 'ADD',
	'devres-release': 'REL',
	'devres-remove': 'REM',
	'devres-replace': 'REPLACE',
};

/** devres_log() prints at this level. */
const devresLevel = 3;

/** The line that an event makes in the log. Throws for an event that makes none. */
export function logRow(recording: Recording, seq: number): LogRow {
	const event = recording.at(seq);
	const {time} = event;
	switch (event.type) {
		case 'printk':
			return {
				seq,
				time,
				level: event.level,
				prefix: event.prefix,
				text: event.text,
				kind: 'printk',
			};
		case 'warning': {
			const at = event.at === undefined ? '' : ` at ${event.at}`;
			return {
				seq,
				time,
				level: 4,
				prefix: '',
				text: `WARNING: ${event.text}${at}`,
				kind: 'warning',
			};
		}
		case 'devres-add':
		case 'devres-release':
		case 'devres-remove':
		case 'devres-replace': {
			const op = operations[event.type];
			const text = `DEVRES ${op} ${event.node} ${event.name} (${event.size} bytes)`;
			const prefix = logPrefix(recording, event.device ?? '', seq);
			return {seq, time, level: devresLevel, prefix, text, kind: 'devres'};
		}
		default:
			throw new Error(`event ${seq} is no line of the log`);
	}
}

/** Lines in the log at a position. */
export function logLength(recording: Recording, position: number): number {
	return countBelow(indexOf(recording).events, position);
}

/** `count` lines from the `first` on, of the whole recording: those from `logLength` on are still to come. */
export function logRows(recording: Recording, first: number, count: number): readonly LogRow[] {
	const from = Math.max(0, first);
	return indexOf(recording)
		.events.slice(from, from + count)
		.map((seq) => logRow(recording, seq));
}

/** `ccp 0000:23:00.1: DEVRES ADD …`. */
export function describeLogRow({prefix, text}: LogRow): string {
	return prefix === '' ? text : `${prefix}: ${text}`;
}
