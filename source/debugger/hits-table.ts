import {describe} from '../recording/describe.ts';
import {changeAt, conditionError, countedHitsOf, hitsOf} from './breakpoint-hits.ts';
import {type CommandResult, done, refused, refusedExpression, wholeNumber} from './command-row.ts';
import {nodeLabel} from './devres-view.ts';
import {compile, type Expression, valueText} from './expression.ts';
import type {Breakpoint, Session} from './session.ts';
import {type Reading, sweep} from './sweep.ts';
import {describeChange} from './watch.ts';

/** Rows that are told; a breakpoint may have a million hits. */
const toldHits = 1000;

/** Parts a text at its commas, but for those in brackets and texts. */
function splitAtCommas(text: string): readonly string[] {
	const parts: string[] = [];
	let quote = '';
	let depth = 0;
	let start = 0;
	for (let index = 0; index < text.length; index += 1) {
		const letter = text[index] ?? '';
		if (quote !== '') {
			if (letter === '\\') index += 1;
			else if (letter === quote) quote = '';
		} else if (letter === '"' || letter === "'") quote = letter;
		else if ('([{'.includes(letter)) depth += 1;
		else if (')]}'.includes(letter)) depth -= 1;
		else if (letter === ',' && depth === 0) {
			parts.push(text.slice(start, index));
			start = index + 1;
		}
	}
	return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}

/** Columns as wide as their widest cell; the last is as it is. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
	const widths: number[] = [];
	for (const row of rows) {
		for (const [column, cell] of row.entries()) {
			widths[column] = Math.max(widths[column] ?? 0, cell.length);
		}
	}
	return rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}

function rowOf(
	{recording, position}: Session,
	breakpoint: Breakpoint,
	seq: number,
	hit: number,
	columns: readonly Expression[],
	reading: Reading,
): readonly string[] {
	const event = recording.at(seq);
	const here = seq + 1 === position ? ' here' : '';
	const start = [`${breakpoint.id}.${hit}`, `event ${seq + 1}${here}`];
	const change = changeAt(recording, breakpoint, seq);
	if (change !== null) start.push(describeChange(change));
	if (columns.length === 0) return [...start, describe(event, (id) => nodeLabel(recording, id))];
	const values = columns.map((column) => valueText(column, recording, seq + 1, reading) ?? '-');
	return [...start, ...values];
}

/** Devices whose state some of the expressions read; null for any. */
function devicesOf(columns: readonly Expression[]): ReadonlySet<string> | null {
	const read = new Set<string>();
	for (const {devices} of columns) {
		if (devices === null) return null;
		for (const device of devices) read.add(device);
	}
	return read;
}

/** `hits 2 fn, args.enable`: a row for each hit of a breakpoint, wherever the position is. */
export function tellHits(session: Session, args: readonly string[], text: string): CommandResult {
	const [first = ''] = args;
	const id = wholeNumber(first, 1);
	const breakpoint = session.breakpoints.find((each) => each.id === id);
	if (breakpoint === undefined) {
		return refused(id === null ? 'Hits of which breakpoint?' : `There is no breakpoint ${id}.`);
	}
	const wrong = conditionError(session.recording, breakpoint);
	if (wrong !== null) return refused(`Breakpoint ${breakpoint.id} has no hits: ${wrong}.`);
	const columns: Expression[] = [];
	for (const each of splitAtCommas(text.slice(text.indexOf(first) + first.length))) {
		const compiled = compile(each);
		if (!compiled.ok) return refusedExpression(text, {text: each, error: compiled.error});
		columns.push(compiled.expression);
	}
	const hits = hitsOf(session.recording, breakpoint);
	const counted = new Set(countedHitsOf(session.recording, breakpoint).slice(0, toldHits));
	const reading = sweep(session.recording, devicesOf(columns));
	const rows = hits.slice(0, toldHits).map((seq, index) => {
		const row = rowOf(session, breakpoint, seq, index + 1, columns, reading);
		return counted.has(seq) ? row : [...row, '(does not count)'];
	});
	const head = columns.length === 0 ? [] : [['hit', 'event', ...columns.map((each) => each.text)]];
	if (head[0] !== undefined && breakpoint.target.kind === 'watch') head[0].splice(2, 0, 'value');
	const more = hits.length - rows.length;
	return done(session, [
		...(hits.length === 0 ? ['It has no hits.'] : aligned([...head, ...rows])),
		...(more > 0 ? [`And ${more} more.`] : []),
	]);
}
