// Prints as kernel/trace/trace_output.c does for the nop tracer, 6.12: devres_log, probes and markers, five flags.

import type {RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {carriedEvents} from './carried.ts';
import {TracePlaces} from './trace-place.ts';
import {
	deviceLines,
	frameText,
	lostText,
	secondsText,
	surveyOf,
	traceEventText,
} from './trace-text.ts';

const legend = [
	'#',
	'#                                _-----=> irqs-off/BH-disabled',
	'#                               / _----=> need-resched',
	'#                              | / _---=> hardirq/softirq',
	'#                              || / _--=> preempt-depth',
	'#                              ||| / _-=> migrate-disable',
	'#                              |||| /     delay',
	'#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
	'#              | |         |   |||||     |         |',
];

/** All but a release log under devres_lock, with interrupts off. */
const withLock = new Set(['devres-add', 'devres-remove', 'devres-replace']);

function* linesOf(event: RecordedEvent, places: TracePlaces): Iterable<string> {
	if (event.type === 'lost') {
		yield lostText(event);
		return;
	}
	const place = places.of(event.context);
	const cpu = `${places.cpuOf(place)}`.padStart(3, '0');
	const {comm, pid} = place.task ?? {comm: event.context, pid: 1};
	const task = `${comm.padStart(16)}-${`${pid}`.padEnd(7)}`;
	const flags = withLock.has(event.type) ? 'd....' : '.....';
	const seconds = secondsText(event.time ?? 0);
	yield `${task} [${cpu}] ${flags} ${seconds}: ${traceEventText(event)}`;
	if (event.type === 'stack') yield* event.frames.map(frameText);
}

/** The recording as the `trace` file shows it with the devres_log event on: operations, accesses, markers, log lines. */
export function* ftraceLines(recording: Recording): Iterable<string> {
	const survey = surveyOf(carriedEvents(recording, 'ftrace'));
	const places = new TracePlaces(survey.contexts);
	yield '# tracer: nop';
	yield '#';
	yield `# entries-in-buffer/entries-written: ${survey.entries}/${survey.entries}   #P:${places.cpus}`;
	yield* legend;
	yield* deviceLines(survey);
	for (const event of carriedEvents(recording, 'ftrace')) yield* linesOf(event, places);
}
