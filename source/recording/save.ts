import type {RecordedEvent} from './event.ts';
import {eventFields} from './event-fields.ts';
import type {Recording} from './recording.ts';

/** Names the format in the first line of a saved recording. */
export const recordingFormat = 'devresdbg-recording';

/** Grows when a saved event changes its shape. */
export const recordingVersion = 1;

function serializeEvent(event: RecordedEvent): string {
	const values = event as unknown as {readonly [name: string]: unknown};
	const fields = eventFields.get(event.type) ?? [];
	return JSON.stringify(Object.fromEntries(fields.map(([name]) => [name, values[name]])));
}

/**
The lines of a `.jsonl` file, without their newlines: a header, then one event a line.

The same recording gives the same bytes. The header says how many events follow, so that a lost end is noticed.
*/
export function* serializeRecording(recording: Recording): Iterable<string> {
	const {source, title, lines, breakpoints, remarks, text} = recording.header;
	yield JSON.stringify({
		format: recordingFormat,
		version: recordingVersion,
		events: recording.length,
		source,
		title,
		lines,
		breakpoints,
		remarks,
		text,
	});
	for (let seq = 0; seq < recording.length; seq += 1) yield serializeEvent(recording.at(seq));
}
