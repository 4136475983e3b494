import type {Finding, Severity} from '../findings/finding.ts';
import {findingsOf, knownFindings} from '../findings/findings.ts';
import type {Recording} from '../recording/recording.ts';
import type {Hidden} from './lesson-view.ts';
import type {Style} from './row.ts';

/** Recordings up to this length are searched before they are first drawn: that takes a few milliseconds. */
const searchedAtOnce = 30_000;

const none: readonly Finding[] = [];

/** Whether the findings of a recording are still to be looked for. */
export function areFindingsPending(recording: Recording): boolean {
	return recording.length > searchedAtOnce && knownFindings(recording) === null;
}

/** Findings to draw; none of a long recording until somebody has searched it, and none where an exercise hides them. */
export function drawnFindings(recording: Recording, hides: Hidden): readonly Finding[] {
	return hides.findings || areFindingsPending(recording) ? none : findingsOf(recording);
}

/** How severe findings look. */
export const severityStyles: {readonly [severity in Severity]: Style} = {
	error: 'error',
	warning: 'releasing',
	note: 'note',
};

/** How severe findings are marked where colours can't be seen. */
export const severityLetters: {readonly [severity in Severity]: string} = {
	error: 'E',
	warning: 'W',
	note: 'N',
};

/** Findings that a reader should not miss. */
export function urgentFindings(recording: Recording, hides: Hidden): readonly Finding[] {
	return drawnFindings(recording, hides).filter(({severity}) => severity !== 'note');
}

/** Findings that an event shows, worst first. */
export function findingsAt(recording: Recording, seq: number, hides: Hidden): readonly Finding[] {
	const order: readonly Severity[] = ['error', 'warning', 'note'];
	return drawnFindings(recording, hides)
		.filter(({event}) => event === seq)
		.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
