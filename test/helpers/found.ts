import type {Finding} from '../../source/findings/finding.ts';
import {findingsOf} from '../../source/findings/findings.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {recordingOf} from './recording-of.ts';

/** `error leak: 1 node left …`, in the order of the recording; of one rule where it is named. */
export function foundIn(recording: Recording, rule?: string): string[] {
	return findingsOf(recording)
		.filter((finding) => rule === undefined || finding.rule === rule)
		.map(({severity, rule: name, message}) => `${severity} ${name}: ${message}`);
}

/** The same of a picture. */
export function found(picture: string, rule?: string): string[] {
	return foundIn(recordingOf(picture), rule);
}

export function errorsIn(recording: Recording): Finding[] {
	return findingsOf(recording).filter(({severity}) => severity === 'error');
}
