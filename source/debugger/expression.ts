import {type ASTNode, Environment, type ParseResult} from '@marcbachmann/cel-js';
import {cleanText} from '../recording/clean-text.ts';
import {closestName} from '../recording/closest-name.ts';
import type {Recording} from '../recording/recording.ts';
import type {ExpressionValue} from './device-map.ts';
import {BudgetError} from './expression-budget.ts';
import {type Dependencies, dependenciesOf, loops} from './expression-inputs.ts';
import {expressionNames, NamesAt} from './expression-names.ts';
import {plainWords} from './expression-words.ts';
import {type Reading, readOnce} from './sweep.ts';

/** What is wrong in the text of an expression, and where. */
export type ExpressionError = {
	/** 1-based, in UTF-16 units. */
	readonly column: number;

	/** One sentence without a final full stop. */
	readonly message: string;
};

/** The value at a position, or why there is none there. */
export type Evaluated =
	| {readonly ok: true; readonly value: ExpressionValue}
	| {readonly ok: false; readonly error: ExpressionError};

/** A text of the expression language that was parsed and whose types fit. */
export type Expression = Dependencies & {
	/** As it was given. */
	readonly text: string;

	/** Type of its value; `dyn` where only a value tells. */
	readonly type: string;

	/** Its value at a position. Many positions in a row share a reading, and end together once its budget is spent. */
	evaluate(recording: Recording, position: number, shared?: Reading): Evaluated;
};

/** An expression, or the first thing wrong with its text. */
export type Compiled =
	| {readonly ok: true; readonly expression: Expression}
	| {readonly ok: false; readonly error: ExpressionError};

const longestText = 2000;

/** Loops inside loops. */
const deepestLoops = 2;

/**
Functions and methods that are offered. What is left out would make a short text cost without bound, past the
budget of list reads: patterns, lists and texts that grow.
*/
const offered: ReadonlySet<string> = new Set([
	...loops,
	...['device', 'inside', 'size', 'has', 'int', 'double', 'string', 'bool', 'dyn', 'type'],
	...['contains', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'substring', 'trim'],
]);

/** Names that the functions `device` and `inside` read: the library passes them no context. */
let names: NamesAt | null = null;
let environment: Environment | null = null;

function environmentOf(): Environment {
	if (environment !== null) return environment;
	environment = new Environment({
		homogeneousAggregateLiterals: false,
		limits: {maxAstNodes: 200, maxDepth: 32, maxListElements: 200, maxMapEntries: 200},
	});
	for (const {name, type, help} of expressionNames) {
		environment.registerVariable(name, type, {description: help});
	}
	environment.registerFunction(
		'device(string): dyn',
		(address: string) => names?.stateOf(address) ?? null,
	);
	environment.registerFunction(
		'inside(string): bool',
		(fn: string) => names?.isInside(fn) ?? false,
	);
	return environment;
}

function fail(column: number, message: string): {ok: false; error: ExpressionError} {
	return {ok: false, error: {column, message}};
}

/** The library's error as one of ours: it says `Unknown variable: x` and has the range it concerns. */
function errorOf(thrown: unknown): ExpressionError {
	// A RangeError: a text longer than texts can be.
	if (thrown instanceof BudgetError || thrown instanceof RangeError) {
		return {column: 1, message: thrown.message};
	}
	const {summary, range} = thrown as {summary?: string; range?: {start: number}};
	if (summary === undefined) throw thrown;
	const unknown = /^Unknown variable: (.*)$/.exec(summary)?.[1];
	const near =
		unknown === undefined
			? null
			: closestName(
					unknown,
					expressionNames.map((n) => n.name),
				);
	const hint = near === null ? '' : `, did you mean "${near}"?`;
	// An expression can write control characters as escapes, and the library quotes keys.
	return {column: (range?.start ?? 0) + 1, message: cleanText(`${plainWords(summary)}${hint}`)};
}

/** The first call in a part of the tree that is not offered, or a loop that is too deep. */
function refusedIn(part: unknown, depth: number): ExpressionError | null {
	if (Array.isArray(part)) {
		for (const each of part) {
			const found = refusedIn(each, depth);
			if (found !== null) return found;
		}
		return null;
	}
	if (typeof part !== 'object' || part === null || !('op' in part)) return null;
	const node = part as ASTNode;
	if (node.op !== 'call' && node.op !== 'rcall') return refusedIn(node.args, depth);
	const [name, ...rest] = node.args;
	const column = node.start + 1;
	if (!offered.has(name)) {
		const near = closestName(name, offered);
		const hint = near === null ? '' : `, did you mean "${near}"?`;
		return {column, message: `there is no ${name}() here${hint}`};
	}
	const inner = loops.has(name) ? depth + 1 : depth;
	if (inner > deepestLoops) return {column, message: `loops may be ${deepestLoops} deep, not more`};
	return refusedIn(rest.slice(0, -1), depth) ?? refusedIn(rest.at(-1), inner);
}

function expressionOf(text: string, type: string, parsed: ParseResult): Expression {
	return {
		text,
		type,
		...dependenciesOf(parsed.ast),
		evaluate(recording, position, shared) {
			const reading = shared ?? readOnce(recording);
			names = new NamesAt(recording, position, reading);
			try {
				return {ok: true, value: parsed(names)};
			} catch (error) {
				return {ok: false, error: errorOf(error)};
			} finally {
				if (shared === undefined) reading.budget.release();
				names = null;
			}
		},
	};
}

/** Reads an expression and checks its names and types. Nothing of it runs. */
export function compile(text: string): Compiled {
	if (text.length > longestText) return fail(1, `an expression has at most ${longestText} letters`);
	try {
		const parsed = environmentOf().parse(text);
		const refused = refusedIn(parsed.ast, 0);
		if (refused !== null) return {ok: false, error: refused};
		const {valid, type, error} = parsed.check();
		if (!valid) return {ok: false, error: errorOf(error)};
		return {ok: true, expression: expressionOf(text, type ?? 'dyn', parsed)};
	} catch (error) {
		return {ok: false, error: errorOf(error)};
	}
}

/** Reads an expression that must be true or false. */
export function compileCondition(text: string): Compiled {
	const compiled = compile(text);
	if (!compiled.ok || ['bool', 'dyn'].includes(compiled.expression.type)) return compiled;
	return fail(1, `this is of type ${compiled.expression.type}, a condition is true or false`);
}

/** What is wrong with the text of a condition; null where nothing is. */
export function checkCondition(text: string): ExpressionError | null {
	const compiled = compileCondition(text);
	return compiled.ok ? null : compiled.error;
}

/** The text, and below it a caret and what is wrong there. */
export function underline(text: string, error: ExpressionError): readonly string[] {
	return [text, `${' '.repeat(error.column - 1)}^ ${error.message}`];
}

function printMap(entries: Iterable<readonly [string, ExpressionValue]>): string {
	return `{${Array.from(entries, ([key, each]) => `${cleanText(key)}: ${printValue(each)}`).join(', ')}}`;
}

/** A value as an expression would write it; maps and lists in brackets, bytes as a list. */
export function printValue(value: ExpressionValue | object): string {
	if (typeof value === 'string') return JSON.stringify(cleanText(value));
	if (value instanceof Uint8Array) return `[${value.join(', ')}]`;
	if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
	if (value instanceof Map) return printMap(value);
	if (value === null || typeof value !== 'object') return `${value}`;
	// What recordings hold is a Map, what an expression spells out is a plain object.
	const isSpelt = Object.getPrototypeOf(value) === Object.prototype;
	return isSpelt ? printMap(Object.entries(value)) : `${value}`;
}

/** The value at a position as text; null where it has none, or once reading it costs too much. */
export function valueText(
	expression: Expression,
	recording: Recording,
	position: number,
	reading: Reading,
): string | null {
	const evaluated = expression.evaluate(recording, position, reading);
	if (!evaluated.ok) return null;
	try {
		return printValue(evaluated.value);
	} catch (error) {
		// Lists are read while they are printed.
		if (error instanceof BudgetError) return null;
		throw error;
	}
}
