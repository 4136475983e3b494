import {countedHitsOf} from '../debugger/breakpoint-hits.ts';
import {lastBelow} from '../debugger/call-index.ts';
import {loggedOperations} from '../debugger/node-index.ts';
import type {Session} from '../debugger/session.ts';
import {type Finding, severities} from '../findings/finding.ts';
import type {Recording} from '../recording/recording.ts';
import {drawnFindings, severityStyles} from './finding-marks.ts';
import {type Hidden, nothingHidden, toldEnd} from './lesson-view.ts';
import {emptyRow, type Row, type Span, type Style, span} from './row.ts';
import {cutEnd, widthOf} from './text-width.ts';
import type {Glyphs} from './theme.ts';

function cellOf(seq: number, length: number, width: number): number {
	return Math.min(width - 1, Math.floor((seq * width) / Math.max(1, length)));
}

/** The action that a position is in, as the ordinal of its event; null before the first. */
export function actionAt(recording: Recording, position: number): number | null {
	const seq = lastBelow(recording.ofType('action'), position);
	return seq === -1 ? null : seq;
}

/** The words of an action; empty for an event that is none. */
export function actionText(recording: Recording, seq: number): string {
	const event = recording.at(seq);
	return event.type === 'action' ? event.text : '';
}

/** Joins neighbours of one look: fewer control sequences. */
function joined(cells: readonly Span[]): readonly Span[] {
	const spans: Span[] = [];
	for (const {text, style} of cells) {
		const last = spans.at(-1);
		if (last?.style === style) spans[spans.length - 1] = span(last.text + text, style);
		else spans.push(span(text, style));
	}
	return spans;
}

/** What stands in the cells wherever the position is; `mark` is null where it only tells how much happens. */
type Strip = {
	readonly key: readonly unknown[];
	readonly cells: readonly {readonly text: string; readonly mark: Style | null}[];
};

const strips = new WeakMap<Recording, Strip>();

/** How many nodes are added and released in each cell, as glyphs. */
function levels(recording: Recording, width: number, glyphs: Glyphs): readonly string[] {
	const counts = new Uint32Array(width);
	for (const seq of loggedOperations(recording)) {
		const cell = cellOf(seq, recording.length, width);
		counts[cell] = (counts[cell] ?? 0) + 1;
	}
	const highest = glyphs.density.length - 1;
	// A single event in a cell is little, even where no cell has more.
	const full = counts.reduce((a, b) => Math.max(a, b), highest);
	return Array.from(counts, (count) => {
		if (count === 0) return ' ';
		return glyphs.density[Math.round(Math.sqrt(count / full) * highest)] ?? ' ';
	});
}

function makeStrip(
	session: Session,
	findings: readonly Finding[],
	width: number,
	boundaries: boolean,
	glyphs: Glyphs,
) {
	const {recording} = session;
	const cells: {text: string; mark: Style | null}[] = levels(recording, width, glyphs).map(
		(text) => ({text, mark: null}),
	);
	const mark = (seqs: readonly number[], text: string, style: Style) => {
		for (const seq of seqs) cells[cellOf(seq, recording.length, width)] = {text, mark: style};
	};
	if (boundaries) mark(recording.ofType('action'), glyphs.vertical, 'dim');
	for (const breakpoint of session.breakpoints) {
		if (!breakpoint.enabled) continue;
		mark(countedHitsOf(recording, breakpoint), glyphs.breakpoint, 'breakpoint');
	}
	// The worst of a cell is seen.
	for (const severity of severities.toReversed()) {
		const seqs = findings.filter((each) => each.severity === severity).map(({event}) => event);
		mark(seqs, glyphs.warning, severityStyles[severity]);
	}
	const marked = session.marks.map(({position}) => Math.max(0, position - 1));
	mark(marked, glyphs.bookmark, 'strong');
	return cells;
}

/** The strip is kept until something it shows changes: it takes a pass over the recording. */
function stripOf(
	session: Session,
	findings: readonly Finding[],
	width: number,
	boundaries: boolean,
	glyphs: Glyphs,
): Strip {
	const key = [width, boundaries, session.breakpoints, session.marks, findings, glyphs];
	const known = strips.get(session.recording);
	if (known?.key.every((part, index) => part === key[index])) return known;
	const strip = {key, cells: makeStrip(session, findings, width, boundaries, glyphs)};
	strips.set(session.recording, strip);
	return strip;
}

function densityRow(
	session: Session,
	hides: Hidden,
	width: number,
	boundaries: boolean,
	glyphs: Glyphs,
): Row {
	const findings = drawnFindings(session.recording, hides);
	const {recording, position} = session;
	const here = cellOf(Math.max(0, position - 1), recording.length, width);
	const {cells} = stripOf(session, findings, width, boundaries, glyphs);
	const drawn = cells.map(({text, mark}, index): Span => {
		if (index === here) return span(glyphs.timelineHere, 'here');
		if (hides.future && index > here) return span(' ');
		return span(text, mark ?? (index < here ? 'moved' : 'border'));
	});
	return {spans: [span(' '), ...joined(drawn)]};
}

type Label = {readonly seq: number; readonly start: number; readonly text: string};

const labelsByRecording = new WeakMap<
	Recording,
	{readonly width: number; readonly labels: readonly Label[]}
>();

/** Names of the actions that have room, where they begin. */
function labelsOf(recording: Recording, width: number, glyphs: Glyphs): readonly Label[] {
	const known = labelsByRecording.get(recording);
	if (known?.width === width) return known.labels;
	const actions = recording.ofType('action');
	const labels: Label[] = [];
	let column = 0;
	actions.forEach((seq, index) => {
		const start = Math.max(column, cellOf(seq, recording.length, width));
		const next = actions[index + 1];
		const end = next === undefined ? width : cellOf(next, recording.length, width);
		if (end - start < 2) return;
		const text = cutEnd(glyphs.vertical + actionText(recording, seq), end - start, glyphs.ellipsis);
		labels.push({seq, start, text});
		column = start + widthOf(text);
	});
	labelsByRecording.set(recording, {width, labels});
	return labels;
}

function actionRow(session: Session, hides: Hidden, width: number, glyphs: Glyphs): Row {
	const {recording, position} = session;
	const end = toldEnd(session, hides);
	const current = actionAt(recording, position);
	const spans: Span[] = [span(' ')];
	let column = 0;
	for (const {seq, start, text} of labelsOf(recording, width, glyphs)) {
		if (seq >= end) break;
		spans.push(span(' '.repeat(start - column)), span(text, seq === current ? 'strong' : 'dim'));
		column = start + widthOf(text);
	}
	return {spans};
}

/** The whole recording as a strip: how much was added and released when, what stands out, and the position. */
export function timelineRows(
	session: Session,
	columns: number,
	rows: number,
	glyphs: Glyphs,
	hides: Hidden = nothingHidden,
): readonly Row[] {
	const width = Math.max(1, columns - 2);
	if (session.recording.length === 0) return Array.from({length: rows}, () => emptyRow);
	if (rows === 1) return [densityRow(session, hides, width, true, glyphs)];
	return [
		actionRow(session, hides, width, glyphs),
		densityRow(session, hides, width, false, glyphs),
	];
}
