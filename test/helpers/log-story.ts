import {describe} from '../../source/recording/describe.ts';
import type {RecordedEvent} from '../../source/recording/event.ts';
import type {Recording} from '../../source/recording/recording.ts';

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
