import {closestName} from '../recording/closest-name.ts';
import {hitsOf} from './breakpoint-hits.ts';
import {wholeNumber} from './command-row.ts';
import type {Session} from './session.ts';

/** A position, or a sentence that says why a text is none. */
export type Place =
	| {readonly ok: true; readonly position: number}
	| {readonly ok: false; readonly error: string};

/** What a place may be, for usages. */
export const placeSyntax = 'EVENT|+N|-N|start|end|MARK|N.HIT';

/** `2.3`: just behind the third hit of breakpoint 2. */
function hitPlace({recording, breakpoints}: Session, id: number, hit: number): Place {
	const breakpoint = breakpoints.find((each) => each.id === id);
	if (breakpoint === undefined) return {ok: false, error: `There is no breakpoint ${id}.`};
	const hits = hitsOf(recording, breakpoint);
	const seq = hits[hit - 1];
	if (seq !== undefined) return {ok: true, position: seq + 1};
	return {ok: false, error: `Breakpoint ${id} has hits 1 to ${hits.length}, not ${hit}.`};
}

function markPlace({marks}: Session, name: string): Place {
	const mark = marks.find((each) => each.name === name);
	if (mark !== undefined) return {ok: true, position: mark.position};
	const near = closestName(name, ['start', 'end', ...marks.map((each) => each.name)]);
	const hint = near === null ? '' : ` Did you mean "${near}"?`;
	return {ok: false, error: `No mark is named "${name}".${hint}`};
}

/** Reads `120`, `+10`, `-10`, `start`, `end`, the name of a mark, or a hit such as `2.3`. */
export function placeOf(session: Session, text: string): Place {
	const {position, recording} = session;
	if (text === 'start') return {ok: true, position: 0};
	if (text === 'end') return {ok: true, position: recording.length};
	const hit = /^(?<id>\d{1,9})\.(?<number>\d{1,9})$/.exec(text)?.groups;
	if (hit !== undefined) return hitPlace(session, Number(hit['id']), Number(hit['number']));
	const sign = text.startsWith('-') ? -1 : 1;
	const isRelative = /^[+-]/.test(text);
	const number = wholeNumber(isRelative ? text.slice(1) : text);
	if (number === null && !/^[A-Za-z]/.test(text)) {
		return {ok: false, error: `"${text}" is no place.`};
	}
	if (number === null) return markPlace(session, text);
	const wanted = isRelative ? position + sign * number : number;
	if (wanted >= 0 && wanted <= recording.length) return {ok: true, position: wanted};
	return {ok: false, error: `There are positions 0 to ${recording.length}.`};
}

/** Places that have names. */
export function offeredPlaces({marks}: Session): readonly string[] {
	return ['start', 'end', ...marks.map(({name}) => name)];
}
