import type {Session} from '../debugger/session.ts';
import {wrapped} from './chooser.ts';
import type {DrawnPane} from './frame.ts';
import {bindingOf} from './keymap.ts';
import {heightOf, layoutOf} from './layout.ts';
import type {Lesson, LessonRequest} from './lesson-view.ts';
import {fixedList, type PaneList} from './pane-list.ts';
import {line, type Row, rowOf, span} from './row.ts';
import type {Screen} from './screen.ts';
import {isSelectCommand, selectedAfter} from './selection.ts';
import {hintOf, hintsRow} from './status-rows.ts';
import {saying} from './targets.ts';
import {initialView, type LessonReply, type ScreenState} from './view-state.ts';

/** Keys of an exercise that are always there, and what they ask for. The last line drops the last but one first. */
const keys: readonly (readonly [key: string, request: LessonRequest, word: string])[] = [
	['v', {kind: 'verify'}, 'verify'],
	['h', {kind: 'hint'}, 'hint'],
	['n', {kind: 'next'}, 'next'],
	['r', {kind: 'reset'}, 'reset'],
	['o', {kind: 'solution'}, 'solution'],
	['l', {kind: 'list'}, 'list'],
];

/** Blanks at the start of a line stay where it is broken. */
function rowsOf(text: string, width: number): readonly Row[] {
	const indent = /^ */.exec(text)?.[0] ?? '';
	const rows = wrapped(text.trim(), Math.max(20, width - 2 - indent.length));
	return rows.map((row) => rowOf(span(indent), ...row.spans));
}

/** The exercise as a list of rows. */
export function lessonList(lesson: Lesson | null, width: number): PaneList {
	if (lesson === null) return fixedList('exercise', '', []);
	const style = lesson.passed ? 'added' : 'title';
	const rows = [
		line(` ${lesson.status}`, style),
		line(''),
		...lesson.lines.flatMap((text) => rowsOf(text, width)),
	];
	return fixedList(`exercise ${lesson.name}`, 'Esc: look around, e: back here', rows);
}

/** Rows of the exercise that are in sight. */
function heightOn({columns, rows}: Screen): number {
	return heightOf(layoutOf(columns, rows, 'execution'), 'execution');
}

/** The last row that may be the first in sight. */
function lastTop(list: PaneList, screen: Screen): number {
	return Math.max(0, list.length - heightOn(screen));
}

/** The exercise as it is drawn, from the row `top` on. What does not fit is counted in the border. */
export function drawnLesson(lesson: Lesson, top: number, screen: Screen): DrawnPane {
	const width = screen.columns - 2;
	const list = lessonList(lesson, width);
	const start = Math.min(top, lastTop(list, screen));
	const below = lastTop(list, screen) - start;
	const rows = Array.from({length: heightOn(screen)}, (_, y) => list.rowAt(start + y, width));
	const note = below === 0 ? list.note : `Down: ${below} more, Esc: look around`;
	return {title: list.title, note, focused: true, tabs: '', rows};
}

/** The last line of the screen while the exercise is in sight: the way out of it is always there. */
export function lessonKeys({answers}: Lesson, columns: number): Row {
	const letters =
		answers.length === 0 ? [] : [span(` ${answers.join(' ')} `, 'key'), span('answer ', 'dim')];
	const hints = keys.map(([key, , word]) => hintOf({keys: [key], hint: word}));
	return hintsRow([letters, ...hints.slice(0, -1)], hints.at(-1) ?? [], columns);
}

/** Asks for something about the exercise; while an answer is awaited, nothing else. */
export function ask(state: ScreenState, request: LessonRequest): ScreenState {
	if (state.asking !== undefined && state.asking !== null) return state;
	return {...state, asking: request};
}

/** Opens the exercise over the panes. */
export function openLesson(state: ScreenState): ScreenState {
	if (state.lesson === null || state.lesson === undefined) {
		return saying(state, 'No exercise is open: `devresdbg workshop` opens one.');
	}
	return {...state, view: {...state.view, overlay: {kind: 'lesson', selected: 0}}};
}

/** Answers with the selected row: its node, or its place in the log; without one with where the debugger stands. */
export function answerWith(state: ScreenState, session: Session, list: PaneList): ScreenState {
	if (state.lesson === null || state.lesson === undefined) return openLesson(state);
	const {recording} = session;
	const selected = state.view.selection[state.view.focus];
	const target = selected === undefined ? null : list.targetAt(Math.min(selected, list.length - 1));
	const node = target?.kind === 'node' ? recording.nodeNumber(target.id) : null;
	const position = target?.kind === 'position' ? target.position : session.position;
	const line = position === 0 ? null : (recording.at(position - 1).origin ?? null);
	return ask(state, {kind: 'point', node, line});
}

/** A key while the exercise is in sight. Null for one that means what it means elsewhere. */
export function pressInLesson(state: ScreenState, key: string, screen: Screen): ScreenState | null {
	const {lesson, view} = state;
	if (view.overlay?.kind !== 'lesson' || lesson === null || lesson === undefined) return null;
	if (lesson.answers.includes(key)) return ask(state, {kind: 'answer', answer: key});
	const request = keys.find(([each]) => each === key)?.[1];
	if (request !== undefined) return ask(state, request);
	if (key === 'e') return {...state, view: {...view, overlay: null}};
	const command = bindingOf(key)?.screen;
	if (command === undefined || !isSelectCommand(command)) return null;
	const tops = {length: lastTop(lessonList(lesson, screen.columns - 2), screen) + 1, here: 0};
	const selected = selectedAfter(tops, view.overlay.selected, command, heightOn(screen) - 1) ?? 0;
	return {...state, view: {...view, overlay: {kind: 'lesson', selected}}};
}

/** The screen with the answer to what was asked. */
export function replied(state: ScreenState, reply: LessonReply): ScreenState {
	const answered = {...state, asking: null};
	if (reply.kind === 'list') {
		const {heading, entries, selected} = reply;
		const chooser = {heading, entries, selected, opening: null, errors: []};
		return {...answered, chooser, session: null, lesson: null, view: initialView};
	}
	const {lesson, session, title} = reply;
	const view = session === null ? state.view : initialView;
	return {
		...answered,
		lesson,
		title,
		session: session ?? state.session,
		view: {...view, overlay: {kind: 'lesson', selected: 0}},
	};
}
