import type {Finding} from '../findings/finding.ts';
import {findingsOf} from '../findings/findings.ts';
import {describe} from '../recording/describe.ts';
import {wrapText} from '../recording/wrap-text.ts';
import {
	areFindingsPending,
	drawnFindings,
	severityLetters,
	severityStyles,
} from './finding-marks.ts';
import {findingsHidden, hiddenBy} from './lesson-view.ts';
import {nodeNamer} from './node-names.ts';
import type {PaneInput, PaneList, Target} from './pane-list.ts';
import {emptyRow, line, type Row, rowOf, span} from './row.ts';
import {cutEnd, widthOf} from './text-width.ts';

function findingRow({session, glyphs}: PaneInput, finding: Finding, width: number): Row {
	const {position, recording} = session;
	const isHere = finding.event === position - 1;
	const style = severityStyles[finding.severity];
	const number = `${finding.event + 1}`.padStart(`${recording.length}`.length);
	const start = `${severityLetters[finding.severity]} ${number} `;
	const rest = width - widthOf(start) - widthOf(finding.rule) - 3;
	return rowOf(
		span(isHere ? glyphs.here : ' ', 'here'),
		span(start, style),
		span(finding.rule, isHere ? 'strong' : 'plain'),
		span(rest < 8 ? '' : `  ${cutEnd(finding.message, rest, glyphs.ellipsis)}`, 'dim'),
	);
}

/** What is wrong in the recording. Enter shows one with its proof. */
export function findingPane(input: PaneInput): PaneList {
	const {recording, position} = input.session;
	const hides = hiddenBy(input.lesson);
	const findings = drawnFindings(recording, hides);
	const pending = areFindingsPending(recording);
	const none = pending ? 'looking for findings …' : 'nothing is wrong as far as the rules see';
	return {
		title: 'findings',
		note: findings.length === 0 ? '' : `${findings.length}`,
		length: findings.length,
		here: Math.max(
			0,
			findings.findLastIndex(({event}) => event < position),
		),
		empty: hides.findings ? findingsHidden : none,
		rowAt: (index, width) => {
			const finding = findings[index];
			return finding === undefined ? rowOf() : findingRow(input, finding, width);
		},
		targetAt: (index) => (findings[index] === undefined ? null : {kind: 'finding', index}),
	};
}

/** A row of the explanation, and where Enter leads from it. */
type Line = {readonly row: Row; readonly target: Target | null};

/** Widest text that is pleasant to read. */
const readable = 100;

function linesOf(input: PaneInput, finding: Finding, width: number): readonly Line[] {
	const {recording, position} = input.session;
	const room = Math.min(width - 4, readable);
	const text = (words: string, style: 'plain' | 'strong' | 'dim'): Line[] =>
		wrapText(words, room, widthOf).map((each) => ({row: line(`  ${each}`, style), target: null}));
	const heading = (words: string): Line => ({row: line(` ${words}`, 'title'), target: null});
	const blank: Line = {row: emptyRow, target: null};
	const number = (seq: number) => `${seq + 1}`.padStart(`${recording.length}`.length);
	const proof = finding.evidence.map(({seq, text: shows}): Line => {
		const isHere = seq === position - 1;
		return {
			row: rowOf(
				span(isHere ? `${input.glyphs.here} ` : '  ', 'here'),
				span(`${number(seq)}  `, 'dim'),
				span(describe(recording.at(seq), nodeNamer(recording)), isHere ? 'strong' : 'plain'),
				span(`  ${input.glyphs.calledBy} ${shows}`, 'dim'),
			),
			target: {kind: 'position', position: seq + 1},
		};
	});
	return [
		...text(finding.message, 'strong'),
		blank,
		heading('Proof: Enter jumps there'),
		...proof,
		blank,
		heading('Why it matters'),
		...text(finding.explanation, 'plain'),
		...(finding.fixed === null ? [] : [blank, heading('Fixed'), ...text(finding.fixed, 'plain')]),
	];
}

/** One finding: what it is, the events that prove it, why it matters, where it was fixed. */
export function findingList(input: PaneInput, index: number, width: number): PaneList {
	const finding = findingsOf(input.session.recording)[index];
	const lines = finding === undefined ? [] : linesOf(input, finding, width);
	const device = finding?.device ?? '';
	return {
		title: finding === undefined ? 'finding' : `${finding.severity}: ${finding.rule}`,
		note: device,
		length: lines.length,
		here: Math.max(
			0,
			lines.findIndex(({target}) => target !== null),
		),
		rowAt: (row) => lines[row]?.row ?? emptyRow,
		targetAt: (row) => lines[row]?.target ?? null,
	};
}
