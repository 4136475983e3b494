import type {Session} from '../debugger/session.ts';
import {captionRows, screenBeside} from './caption.ts';
import {aboutHeight, chooserList, chooserNote, wrapped} from './chooser.ts';
import {type DrawnPane, drawPanes, tabsOf} from './frame.ts';
import {paneNumbers} from './keymap.ts';
import {focusIn, frontOf, type Layout, layoutOf, type Slot} from './layout.ts';
import {drawnLesson, lessonKeys} from './lesson.ts';
import {hiddenBy, type Lesson} from './lesson-view.ts';
import {overlayList} from './overlay.ts';
import {type PaneInput, type PaneList, rowsInSight, windowStart} from './pane-list.ts';
import {inputOf, listOf} from './panes.ts';
import {emptyRow, line, type Row} from './row.ts';
import type {Screen} from './screen.ts';
import {searchText} from './searching.ts';
import {showKeysRow} from './show.ts';
import {headerRow, keysRow, promptRow, reasonRow} from './status-rows.ts';
import {timelineRows} from './timeline.ts';
import type {Chooser, Overlay, ScreenState, ViewState} from './view-state.ts';

/** The only column of a layout that gives one thing all the room. */
function onlyColumn(columns: number, height: number): Layout {
	const slot: Slot = {panes: ['execution'], height: height - 2};
	return {size: 'small', timeline: 0, columns: [{width: columns - 2, slots: [slot]}]};
}

function drawnList(
	list: PaneList,
	selection: number | null,
	focused: boolean,
	width: number,
	height: number,
): DrawnPane {
	const rows = rowsInSight(list, selection, width, height);
	return {title: list.title, note: list.note, focused, tabs: '', rows};
}

function paneDrawer(view: ViewState, input: PaneInput, layout: Layout) {
	return (slot: Slot): DrawnPane => {
		const pane = frontOf(slot, view.recent);
		const column = layout.columns.find(({slots}) => slots.includes(slot));
		const width = column?.width ?? 0;
		const list = listOf(pane, input, width);
		const selected = view.selection[pane];
		const selection = selected === undefined ? null : Math.min(selected, list.length - 1);
		const focused = view.focus === pane;
		const drawn = drawnList(list, selection, focused, width, slot.height);
		return {...drawn, tabs: tabsOf(slot, pane, paneNumbers)};
	};
}

/** The list with what is out of sight below counted in its note. */
function withMore(list: PaneList, selection: number | null, height: number): PaneList {
	const start = windowStart(selection ?? list.here, list.length, height);
	const below = list.length - start - height;
	if (below <= 0) return list;
	const more = `Down: ${below} more`;
	return {...list, note: list.note === '' ? more : `${more}, ${list.note}`};
}

/** What lies over the panes has their whole place, so that nothing shows through. */
function drawOverlay(
	overlay: Overlay,
	input: PaneInput,
	height: number,
	screen: Screen,
): readonly string[] {
	const width = screen.columns - 2;
	const list = overlayList(overlay, input, width);
	const selected =
		list.length === 0 ? null : Math.min(overlay.selected ?? list.here, list.length - 1);
	const pane =
		overlay.kind === 'lesson' && input.lesson !== null
			? drawnLesson(input.lesson, overlay.selected, screen)
			: drawnList(withMore(list, selected, height - 2), selected, true, width, height - 2);
	return drawPanes(onlyColumn(screen.columns, height), () => pane, screen.theme);
}

function drawMiddle(
	session: Session,
	given: ViewState,
	lesson: Lesson | null,
	screen: Screen,
): readonly string[] {
	const whole = layoutOf(screen.columns, screen.rows);
	const view = {...given, focus: focusIn(whole, given.recent, given.focus)};
	const layout = view.zoomed ? layoutOf(screen.columns, screen.rows, view.focus) : whole;
	const input = inputOf(session, view, screen.theme.glyphs, lesson);
	if (view.overlay === null) {
		return drawPanes(layout, paneDrawer(view, input, layout), screen.theme);
	}
	return drawOverlay(view.overlay, input, screen.rows - 3 - layout.timeline, screen);
}

/** The keys that mean something now, or what is being typed. */
function lastRow(session: Session, view: ViewState, lesson: Lesson | null, columns: number): Row {
	if (view.prompt !== null) return promptRow(view.prompt, session.block !== null, columns);
	return view.overlay?.kind === 'lesson' && lesson !== null
		? lessonKeys(lesson, columns)
		: keysRow(columns);
}

function drawSession(
	title: string,
	session: Session,
	state: ScreenState,
	screen: Screen,
): readonly string[] {
	const {view, playing = null, lesson = null} = state;
	const {columns, rows, theme} = screen;
	const {timeline} = layoutOf(columns, rows);
	const hides = hiddenBy(lesson);
	const keys =
		playing === null ? lastRow(session, view, lesson, columns) : showKeysRow(playing, theme.glyphs);
	const below: readonly Row[] = [
		...timelineRows(session, columns, timeline, theme.glyphs, hides),
		reasonRow(
			session,
			searchText(state, theme.glyphs.ellipsis) ?? view.message,
			columns,
			theme.glyphs,
			hides,
		),
		keys,
	];
	const paint = (row: Row) => theme.paintRow(row, columns);
	return [
		paint(headerRow(title, session, columns, theme.glyphs, hides)),
		...drawMiddle(session, view, lesson, screen),
		...below.map(paint),
	];
}

function drawChooser(chooser: Chooser, screen: Screen): readonly string[] {
	const {columns, rows, theme} = screen;
	const width = columns - 2;
	const textHeight = aboutHeight(chooser, width - 2, rows - 2);
	const listHeight = rows - 2 - textHeight - 3;
	const list = {...chooserList(chooser), note: chooserNote(chooser, listHeight)};
	const slots: readonly Slot[] = [
		{panes: ['execution'], height: listHeight},
		{panes: ['story'], height: textHeight},
	];
	const entry = chooser.entries[chooser.selected];
	const text = chooser.errors.length > 0 ? chooser.errors.join('\n') : (entry?.about ?? '');
	const whole = wrapped(text, width - 2);
	const more = line(` ${theme.glyphs.ellipsis}`, 'dim');
	const about = whole.length > textHeight ? [...whole.slice(0, textHeight - 1), more] : whole;
	const panes: ReadonlyMap<Slot | undefined, DrawnPane> = new Map([
		[slots[0], drawnList(list, chooser.selected, true, width, listHeight)],
		[
			slots[1],
			{
				title: chooser.errors.length > 0 ? 'could not be opened' : 'about',
				note: '',
				focused: false,
				tabs: '',
				rows: Array.from({length: textHeight}, (_, index) => about[index] ?? emptyRow),
			},
		],
	]);
	const layout: Layout = {size: 'small', timeline: 0, columns: [{width, slots}]};
	const nothing: DrawnPane = {title: '', note: '', focused: false, tabs: '', rows: []};
	const status = chooser.opening === null ? ' Up Down choose   Enter open   q quit' : ' opening …';
	return [
		theme.paintRow(line(` devresdbg: ${chooser.heading ?? 'open a recording'}`, 'title'), columns),
		...drawPanes(layout, (slot) => panes.get(slot) ?? nothing, theme),
		theme.paintRow(line(status, 'dim'), columns),
	];
}

/** One line where there is no room for panes. */
function drawTooSmall({columns, rows, theme}: Screen): readonly string[] {
	const text = `needs 60x16, not ${columns}x${rows}: devresdbg`;
	const message = theme.paintRow(line(text), columns);
	return Array.from({length: rows}, (_, y) => (y === 0 ? message : ' '.repeat(columns)));
}

/** The whole screen: exactly `rows` painted lines, each exactly `columns` wide. */
export function drawScreen(state: ScreenState, whole: Screen): readonly string[] {
	const {caption = null} = state;
	const screen = screenBeside(caption, whole);
	const lines = drawBesideCaption(state, screen);
	if (caption === null || screen === whole) return lines;
	const {columns, theme} = whole;
	return [...lines, ...captionRows(caption, whole).map((row) => theme.paintRow(row, columns))];
}

function drawBesideCaption(state: ScreenState, screen: Screen): readonly string[] {
	if (layoutOf(screen.columns, screen.rows).size === 'none') return drawTooSmall(screen);
	if (state.session !== null) {
		const title = state.isLive === true ? `${state.title} (live)` : state.title;
		return drawSession(title, state.session, state, screen);
	}
	if (state.chooser !== null) return drawChooser(state.chooser, screen);
	return drawTooSmall(screen);
}
