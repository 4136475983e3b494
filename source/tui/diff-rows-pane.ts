import {
	type AlignedPhase,
	type AlignedRow,
	type ComparedRow,
	deviceName,
	type PhaseGap,
	phaseName,
	rowAt,
	rowText,
	type Side,
	type Verdict,
} from '../diff/comparison.ts';
import {type DiffLine, diffIndexOf, lineAt, lineOf} from './diff-index.ts';
import type {DiffState} from './diff-state.ts';
import type {PaneList} from './pane-list.ts';
import {emptyRow, line, type Row, rowOf, type Style, span} from './row.ts';
import {column, cutEnd} from './text-width.ts';
import type {Glyphs} from './theme.ts';

const styles: {readonly [verdict in Verdict]: Style} = {
	equal: 'plain',
	changed: 'changed',
	'only-a': 'removed',
	'only-b': 'added',
	unknown: 'dim',
};

function markOf(verdict: Verdict, glyphs: Glyphs): string {
	switch (verdict) {
		case 'equal':
			return glyphs.equal;
		case 'changed':
			return glyphs.unequal;
		case 'only-a':
			return glyphs.onlyLeft;
		case 'only-b':
			return glyphs.onlyRight;
		case 'unknown':
			return glyphs.untold;
	}
}

/** Two texts beside each other, with a mark between them. */
function beside(
	left: string,
	mark: string,
	right: string,
	style: Style,
	width: number,
	glyphs: Glyphs,
) {
	const half = Math.floor((width - 3) / 2);
	const cut = cutEnd(left, half, glyphs.ellipsis);
	return [
		span(column(cut, half, ''), style),
		span(` ${mark} `, mark === glyphs.equal ? 'dim' : style === 'plain' ? 'dim' : style),
		span(cutEnd(right, width - half - 3, glyphs.ellipsis), style),
	];
}

/** As in the panes of one recording, bytes have no unit: two rows share a line. */
function textOf(row: ComparedRow | null): string {
	return row === null
		? ''
		: rowText(row)
				.replace(/ bytes\)$/, ')')
				.replace(/^write /, '');
}

function comparedRow(row: AlignedRow, isHere: boolean, width: number, glyphs: Glyphs): Row {
	const style = isHere && row.verdict === 'equal' ? 'strong' : styles[row.verdict];
	return rowOf(
		span(isHere ? `${glyphs.here} ` : '  ', 'here'),
		...beside(textOf(row.a), markOf(row.verdict, glyphs), textOf(row.b), style, width - 2, glyphs),
	);
}

const gaps: {readonly [gap in PhaseGap]: string} = {
	before: 'had not begun',
	after: 'had ended',
	lost: 'lost events here',
};

/** What a side of a phase's heading says: the action, or why there is nothing. */
function headingOf(phase: AlignedPhase, side: Side): string {
	const place = phase[side];
	if (place !== null) return place.action ?? '';
	return phase.gap === null ? 'nothing' : gaps[phase.gap];
}

function phaseRow(phase: AlignedPhase, width: number, glyphs: Glyphs): Row {
	const left = `${phaseName(phase)}  ${headingOf(phase, 'a')}`;
	return rowOf(...beside(` ${left}`, ' ', headingOf(phase, 'b'), 'title', width, glyphs));
}

/** The aligned rows of two recordings, by device and phase. */
export function diffRowsPane(state: DiffState, glyphs: Glyphs): PaneList {
	const {comparison, at} = state;
	const index = diffIndexOf(comparison);
	const rowOfLine = (found: DiffLine, width: number): Row => {
		switch (found.kind) {
			case 'device': {
				const device = comparison.devices[found.device];
				return line(device === undefined ? '' : deviceName(device), 'action');
			}
			case 'phase': {
				const phase = comparison.devices[found.device]?.phases[found.phase];
				return phase === undefined ? emptyRow : phaseRow(phase, width, glyphs);
			}
			case 'row': {
				const isHere = found.ordinal === at;
				return comparedRow(rowAt(comparison, found.place), isHere, width, glyphs);
			}
		}
	};
	const {compared, different} = comparison.counts;
	return {
		title: 'A and B',
		note: `${different} of ${compared} different`,
		length: index.lines,
		here: lineOf(index, at),
		empty: 'nothing is compared',
		rowAt: (number, width) => {
			const found = lineAt(index, number);
			return found === null ? emptyRow : rowOfLine(found, width);
		},
		targetAt: () => null,
	};
}
