import type {Recording} from '../recording/recording.ts';
import {callIndexOf} from './call-index.ts';
import {logLength} from './log-view.ts';
import {historyOf} from './node-index.ts';

/** Makes one after the other what views and moves look things up in: each would be made when it is first asked for. */
export function* makeIndexes(recording: Recording): Generator<void> {
	const first = recording.nodeWithNumber(1);
	yield;
	callIndexOf(recording);
	yield;
	logLength(recording, 0);
	yield;
	if (first !== null) historyOf(recording, first);
}
