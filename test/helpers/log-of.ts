import type {RecordedEvent, UnplacedEvent} from '../../source/recording/event.ts';
import {place} from '../../source/recording/fold.ts';
import {createRecording, type Recording} from '../../source/recording/recording.ts';

/** Types of events that a kernel log shows, or that an importer infers from one. */
const logged = new Set([
	'devres-add',
	'devres-release',
	'devres-remove',
	'devres-replace',
	'devres-move',
	'release-end',
	'printk',
	'warning',
	'action',
]);

const inferred = new Set(['devres-move', 'release-end']);

export type LogOptions = {
	/** Events of the log that are missing at its front. */
	readonly from?: number;

	/** False: nothing tells when a release is over. */
	readonly ends?: boolean;

	/** Events of the log that are lost, and told to be. */
	readonly lost?: {readonly at: number; readonly count: number};
};

function withoutUnknown(events: readonly UnplacedEvent[]): UnplacedEvent[] {
	const known = new Set<string>();
	return events.filter((event) => {
		if (event.type === 'devres-add') known.add(`${event.device} ${event.node}`);
		// An importer can't tell that nodes moved which it never saw.
		return event.type !== 'devres-move' || known.has(`${event.device} ${event.node}`);
	});
}

function asLogged({seq: _, ...event}: RecordedEvent): UnplacedEvent {
	const plain = {...event, context: 'log'} as UnplacedEvent;
	if (plain.type === 'devres-replace') {
		const {by: __, ...rest} = plain;
		return rest as UnplacedEvent;
	}
	if (plain.type === 'release-end') return {...plain, count: null, inferred: true};
	return inferred.has(plain.type) ? ({...plain, inferred: true} as UnplacedEvent) : plain;
}

/** What is left of a recording in a kernel log: no calls, no registers, no probes, no contexts. */
export function logOf(
	recording: Recording,
	{from = 0, ends = true, lost}: LogOptions = {},
): Recording {
	const events = Array.from({length: recording.length}, (_, seq) => recording.at(seq))
		.filter(({type}) => logged.has(type) && (ends || type !== 'release-end'))
		.map(asLogged)
		.slice(from);
	if (lost !== undefined) {
		const {at, count} = lost;
		const gap: UnplacedEvent = {type: 'lost', count, time: null, context: 'log'};
		events.splice(Math.min(at, events.length), count, gap);
	}
	const source = {kind: 'import', path: null, kernel: null, format: 'log'} as const;
	const placed = withoutUnknown(events).map(place);
	return createRecording({...recording.header, source}, placed);
}

/** The same recording without its first events, as a trace that was switched on late. */
export function startingAt(recording: Recording, from: number): Recording {
	const events = Array.from({length: recording.length - from}, (_, index) => {
		const {seq: _seq, ...event} = recording.at(from + index);
		return place(event as UnplacedEvent, index);
	});
	const source = {...recording.header.source, kind: 'import'} as const;
	return createRecording({...recording.header, source}, events);
}
