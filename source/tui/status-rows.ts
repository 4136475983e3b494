import type {Session} from '../debugger/session.ts';
import {describeTime} from '../recording/describe-time.ts';
import {urgentFindings} from './finding-marks.ts';
import {type Binding, keymap, shownKey} from './keymap.ts';
import {type Hidden, nothingHidden} from './lesson-view.ts';
import {type Row, type Span, span} from './row.ts';
import {remarkOf, stopText} from './stop-text.ts';
import {cutMiddle, endOf, widthOf} from './text-width.ts';
import type {Glyphs} from './theme.ts';
import {actionAt, actionText} from './timeline.ts';
import type {Prompt} from './view-state.ts';

/** A row with one text at the left end and one at the right, which is never cut. */
export function spread(left: readonly Span[], right: readonly Span[], columns: number): Row {
	const used = widthOfSpans([...left, ...right]);
	return {spans: [...left, span(' '.repeat(Math.max(1, columns - used))), ...right]};
}

/** From this width on, the header spells things out. */
const wordy = 100;

/** The first line of the screen: what is open, in which action, and where. */
export function headerRow(
	title: string,
	session: Session,
	columns: number,
	glyphs: Glyphs,
	hides: Hidden = nothingHidden,
): Row {
	const {recording, position} = session;
	const event = position === 0 ? null : recording.at(position - 1);
	const time =
		event?.time == null ? '' : `   ${describeTime(event.time, recording.header.source.clock)}`;
	const count = urgentFindings(recording, hides).length;
	const words = columns >= wordy ? ` finding${count === 1 ? '' : 's'}` : '';
	const right = [
		span(`event ${position} of ${recording.length}${time}`, 'strong'),
		span(count === 0 ? ' ' : `   ${glyphs.warning} ${count}${words} `, 'error'),
	];
	const action = actionAt(recording, position);
	const kernel = recording.header.source.kernel;
	const taken = widthOfSpans(right);
	const parts = [
		span(` ${title}`, 'title'),
		span(kernel === null ? '' : `   kernel ${kernel}`, 'plain'),
		span(action === null ? '' : `   ${actionText(recording, action)}`, 'action'),
	];
	return spread(shrunk(parts, columns - taken - 1, glyphs), right, columns);
}

/** Drops what matters least until the rest fits, then cuts. */
function shrunk(parts: readonly Span[], room: number, glyphs: Glyphs): readonly Span[] {
	if (widthOfSpans(parts) <= room) return parts;
	const [first = span(''), , last = span('')] = parts;
	const left = room - widthOf(last.text);
	if (left >= 12) return [{...first, text: cutMiddle(first.text, left, glyphs.ellipsis)}, last];
	return [{...first, text: cutMiddle(first.text, room, glyphs.ellipsis)}];
}

/** A remark that is cut here still says what is wrong. */
const enoughForRemark = 60;

/** The line under the timeline: the stop in plain words, or the answer to the last key. */
export function reasonRow(
	session: Session,
	message: string | null,
	columns: number,
	glyphs: Glyphs,
	hides: Hidden = nothingHidden,
): Row {
	if (message !== null) return {spans: [span(` ${message}`, 'strong')]};
	const remark = remarkOf(session, hides);
	const reason = stopText(session, hides);
	if (remark === null) return {spans: [span(` ${reason}`)]};
	const told = `${glyphs.warning} ${remark}`;
	// Where there is no room for both, what is wrong matters more than why this is a stop.
	const room = columns - widthOf(reason) - 4;
	if (room >= Math.min(widthOf(told), enoughForRemark)) {
		return {spans: [span(` ${reason}`), span(`   ${told}`, 'error')]};
	}
	const {stop} = session;
	const short = stop.kind === 'breakpoint' ? ` Breakpoint ${stop.ids.join(', ')}.` : '';
	return {spans: [span(short), span(` ${told}`, 'error')]};
}

const promptNames: {readonly [kind in Prompt['kind']]: string} = {
	goto: 'go to event: ',
	find: 'find: ',
	command: ':',
};

/** The last line while something is typed, its end where it is long. The blank in inverse is where the next letter goes. */
export function promptRow(prompt: Prompt, isBlock: boolean, columns: number): Row {
	const name = ` ${isBlock ? '> ' : promptNames[prompt.kind]}`;
	const text = endOf(prompt.text, columns - widthOf(name) - 1);
	return {spans: [span(name, 'key'), span(text), span('_', 'here')]};
}

/** Whoever knows these two finds the others. */
const always: ReadonlySet<string | undefined> = new Set(['help', 'quit']);

function widthOfSpans(spans: readonly Span[]): number {
	return spans.reduce((sum, {text}) => sum + widthOf(text), 0);
}

/** A key and its word. */
export function hintOf({keys, hint}: Pick<Binding, 'keys' | 'hint'>): readonly Span[] {
	return [span(` ${shownKey(keys[0] ?? '')} `, 'key'), span(`${hint ?? ''} `, 'dim')];
}

/** Stands behind the four keys that it turns round. */
const back: readonly Span[] = [span(' S N F C ', 'key'), span('back ', 'dim')];

/** The last line: as many keys as fit, in the order of the keymap, with help and quit at the right end. */
export function keysRow(columns: number): Row {
	const hints = keymap.filter(({hint, screen}) => hint !== undefined && !always.has(screen));
	const groups = hints.map(hintOf);
	groups.splice(4, 0, back);
	const right = keymap.filter(({screen}) => always.has(screen)).flatMap(hintOf);
	return hintsRow(groups, right, columns);
}

/** A row of hints: of `groups` as many as fit, and `right` at its right end. */
export function hintsRow(
	groups: readonly (readonly Span[])[],
	right: readonly Span[],
	columns: number,
): Row {
	const left: Span[] = [];
	for (const group of groups) {
		// One blank parts them from the right end.
		if (widthOfSpans([...left, ...group, ...right]) >= columns) break;
		left.push(...group);
	}
	return spread(left, right, columns);
}
