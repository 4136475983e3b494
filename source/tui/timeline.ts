import {hitsOf} from '../debugger/breakpoint-hits.ts';
import {lastBelow} from '../debugger/call-index.ts';
import type {Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import {addsDuringRelease} from './execution-index.ts';
import {emptyRow, type Row, type Span, type Style, span} from './row.ts';
import {cutEnd, widthOf} from './text-width.ts';
import type {Glyphs} from './theme.ts';

type Density = {readonly width: number; readonly counts: Uint32Array; readonly most: number};

const densities = new WeakMap<Recording, Density>();

/** How many nodes are added and released in each cell; kept for the width that was asked for last. */
function densityOf(recording: Recording, width: number): Density {
	const known = densities.get(recording);
	if (known?.width === width) return known;
	const counts = new Uint32Array(width);
	for (const type of ['devres-add', 'devres-release', 'devres-remove'] as const) {
		for (const seq of recording.ofType(type)) {
			const cell = cellOf(seq, recording.length, width);
			counts[cell] = (counts[cell] ?? 0) + 1;
		}
	}
	const density = {width, counts, most: counts.reduce((a, b) => Math.max(a, b), 0)};
	densities.set(recording, density);
	return density;
}

function cellOf(seq: number, length: number, width: number): number {
	return Math.min(width - 1, Math.floor((seq * width) / Math.max(1, length)));
}

/** The action that a position is in, as the ordinal of its event; null before the first. */
export function actionAt(recording: Recording, position: number): number | null {
	const seq = lastBelow(recording.ofType('action'), position);
	return seq === -1 ? null : seq;
}

export function actionText(recording: Recording, seq: number): string {
	const event = recording.at(seq);
	return event.type === 'action' ? event.text : '';
}

type Cell = {text: string; style: Style};

/** Joins neighbours of one look: fewer control sequences. */
function joined(cells: readonly Cell[]): readonly Span[] {
	const spans: Span[] = [];
	for (const {text, style} of cells) {
		const last = spans.at(-1);
		if (last?.style === style) spans[spans.length - 1] = span(last.text + text, style);
		else spans.push(span(text, style));
	}
	return spans;
}

function levels({counts, most}: Density, glyphs: Glyphs): readonly string[] {
	const highest = glyphs.density.length - 1;
	// A single event in a cell is little, even where no cell has more.
	const full = Math.max(most, highest);
	return Array.from(counts, (count) => {
		if (count === 0) return ' ';
		return glyphs.density[Math.round(Math.sqrt(count / full) * highest)] ?? ' ';
	});
}

function densityRow(session: Session, width: number, boundaries: boolean, glyphs: Glyphs): Row {
	const {recording, position} = session;
	const cell = (seq: number) => cellOf(seq, recording.length, width);
	const here = cell(Math.max(0, position - 1));
	const cells = levels(densityOf(recording, width), glyphs).map(
		(text, index): Cell => ({
			text,
			style: index <= here && position > 0 ? 'moved' : 'border',
		}),
	);
	const mark = (seq: number, text: string, style: Style) => {
		cells[cell(seq)] = {text, style};
	};
	if (boundaries) {
		for (const seq of recording.ofType('action')) mark(seq, glyphs.vertical, 'dim');
	}
	for (const breakpoint of session.breakpoints) {
		if (!breakpoint.enabled) continue;
		for (const seq of hitsOf(recording, breakpoint)) mark(seq, glyphs.breakpoint, 'breakpoint');
	}
	for (const seq of addsDuringRelease(recording)) mark(seq, glyphs.warning, 'error');
	cells[here] = {text: glyphs.timelineHere, style: 'here'};
	return {spans: [span(' '), ...joined(cells)]};
}

function actionRow({recording, position}: Session, width: number, glyphs: Glyphs): Row {
	const actions = recording.ofType('action');
	const current = actionAt(recording, position);
	const spans: Span[] = [span(' ')];
	let column = 0;
	actions.forEach((seq, index) => {
		const start = Math.max(column, cellOf(seq, recording.length, width));
		const next = actions[index + 1];
		const end = next === undefined ? width : cellOf(next, recording.length, width);
		if (end - start < 2) return;
		const text = cutEnd(glyphs.vertical + actionText(recording, seq), end - start, glyphs.ellipsis);
		spans.push(span(' '.repeat(start - column)), span(text, seq === current ? 'strong' : 'dim'));
		column = start + widthOf(text);
	});
	return {spans};
}

/** The whole recording as a strip: how much was added and released when, what stands out, and the position. */
export function timelineRows(
	session: Session,
	columns: number,
	rows: number,
	glyphs: Glyphs,
): readonly Row[] {
	const width = Math.max(1, columns - 2);
	if (session.recording.length === 0) return Array.from({length: rows}, () => emptyRow);
	if (rows === 1) return [densityRow(session, width, true, glyphs)];
	return [actionRow(session, width, glyphs), densityRow(session, width, false, glyphs)];
}
