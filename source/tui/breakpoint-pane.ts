import {conditionError} from '../debugger/breakpoint-hits.ts';
import {breakpointText, hitsText} from '../debugger/breakpoint-view.ts';
import type {Breakpoint} from '../debugger/session.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {type Row, rowOf, span} from './row.ts';
import {column, widthOf} from './text-width.ts';

function breakpointRow(
	{session, end, glyphs}: PaneInput,
	breakpoint: Breakpoint,
	width: number,
): Row {
	const {id, enabled, once, commands} = breakpoint;
	const wrong = conditionError(session.recording, breakpoint);
	const count = wrong === null ? ` ×${hitsText(session, breakpoint, end)}` : ` ${wrong}`;
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
export function breakpointPane(input: PaneInput): PaneList {
	const {breakpoints, stop} = input.session;
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
			return breakpointRow(input, breakpoint, width);
		},
		targetAt: (index) => {
			const id = breakpoints[index]?.id;
			return id === undefined ? null : {kind: 'breakpoint', id};
		},
	};
}
