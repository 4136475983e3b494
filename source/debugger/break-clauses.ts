import type {Clauses} from './breakpoint.ts';
import {hitConditionPattern} from './hit-condition.ts';

/** What `break` and `watch` are given: a target or an expression, and clauses behind it in any order, `if` last. */
export type BreakArguments =
	| {readonly ok: true; readonly target: string; readonly clauses: Clauses}
	| {readonly ok: false; readonly error: string};

const conditionClause = /if[ ]{1,99}/y;
const hitsClause = new RegExp(`hits[ ]{0,99}(${hitConditionPattern.source})(?=\\s|$)`, 'y');
const logClause = /log[ ]{1,99}("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?=\s|$)/y;

/** Indices at which a word begins that is in no text and no bracket. */
function wordStarts(text: string): readonly number[] {
	const starts: number[] = [];
	let quote = '';
	let depth = 0;
	for (let index = 0; index < text.length; index += 1) {
		const letter = text[index] ?? '';
		if (quote !== '') {
			if (letter === '\\') index += 1;
			else if (letter === quote) quote = '';
			continue;
		}
		const isStart = index === 0 || /\s/.test(text[index - 1] ?? '');
		if (isStart && depth === 0 && letter !== ' ') starts.push(index);
		if (letter === '"' || letter === "'") quote = letter;
		else if ('([{'.includes(letter)) depth += 1;
		else if (')]}'.includes(letter)) depth -= 1;
	}
	return starts;
}

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
	pattern.lastIndex = index;
	return pattern.exec(text);
}

/** Text between quotation marks, with `\"` and `\n` as they are meant. */
function unquoted(text: string): string {
	return text.slice(1, -1).replace(/\\(.)/g, (_, letter) => (letter === 'n' ? ' ' : letter));
}

/** Parts `pcim_intx hits >3 log "enable {args.enable}" if depth > 3` into its target and clauses. */
export function parseBreakArguments(text: string): BreakArguments {
	let target: string | null = null;
	let clauses: Clauses = {};
	let end = 0;
	for (const index of wordStarts(text)) {
		if (index < end) continue;
		const condition = at(conditionClause, text, index);
		const hits = at(hitsClause, text, index);
		const log = at(logClause, text, index);
		const clause = condition ?? hits ?? log;
		if (clause === null && target === null) continue;
		if (clause === null) return {ok: false, error: `What is "${text.slice(index)}" for?`};
		target ??= text.slice(0, index).trim();
		end = index + clause[0].length;
		if (hits !== null) clauses = {...clauses, hits: hits[1] ?? ''};
		if (log !== null) clauses = {...clauses, log: unquoted(log[1] ?? '""')};
		if (condition === null) continue;
		clauses = {...clauses, condition: text.slice(end).trim()};
		break;
	}
	return {ok: true, target: target ?? text.trim(), clauses};
}
