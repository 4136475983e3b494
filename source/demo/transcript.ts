import {describeHere, describeReason} from '../debugger/stop-view.ts';
import {wrapText} from '../recording/wrap-text.ts';
import {overlayList} from '../tui/overlay.ts';
import {inputOf} from '../tui/panes.ts';
import {textOfRow} from '../tui/row.ts';
import type {Screen} from '../tui/screen.ts';
import {widthOf} from '../tui/text-width.ts';
import type {ScreenState} from '../tui/view-state.ts';
import type {DemoScene} from './perform.ts';

const indent = '  ';

/** What lies over the panes, as text. */
function overlayLines({session, view}: ScreenState, {columns, theme}: Screen): readonly string[] {
	if (session === null || view.overlay === null) return [];
	const width = columns - indent.length;
	const list = overlayList(view.overlay, inputOf(session, view, theme.glyphs), width);
	const rows = Array.from({length: list.length}, (_, index) => textOfRow(list.rowAt(index, width)));
	return [list.title, ...rows.map((row) => row.trimEnd())];
}

/** What a step changed: where it moved, what it answered. */
function answerLines(
	before: ScreenState | null,
	{session, view, ...after}: ScreenState,
	screen: Screen,
): readonly string[] {
	if (session === null) return [];
	const {position, recording} = session;
	const isMoved = before?.session?.position !== position || before.session.recording !== recording;
	const isNew = view.overlay !== null && view.overlay !== before?.view.overlay;
	return [
		...(isMoved ? [describeReason(session), describeHere(session)] : []),
		...(view.message === null ? [] : [view.message]),
		...(isNew ? overlayLines({session, view, ...after}, screen) : []),
	];
}

/** A demo as text: its captions, what is done and what comes of it. */
export function* transcriptLines(
	title: string,
	scenes: Iterable<DemoScene>,
	screen: Screen,
): Generator<string, void> {
	yield title;
	let before: ScreenState | null = null;
	for (const {state, isStop, isLast} of scenes) {
		if (!isStop && !isLast) continue;
		const {caption = null} = state;
		if (caption !== null && caption.number !== (before?.caption?.number ?? 0)) {
			yield '';
			yield* wrapText(caption.text, screen.columns, widthOf);
		} else if (isStop) {
			if (caption?.doing != null) yield `${indent}> ${caption.doing}`;
			for (const line of answerLines(before, state, screen)) yield `${indent}${line}`;
		}
		before = state;
	}
}
