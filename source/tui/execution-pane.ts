import {hitsOf} from '../debugger/breakpoint-hits.ts';
import {countBelow} from '../debugger/call-index.ts';
import type {Breakpoint, Session} from '../debugger/session.ts';
import {executionIndexOf} from './execution-index.ts';
import {type ExecutionRow, executionRow} from './execution-row.ts';
import type {BreakAt, PaneInput, PaneList} from './pane-list.ts';
import {line, type Row, type Span, span} from './row.ts';
import {cutMiddle, widthOf} from './text-width.ts';
import type {Glyphs} from './theme.ts';

/** Columns for the breakpoint and the position. */
const gutter = 3;

function isHit({recording}: Session, breakpoint: Breakpoint, first: number, end: number): boolean {
	const hits = hitsOf(recording, breakpoint);
	return countBelow(hits, end) > countBelow(hits, first);
}

function gutterOf(session: Session, {first, end}: ExecutionRow, glyphs: Glyphs): readonly Span[] {
	const hit = session.breakpoints.filter((each) => isHit(session, each, first, end));
	const mark = hit.some(({enabled}) => enabled) ? glyphs.breakpoint : glyphs.disabledBreakpoint;
	const last = session.position - 1;
	return [
		span(hit.length > 0 ? mark : ' ', 'breakpoint'),
		span(first <= last && last < end ? glyphs.here : ' ', 'here'),
		span(' '),
	];
}

/** A call with as much of its arguments as fits, and at least its name. */
function cutArguments(text: string, width: number, ellipsis: string): string {
	const open = text.indexOf('(');
	if (open === -1 || widthOf(text) <= width || !/[^(]\)$/.test(text)) return text;
	const room = width - widthOf(text.slice(0, open)) - 2;
	const given = room < 4 ? ellipsis : cutMiddle(text.slice(open + 1, -1), room, ellipsis);
	return `${text.slice(0, open)}(${given})`;
}

/** Makes spans fit: cuts the arguments of a call, then all spans to the same width, in their middles. */
function fitted(spans: readonly Span[], width: number, ellipsis: string): readonly Span[] {
	const [first, ...rest] = spans;
	if (first === undefined) return spans;
	const others = rest.reduce((sum, {text}) => sum + widthOf(text), 0);
	const texts = [cutArguments(first.text, width - others, ellipsis), ...rest.map(({text}) => text)];
	const widths = texts.map(widthOf);
	const sum = (most: number) => widths.reduce((total, each) => total + Math.min(each, most), 0);
	let most = Math.max(...widths);
	while (most > 1 && sum(most) > width) most -= 1;
	return spans.map((each, index) => ({
		...each,
		text: cutMiddle(texts[index] ?? '', most, ellipsis),
	}));
}

/** Columns that a change of context has in any case. */
const leastChange = 10;

function indented(
	row: ExecutionRow,
	indent: number,
	left: readonly Span[],
	width: number,
	glyphs: Glyphs,
): Row {
	const room = width - gutter - indent;
	const blank = span(' '.repeat(indent));
	if (row.change === '') {
		return {spans: [...left, blank, ...fitted(row.spans, room, glyphs.ellipsis)]};
	}
	const used = row.spans.reduce((sum, {text}) => sum + widthOf(text), 0);
	const change = cutMiddle(row.change, Math.max(leastChange, room - used - 2), glyphs.ellipsis);
	const spans = fitted(row.spans, room - widthOf(change) - 2, glyphs.ellipsis);
	const free = room - spans.reduce((sum, {text}) => sum + widthOf(text), 0) - widthOf(change) - 1;
	return {
		spans: [...left, blank, ...spans, span(' '.repeat(Math.max(1, free))), span(change, 'dim')],
	};
}

function breakTargetOf({session}: PaneInput, row: number): BreakAt | null {
	const {recording} = session;
	if (recording.length === 0) return null;
	const event = recording.at(executionIndexOf(recording).firstOf(row));
	if (event.type === 'call') return {kind: 'function', name: event.fn};
	if ('name' in event) return {kind: 'node', name: event.name};
	return {kind: 'event', name: event.type};
}

/** From this width on there is room for indentation and for the names of devices. */
const roomy = 60;

/** The recording as an indented call tree: what has happened, the position, and dimmed what comes. */
export function executionPane(input: PaneInput, width: number): PaneList {
	const {session, end, glyphs} = input;
	const {recording, position} = session;
	const index = executionIndexOf(recording);
	const hidesFuture = end < recording.length;
	const source = {recording, position, end, glyphs, namesDevices: width >= roomy};
	const here = position === 0 ? 0 : index.rowOf(position - 1);
	const step = width < roomy ? 1 : 2;
	const depthHere = recording.length === 0 ? 0 : executionRow(source, here).depth;
	// Deep stacks would leave no room for text: then the tree is moved to the left as a whole, by blocks to stay calm.
	const block = 4 * step;
	const excess = Math.max(0, depthHere * step - Math.floor(width / (width < roomy ? 8 : 5)));
	const shift = Math.ceil(excess / block) * block;
	const told = hidesFuture ? (position === 0 ? 0 : here + 1) : index.length;
	return {
		title: 'execution',
		note: '',
		length: hidesFuture ? told + 1 : told,
		here,
		rowAt: (at, columns) => {
			if (at >= told) return line(`${' '.repeat(gutter)}${glyphs.ellipsis}`, 'dim');
			const row = executionRow(source, at);
			const indent = Math.min(Math.max(0, row.depth * step - shift), Math.floor((columns * 2) / 3));
			return indented(row, indent, gutterOf(session, row, glyphs), columns, glyphs);
		},
		targetAt: (at) =>
			at >= told ? null : {kind: 'position', position: Math.min(index.firstOf(at + 1), end)},
		breakAt: (at) => (at >= told ? null : breakTargetOf(input, at)),
	};
}
