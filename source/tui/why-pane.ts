import type {Session} from '../debugger/session.ts';
import {why} from '../debugger/why.ts';
import {eventNumber, type WhyAnswer, type WhyStep} from '../debugger/why-answer.ts';
import type {WhyQuestion} from '../debugger/why-question.ts';
import {wrapped} from './chooser.ts';
import type {PaneInput, PaneList} from './pane-list.ts';
import {type Row, rowOf, span, textOfRow} from './row.ts';

/** Links of a value's history that are told at once. */
const shownLinks = 12;

/** Columns before the text of a step. */
const indent = 16;

/** A row of a step, and the event that Enter leads to. */
type WhyRow = {readonly row: Row; readonly seq: number | null};

/** A step over as many rows as it needs, its event before the first. */
function rowsOf({seq, text, inferred}: WhyStep, width: number): readonly WhyRow[] {
	const label = seq === null ? 'not recorded' : eventNumber(seq);
	const marked = inferred ? `${text} (inferred)` : text;
	const lines = wrapped(marked, Math.max(20, width - indent - 1)).map(textOfRow);
	return lines.map((line, place) => ({
		seq,
		row: rowOf(
			span(` ${(place === 0 ? label : '').padEnd(indent - 2)}`, seq === null ? 'dim' : 'key'),
			span(line, inferred || seq === null ? 'dim' : 'plain'),
		),
	}));
}

const answers = new WeakMap<WhyQuestion, {readonly session: Session; readonly answer: WhyAnswer}>();

/** Drawing and every key ask for the same answer: it is made once for a question at a stop. */
function answerTo(session: Session, question: WhyQuestion): WhyAnswer {
	const known = answers.get(question);
	if (known?.session === session) return known.answer;
	const answer = why(session.recording, session.position, question, shownLinks);
	answers.set(question, {session, answer});
	return answer;
}

/** Why something is so at the position, one step below the other. Enter jumps to the event of a step. */
export function whyList({session}: PaneInput, question: WhyQuestion, width: number): PaneList {
	const answer = answerTo(session, question);
	const rows = answer.steps.flatMap((step) => rowsOf(step, width));
	return {
		title: answer.question,
		note: 'Enter jumps there, Esc closes',
		length: rows.length,
		here: 0,
		rowAt: (index) => rows[index]?.row ?? rowOf(),
		targetAt: (index) => {
			const seq = rows[index]?.seq ?? null;
			return seq === null ? null : {kind: 'position', position: seq + 1};
		},
	};
}
