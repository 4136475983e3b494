import {conditionError, hitCount, hitsOf} from '../debugger/breakpoint-hits.ts';
import {breakpointText} from '../debugger/breakpoint-view.ts';
import type {Breakpoint, Session} from '../debugger/session.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {type Row, rowOf, span} from './row.ts';
import {column, widthOf} from './text-width.ts';
import type {Glyphs} from './theme.ts';

function breakpointRow(
	session: Session,
	breakpoint: Breakpoint,
	width: number,
	glyphs: Glyphs,
): Row {
	const {id, enabled, once, commands} = breakpoint;
	const hits = hitsOf(session.recording, breakpoint).length;
	const wrong = conditionError(session.recording, breakpoint);
	const count = wrong === null ? ` ×${hitCount(session, breakpoint)} of ${hits}` : ` ${wrong}`;
	const told = breakpointText(breakpoint).replace(/^function /, '');
	const more = `${once ? ' once' : ''}${commands.length > 0 ? ' runs commands' : ''}`;
	const style = enabled ? 'plain' : 'dim';
	const isHere = session.stop.kind === 'breakpoint' && session.stop.ids.includes(id);
	const text = `${id} ${told}${more}`;
	return rowOf(
		span(`${enabled ? glyphs.breakpoint : glyphs.disabledBreakpoint} `, 'breakpoint'),
		span(column(text, width - 2 - widthOf(count), glyphs.ellipsis), isHere ? 'strong' : style),
		span(count, style),
	);
}

/** All breakpoints and how often each was hit up to the position. Enter leads to the next hit. */
export function breakpointPane({session, glyphs}: PaneInput): PaneList {
	const {breakpoints, stop} = session;
	const ids = stop.kind === 'breakpoint' ? stop.ids : [];
	return {
		title: 'breakpoints',
		note: breakpoints.length === 0 ? '' : `${breakpoints.length}`,
		length: breakpoints.length,
		here: Math.max(
			0,
			breakpoints.findIndex(({id}) => ids.includes(id)),
		),
		empty: 'none: b sets one at the selected row',
		rowAt: (index, width) => {
			const breakpoint = breakpoints[index];
			if (breakpoint === undefined) return rowOf();
			return breakpointRow(session, breakpoint, width, glyphs);
		},
		targetAt: (index) => {
			const id = breakpoints[index]?.id;
			return id === undefined ? null : {kind: 'breakpoint', id};
		},
	};
}
