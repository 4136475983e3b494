import type {Issue} from './issues.ts';
import type {Path} from './read-yaml.ts';
import type {Scenario} from './scenario.ts';

/** Says what is wrong with an expression: a 1-based column in its text and a message; null where nothing is. */
export type ExpressionCheck = (
	text: string,
) => {readonly column: number; readonly message: string} | null;

/** Checks the conditions of breakpoints and what is expected. The language belongs to the debugger, so the caller brings it. */
export function checkExpressions(scenario: Scenario, check: ExpressionCheck): Issue[] {
	const expressions: readonly (readonly [Path, string | undefined])[] = [
		...scenario.breakpoints.map(
			(breakpoint, index) => [['breakpoints', index, 'if'], breakpoint.if] as const,
		),
		...scenario.expect.map(
			(expected, index) =>
				[['expect', index, 'that'], 'that' in expected ? expected.that : undefined] as const,
		),
	];
	return expressions.flatMap(([path, text]) => {
		const wrong = text === undefined ? null : check(text);
		if (wrong === null) return [];
		const hint = `at letter ${wrong.column} of the expression`;
		return [{path, at: 'value', message: wrong.message, hint}];
	});
}
