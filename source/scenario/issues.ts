import * as z from 'zod/mini';
import {didYouMean} from '../recording/closest-name.ts';
import type {LocatedError} from '../recording/located-error.ts';
import type {Path, YamlText} from './read-yaml.ts';

/** Something wrong at a path of the file. */
export type Issue = {
	/** From the root of the file. */
	readonly path: Path;

	/** Whether the key itself is wrong or the value behind it. */
	readonly at: 'key' | 'value';

	/** What is wrong, in lower case and without a full stop. */
	readonly message: string;

	/** The next move. */
	readonly hint?: string | undefined;
};

/** The value as the schema gives it, or everything that is wrong with it. */
export type Checked<T> =
	| {readonly ok: true; readonly value: T}
	| {readonly ok: false; readonly issues: readonly Issue[]};

type ZodIssue = z.core.$ZodIssue;

const kinds: {readonly [type: string]: string} = {
	string: 'text',
	int: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a map',
	record: 'a map',
	null: 'nothing',
	undefined: 'nothing',
};

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'number') return `the number ${value}`;
	if (typeof value === 'boolean') return `${value}`;
	return kinds[typeof value] ?? typeof value;
}

const emptyList = 'write [] for none';

/** The known keys of a map, to compare an unknown one with, or that a list may be empty: only here does zod show which it is. */
const messages: z.core.$ZodErrorMap = (issue) => {
	if (issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodMiniObject) {
		return Object.keys(issue.inst.shape).join(' ');
	}
	const isList = issue.code === 'invalid_type' && issue.inst instanceof z.ZodMiniArray;
	return isList && issue.inst.safeParse([]).success ? emptyList : undefined;
};

function quote(value: unknown): string {
	if (typeof value === 'object') return kindOf(value);
	return typeof value === 'string' ? `"${value}"` : `${value}`;
}

function expectedKinds(issue: ZodIssue): readonly string[] {
	if (issue.code === 'invalid_type') return [kinds[issue.expected] ?? issue.expected];
	if (issue.code === 'invalid_value') return issue.values.map(quote);
	return [];
}

function isWrongKind(issue: ZodIssue): boolean {
	if (issue.path.length > 0) return false;
	if (issue.code === 'invalid_value') return typeof issue.input !== typeof issue.values[0];
	return issue.code === 'invalid_type';
}

/** What is allowed in place of the whole input, where that is a choice of values. */
function valuesAt(issue: ZodIssue): readonly unknown[] {
	return issue.code === 'invalid_value' && issue.path.length === 0 ? issue.values : [];
}

function notAmong(input: unknown, values: readonly unknown[]): string {
	return `${quote(input)} is not one of ${values.map(String).join(', ')}`;
}

/** Explains the branch that was probably meant: one that fits the kind of value and fails in the fewest places. */
function unionIssues(issue: z.core.$ZodIssueInvalidUnion, base: Path): Issue[] {
	const fitting = issue.errors.filter((branch) => !branch.some(isWrongKind));
	const values = fitting.map((branch) => (branch.length === 1 ? branch.flatMap(valuesAt) : []));
	if (values.length > 1 && values.every((allowed) => allowed.length > 0)) {
		return [{path: base, at: 'value', message: notAmong(issue.input, values.flat())}];
	}
	const meant = fitting.sort((a, b) => a.length - b.length)[0];
	if (meant !== undefined) return meant.flatMap((inner) => explain(inner, base));
	const expected = new Set(issue.errors.flatMap((branch) => branch.flatMap(expectedKinds)));
	const message = `expected ${[...expected].join(' or ')}, found ${kindOf(issue.input)}`;
	return [{path: base, at: 'value', message}];
}

function limitMessage(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
	const isSmall = issue.code === 'too_small';
	const limit = isSmall ? issue.minimum : issue.maximum;
	const bound = `${isSmall ? 'at least' : 'at most'} ${limit}`;
	if (issue.origin === 'string')
		return limit === 1 ? 'must not be empty' : `needs ${bound} letters`;
	if (issue.origin === 'array') return limit === 1 ? 'must not be empty' : `needs ${bound} items`;
	return `must be ${bound}`;
}

function explain(issue: ZodIssue, prefix: Path): Issue[] {
	const path = [...prefix, ...issue.path.map((each) => (typeof each === 'symbol' ? '' : each))];
	const value = (message: string, hint?: string): Issue[] => [{path, at: 'value', message, hint}];
	switch (issue.code) {
		case 'unrecognized_keys':
			return issue.keys.map((key) => ({
				path: [...path, key],
				at: 'key',
				message: `unknown key "${key}"`,
				hint:
					didYouMean(key, issue.message.split(' ')) ??
					`known keys: ${issue.message.replaceAll(' ', ', ')}`,
			}));
		case 'invalid_type': {
			if (issue.input === undefined) return value(`"${path.at(-1)}" is missing`);
			const isNumber = issue.expected === 'string' && typeof issue.input === 'number';
			const canBeEmpty = issue.input === null && issue.message === emptyList;
			const hint = isNumber ? 'put it in quotes' : canBeEmpty ? emptyList : undefined;
			return value(`expected ${expectedKinds(issue)[0]}, found ${kindOf(issue.input)}`, hint);
		}
		case 'invalid_value': {
			const known = issue.values.map(String);
			if (issue.input === undefined) return value(`"${path.at(-1)}" is missing`);
			return value(notAmong(issue.input, known), didYouMean(String(issue.input), known));
		}
		case 'invalid_union':
			return unionIssues(issue, path);
		case 'invalid_key':
			return [{path, at: 'key', message: issue.issues[0]?.message ?? issue.message}];
		case 'too_small':
		case 'too_big':
			return value(limitMessage(issue));
		default:
			return value(issue.message);
	}
}

/** Checks a value that stands at `path` of the file. A misspelt key isn't reported as a missing one too. */
export function check<S extends z.ZodMiniType>(
	schema: S,
	value: unknown,
	path: Path = [],
): Checked<z.output<S>> {
	const result = schema.safeParse(value, {reportInput: true, error: messages});
	if (result.success) return {ok: true, value: result.data};
	const issues = result.error.issues.flatMap((issue) => explain(issue, path));
	const isOneMistake = ({message, path: missing}: Issue): boolean =>
		message.endsWith('is missing') &&
		issues.some((other) => other.hint === `did you mean "${missing.at(-1)}"?`);
	return {ok: false, issues: issues.filter((issue) => !isOneMistake(issue))};
}

/** Gives issues their places, in the order of the file. */
export function locate(yaml: YamlText, issues: readonly Issue[]): LocatedError[] {
	return issues
		.map(({path, at, message, hint}) => ({
			...(at === 'key' ? yaml.placeOfKey(path) : yaml.placeOf(path)),
			message,
			...(hint === undefined ? {} : {hint}),
		}))
		.sort((a, b) => a.line - b.line || a.column - b.column);
}
