import {countedHitsOf} from '../debugger/breakpoint-hits.ts';
import {breakpointText} from '../debugger/breakpoint-view.ts';
import type {Session} from '../debugger/session.ts';
import {cleanText} from '../recording/clean-text.ts';
import {describe} from '../recording/describe.ts';
import type {ExerciseOf} from './exercise.ts';
import {placeOf} from './predict.ts';
import {type Recordings, recordingOf} from './recordings.ts';
import {bareSession, holdsAt, standAfter} from './stand.ts';
import {type GradedCheck, graded, ungraded, type Verdict, verdictOf} from './verdict.ts';

function standsThere(session: Session, condition: string): GradedCheck {
	const text = 'the commands end at the culprit';
	if (holdsAt(session, condition)) return graded(text);
	const {position, recording} = session;
	if (position === 0) return graded(text, ['they end at the start: nothing stopped them']);
	const what = describe(recording.at(position - 1), (id) => `#${recording.nodeNumber(id)}`);
	return graded(text, [`they end at ${placeOf(session)}: ${what}`]);
}

/** A breakpoint isolates a place when it stops there and hardly anywhere else. */
function isIsolated(session: Session, most: number): GradedCheck {
	const text =
		most === 1
			? 'a breakpoint stops there and nowhere else'
			: `a breakpoint with at most ${most} hits stops there`;
	const seq = session.position - 1;
	const stopping = session.breakpoints
		.map((each) => ({each, hits: countedHitsOf(session.recording, each)}))
		.filter(({each, hits}) => each.enabled && each.log === null && hits.includes(seq));
	if (stopping.some(({hits}) => hits.length <= most)) return graded(text);
	if (stopping.length === 0) return graded(text, ['no breakpoint of yours stops there']);
	return graded(
		text,
		stopping.map(({each, hits}) => `"${breakpointText(each)}" has ${hits.length} hits`),
	);
}

/** Grades a file of commands by where it ends. */
export function gradeFind(
	exercise: ExerciseOf<'find'>,
	recordings: Recordings,
	text: string,
): Verdict {
	const lines = text.split(/\r?\n/).map(cleanText);
	const recording = recordingOf(recordings, exercise.recording);
	const stand = standAfter(bareSession(recording), {name: '', lines});
	if (!stand.ok) {
		const [, line = '', column = ''] = /^:?(\d+):(\d+)$/.exec(stand.at) ?? [];
		const [message = 'this is refused', ...rest] = stand.errors;
		const error = {
			line: line === '' ? null : Number(line),
			column: column === '' ? null : Number(column),
			message,
			text: lines[Number(line) - 1] ?? '',
		};
		return ungraded([rest[0] === undefined ? error : {...error, hint: rest.join(' ')}]);
	}
	const {session} = stand;
	const place = standsThere(session, exercise.stands);
	if (exercise.hits === undefined || !place.ok) return verdictOf([place]);
	return verdictOf([place, isIsolated(session, exercise.hits)]);
}
