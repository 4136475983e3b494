import type {Session} from '../../source/debugger/session.ts';
import type {PaneId} from '../../source/tui/layout.ts';
import {rowsInSight} from '../../source/tui/pane-list.ts';
import {inputOf, listOf} from '../../source/tui/panes.ts';
import {textOfRow} from '../../source/tui/row.ts';
import {createTheme} from '../../source/tui/theme.ts';
import {initialView, type ViewState} from '../../source/tui/view-state.ts';

/** The rows of a pane as they read, without the blanks behind and the empty rows below. */
export function paneText(
	pane: PaneId,
	session: Session,
	{
		width = 60,
		height = 30,
		view = {},
	}: {width?: number; height?: number; view?: Partial<ViewState>} = {},
): string {
	const {glyphs} = createTheme({color: false, ascii: false});
	const list = listOf(pane, inputOf(session, {...initialView, ...view}, glyphs), width);
	const rows = rowsInSight(list, null, width, height).map((row) => textOfRow(row).trimEnd());
	return [`== ${list.title} | ${list.note}`, ...rows].join('\n').trimEnd();
}
