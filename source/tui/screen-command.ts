import {firstFrom, lastBelow, none} from '../debugger/call-index.ts';
import type {Session} from '../debugger/session.ts';
import {stackAt} from '../debugger/stack-view.ts';
import {goTo} from '../debugger/step.ts';
import {parseWhy, type WhyQuestion} from '../debugger/why-question.ts';
import {findingsOf} from '../findings/findings.ts';
import {executionIndexOf} from './execution-index.ts';
import {findToldRow} from './find-told.ts';
import {paneOfCommand, type ScreenCommand} from './keymap.ts';
import {focusIn, heightOf, layoutOf, type PaneId, visiblePanes} from './layout.ts';
import {answerWith, openLesson} from './lesson.ts';
import {findingsHidden, hiddenBy, toldEnd} from './lesson-view.ts';
import type {PaneList} from './pane-list.ts';
import {inputOf, listOf} from './panes.ts';
import {runKey} from './run-line.ts';
import type {Screen} from './screen.ts';
import {isSelectCommand, type SelectCommand, selectedAfter} from './selection.ts';
import {follow, saying, switchBreakpoint, toggleBreakpointAt, toggleWatch} from './targets.ts';
import type {Overlay, Prompt, ScreenState, ViewState} from './view-state.ts';

function withView(state: ScreenState, view: Partial<ViewState>): ScreenState {
	return {...state, view: {...state.view, ...view}};
}

function focusedList({view, lesson}: ScreenState, session: Session, screen: Screen): PaneList {
	return listOf(view.focus, inputOf(session, view, screen.theme.glyphs, lesson), screen.columns);
}

function select(
	state: ScreenState,
	session: Session,
	command: SelectCommand,
	screen: Screen,
): ScreenState {
	const {focus, selection, zoomed} = state.view;
	const list = focusedList(state, session, screen);
	const layout = layoutOf(screen.columns, screen.rows, zoomed ? focus : null);
	const page = heightOf(layout, focus) - 1;
	const selected = selectedAfter(list, selection[focus] ?? null, command, page);
	if (selected === null) return state;
	const target = list.targetAt(selected);
	const node = target?.kind === 'node' ? target.id : state.view.node;
	return withView(state, {selection: {...selection, [focus]: selected}, node});
}

function open(state: ScreenState, session: Session, screen: Screen): ScreenState {
	const list = focusedList(state, session, screen);
	if (list.length === 0) return saying(state, 'There is nothing in this pane.');
	const selected = state.view.selection[state.view.focus] ?? list.here;
	return follow(state, session, list.targetAt(Math.min(selected, list.length - 1)));
}

/** What the selected row is about; the registers are about bit 10. */
function questionAt(state: ScreenState, session: Session, screen: Screen): WhyQuestion {
	const {focus, selection} = state.view;
	const list = focusedList(state, session, screen);
	const selected = selection[focus];
	const target = selected === undefined ? null : list.targetAt(Math.min(selected, list.length - 1));
	if (target?.kind === 'node') return {kind: 'node', id: target.id};
	const device = state.view.device ?? session.device;
	const parsed = focus === 'registers' ? parseWhy({...session, device}, ['INTX_DISABLE']) : null;
	return parsed?.ok ? parsed.question : {kind: 'stop'};
}

function askWhy(state: ScreenState, session: Session, screen: Screen): ScreenState {
	const question = questionAt(state, session, screen);
	return withView(state, {overlay: {kind: 'why', question, selected: 0}});
}

function toggleBreakpoint(state: ScreenState, session: Session, screen: Screen): ScreenState {
	const list = focusedList(state, session, screen);
	if (list.length === 0) return saying(state, 'There is nothing in this pane.');
	const index = Math.min(state.view.selection[state.view.focus] ?? list.here, list.length - 1);
	const target = list.targetAt(index);
	if (target?.kind === 'breakpoint') return switchBreakpoint(state, session, target.id);
	return toggleBreakpointAt(state, session, list.breakAt?.(index) ?? null);
}

/** Looks at another frame, and selects its call in the execution. */
function changeFrame(state: ScreenState, session: Session, by: 1 | -1): ScreenState {
	const after = runKey(state, session, by === 1 ? 'up' : 'down');
	const frame = after.session?.frame ?? 0;
	if (after.session === null || frame === session.frame) return after;
	const call = stackAt(session.recording, session.position)[frame]?.call ?? null;
	const selection = {...after.view.selection, stack: frame};
	if (call === null) return withView(after, {selection});
	const row = executionIndexOf(session.recording).rowOf(call);
	return withView(after, {selection: {...selection, execution: row}});
}

function toAction(state: ScreenState, session: Session, by: 1 | -1): ScreenState {
	const actions = session.recording.ofType('action');
	if (actions.length === 0) return saying(state, 'This recording has no actions.');
	const seq =
		by === 1 ? firstFrom(actions, session.position) : lastBelow(actions, session.position - 1);
	if (seq === none)
		return saying(state, by === 1 ? 'There is no further action.' : 'There is no action before.');
	return {...state, session: goTo(session, seq + 1)};
}

/** Goes to the event of the next finding; several at one event are one stop. */
function toFinding(state: ScreenState, session: Session, by: 1 | -1): ScreenState {
	if (hiddenBy(state.lesson).findings) return saying(state, findingsHidden);
	const findings = findingsOf(session.recording);
	if (findings.length === 0) return saying(state, 'Nothing is wrong as far as the rules see.');
	const {position} = session;
	const finding =
		by === 1
			? findings.find(({event}) => event >= position)
			: findings.findLast(({event}) => event < position - 1);
	if (finding === undefined) {
		return saying(state, by === 1 ? 'There is no further finding.' : 'There is no finding before.');
	}
	return {...state, session: goTo(session, finding.event + 1)};
}

/** Selects the next row that contains the text looked for; jumping there is another key. */
export function findFrom(
	state: ScreenState,
	session: Session,
	step: 1 | -1,
	screen: Screen,
): ScreenState {
	const {found, selection} = state.view;
	if (found === '') return saying(state, 'Nothing was looked for yet: / finds.');
	const {recording, position} = session;
	const here = position === 0 ? -1 : executionIndexOf(recording).rowOf(position - 1);
	const from = selection.execution ?? here;
	const end = toldEnd(session, hiddenBy(state.lesson));
	const row = findToldRow(session, end, found, from, step, screen.theme.glyphs);
	const whole = end < recording.length ? 'what has happened so far' : 'the execution';
	if (row === null) return saying(state, `"${found}" is nowhere in ${whole}.`);
	const focused = withView(state, {focus: 'execution', selection: {...selection, execution: row}});
	return saying(focused, `found "${found}": Enter jumps there, . and , find it again`);
}

function focusPane(state: ScreenState, pane: PaneId): ScreenState {
	const recent = [pane, ...state.view.recent.filter((each) => each !== pane)];
	return withView(state, {recent, focus: pane});
}

function changeFocus(state: ScreenState, by: 1 | -1, screen: Screen): ScreenState {
	const {focus, recent} = state.view;
	const panes = visiblePanes(layoutOf(screen.columns, screen.rows), recent);
	const index = (panes.indexOf(focus) + by + panes.length) % panes.length;
	return focusPane(state, panes[index] ?? focus);
}

/** Closes the nearest thing that is open. */
function back(state: ScreenState, session: Session): ScreenState {
	if (Object.keys(state.view.selection).length > 0) {
		return withView({...state, session: {...session, frame: 0}}, {selection: {}});
	}
	if (state.view.zoomed) return withView(state, {zoomed: false});
	return state;
}

function prompt(state: ScreenState, kind: Prompt['kind'], text = ''): ScreenState {
	return withView(state, {prompt: {kind, text}});
}

/** Watches what the selected row shows; where it shows no value, the reader says what. */
function watch(state: ScreenState, session: Session, screen: Screen): ScreenState {
	const list = focusedList(state, session, screen);
	const index = Math.min(state.view.selection[state.view.focus] ?? list.here, list.length - 1);
	const expression = list.length === 0 ? null : (list.watchAt?.(index) ?? null);
	if (expression === null) return prompt(state, 'command', 'watch ');
	return toggleWatch(state, session, expression);
}

function overlay(
	state: ScreenState,
	kind: Extract<Overlay['kind'], 'help' | 'devices'>,
): ScreenState {
	return withView(state, {overlay: {kind, selected: 0}});
}

/** After a resize the focused pane may have no place any more. */
function withFocusInSight(state: ScreenState, {columns, rows}: Screen): ScreenState {
	const {focus, recent} = state.view;
	return withView(state, {focus: focusIn(layoutOf(columns, rows), recent, focus)});
}

/** Does a command that concerns the screen. */
export function runScreenCommand(
	given: ScreenState,
	session: Session,
	command: ScreenCommand,
	screen: Screen,
): ScreenState {
	const state = withFocusInSight(given, screen);
	if (isSelectCommand(command)) return select(state, session, command, screen);
	const pane = paneOfCommand[command];
	if (pane !== undefined) return focusPane(state, pane);
	switch (command) {
		case 'open':
			return open(state, session, screen);
		case 'why':
			return askWhy(state, session, screen);
		case 'toggle-breakpoint':
			return toggleBreakpoint(state, session, screen);
		case 'watch':
			return watch(state, session, screen);
		case 'frame-up':
			return changeFrame(state, session, 1);
		case 'frame-down':
			return changeFrame(state, session, -1);
		case 'action-before':
			return toAction(state, session, -1);
		case 'action-after':
			return toAction(state, session, 1);
		case 'finding-before':
			return toFinding(state, session, -1);
		case 'finding-after':
			return toFinding(state, session, 1);
		case 'find':
			return prompt(state, 'find');
		case 'find-after':
			return findFrom(state, session, 1, screen);
		case 'find-before':
			return findFrom(state, session, -1, screen);
		case 'goto-prompt':
			return prompt(state, 'goto');
		case 'command-prompt':
			return prompt(state, 'command');
		case 'focus-after':
			return changeFocus(state, 1, screen);
		case 'focus-before':
			return changeFocus(state, -1, screen);
		case 'zoom':
			return withView(state, {zoomed: !state.view.zoomed});
		case 'devices':
			return overlay(state, 'devices');
		case 'exercise':
			return openLesson(state);
		case 'answer':
			return answerWith(state, session, focusedList(state, session, screen));
		case 'help':
			return overlay(state, 'help');
		case 'back':
			return back(state, session);
		case 'quit':
			return {...state, exit: 0};
		default:
			return state;
	}
}
