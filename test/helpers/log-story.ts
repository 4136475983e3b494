import {describe} from '../../source/recording/describe.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {filesBelow} from './real-recordings.ts';

/** All events, in order. */
export function eventsOf(recording: Recording): RecordedEvent[] {
	return Array.from({length: recording.length}, (_, seq) => recording.at(seq));
}

/** What happened, an event a line, without times, contexts, places and what the importer concluded of actions. */
export function story(recording: Recording): string[] {
	return eventsOf(recording)
		.filter(({inferred}) => inferred !== true)
		.map((event) => describe(event, ({node}) => node.replace(/^0+/, '')));
}

/** Recordings below a folder that are kernel logs, by their names. */
export function logsBelow(folder: string): string[] {
	return filesBelow(folder, '').filter(
		(path) =>
			/\.(?:txt|json)$/.test(path) &&
			!/command\.txt$/.test(path) &&
			/dmesg\.txt$|\/(?:dmesg|journal|syslog)\/|\.kmsg\.txt$|\.dmesg-r\.txt$/.test(path),
	);
}
