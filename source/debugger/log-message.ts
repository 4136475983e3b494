import type {Recording} from '../recording/recording.ts';
import {compile, type Expression, type ExpressionError, printValue} from './expression.ts';

/** A text with expressions in braces: what a breakpoint says instead of stopping. */
export type LogMessage = {
	/** Texts and expressions in turn, as they stand. */
	readonly parts: readonly (string | Expression)[];
};

/** A message, or the first expression in it that is wrong. */
export type ParsedMessage =
	| {readonly ok: true; readonly message: LogMessage}
	| {readonly ok: false; readonly expression: string; readonly error: ExpressionError};

/** Index of the brace that closes the one at `start`, past those in texts and maps; -1 for none. */
function closingBrace(text: string, start: number): number {
	let depth = 0;
	let quote = '';
	for (let index = start; index < text.length; index += 1) {
		const letter = text[index] ?? '';
		if (quote !== '') {
			if (letter === '\\') index += 1;
			else if (letter === quote) quote = '';
		} else if (letter === '"' || letter === "'") quote = letter;
		else if (letter === '{') depth += 1;
		else if (letter === '}') depth -= 1;
		if (depth === 0) return index;
	}
	return -1;
}

/** Reads a message. A brace that is never closed stands for itself. */
export function parseMessage(text: string): ParsedMessage {
	const parts: (string | Expression)[] = [];
	let rest = 0;
	let open = text.indexOf('{');
	while (open !== -1) {
		const close = closingBrace(text, open);
		if (close === -1) break;
		const expression = text.slice(open + 1, close).trim();
		const compiled = compile(expression);
		if (!compiled.ok) return {ok: false, expression, error: compiled.error};
		parts.push(text.slice(rest, open), compiled.expression);
		rest = close + 1;
		open = text.indexOf('{', rest);
	}
	parts.push(text.slice(rest));
	return {ok: true, message: {parts: parts.filter((part) => part !== '')}};
}

/** The message at a position: texts without quotation marks, `?` for an expression that has no value there. */
export function formatMessage(recording: Recording, position: number, {parts}: LogMessage): string {
	const texts = parts.map((part) => {
		if (typeof part === 'string') return part;
		const evaluated = part.evaluate(recording, position);
		if (!evaluated.ok) return '?';
		const {value} = evaluated;
		return typeof value === 'string' ? JSON.parse(printValue(value)) : printValue(value);
	});
	return texts.join('');
}
