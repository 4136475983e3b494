import * as z from 'zod/mini';
import type {LocatedError} from '../recording/located-error.ts';
import {check, type Issue, locate} from '../scenario/issues.ts';
import {type Path, readYaml} from '../scenario/read-yaml.ts';
import {withLines} from './load-exercise.ts';

/** Stands for an answer that was not given yet. */
export const unanswered = 'none';

/** A place in a file of answers. */
export type AnswerField = {
	/** Its key. */
	readonly id: string;

	/** Comment lines above it. */
	readonly about: readonly string[];

	/** What may stand there; null for any text or number. */
	readonly known: readonly string[] | null;
};

/** The answers by their ids, or what is wrong with the file. */
export type ReadAnswers =
	| {readonly ok: true; readonly answers: ReadonlyMap<string, string>}
	| {readonly ok: false; readonly errors: readonly LocatedError[]};

/** A file with the answers given so far; it explains itself. */
export function answerText(
	title: string,
	fields: readonly AnswerField[],
	answers: ReadonlyMap<string, string> = new Map(),
): string {
	const lines = [`# ${title}`];
	for (const {id, about} of fields) {
		lines.push('', ...about.map((line) => `# ${line}`.trimEnd()));
		lines.push(`${id}: ${quoted(answers.get(id) ?? unanswered)}`);
	}
	return `${lines.join('\n')}\n`;
}

/** `#` would begin a comment. */
function quoted(answer: string): string {
	return /^[\w.-]+$/.test(answer) ? answer : JSON.stringify(answer);
}

/** An answer behind `#` is not there for YAML: that is what is wrong then. */
function withComment(error: LocatedError): LocatedError {
	const [, rest] = /^[\w-]{1,50}:[ \t]{1,20}#[ \t]{0,20}(\d{0,9})/.exec(error.text ?? '') ?? [];
	if (rest === undefined || !error.message.endsWith('found nothing')) return error;
	const message = 'in YAML # begins a comment';
	const hint =
		rest === '' ? 'write the answer without it, or in quotes' : `write "#${rest}" or ${rest}`;
	return {...error, message, hint};
}

/** Reads a file of answers. A field that is left out was not answered. */
export function readAnswers(text: string, fields: readonly AnswerField[]): ReadAnswers {
	const read = readYaml(text);
	if (!read.ok) return {ok: false, errors: withLines(text, read.errors)};
	const answer = z.optional(z.union([z.string().check(z.maxLength(200)), z.int()]));
	const schema = z.strictObject(Object.fromEntries(fields.map(({id}) => [id, answer])));
	const checked = check(schema, read.yaml.value ?? {});
	if (!checked.ok) {
		const errors = withLines(text, locate(read.yaml, checked.issues));
		return {ok: false, errors: errors.map(withComment)};
	}
	const answers = new Map<string, string>();
	const issues: Issue[] = [];
	for (const {id, known} of fields) {
		const written = String(checked.value[id] ?? unanswered).trim();
		const lower = written.toLowerCase();
		const given = known?.includes(lower) === true ? lower : written;
		answers.set(id, given);
		if (known === null || given === unanswered || known.includes(given)) continue;
		const path: Path = [id];
		const message = `"${given}" is not one of ${[...known, unanswered].join(', ')}`;
		issues.push({path, at: 'value', message});
	}
	if (issues.length === 0) return {ok: true, answers};
	return {ok: false, errors: withLines(text, locate(read.yaml, issues))};
}
