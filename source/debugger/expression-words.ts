/** Signs that the library names by their tokens. */
const signs = new Map([
	['RPAREN', ')'],
	['RBRACKET', ']'],
	['RBRACE', '}'],
	['LPAREN', '('],
	['LBRACKET', '['],
	['LBRACE', '{'],
	['COLON', ':'],
	['COMMA', ','],
	['DOT', '.'],
	['QUESTION', '?'],
]);

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

function signOf(token: string): string {
	const sign = signs.get(token);
	return sign === undefined ? token : `"${sign}"`;
}

type Wording = readonly [pattern: RegExp, words: (...parts: string[]) => string];

/** What the library says of a mistake, and what we say instead. */
const wordings: readonly Wording[] = [
	[
		/^no such overload: (.{1,200}) (==|!=|<=?|>=?|[-+*/%]|in) (.{1,200})$/,
		(left = '', operator = '', right = '') =>
			comparisons.has(operator)
				? `cannot compare ${left} ${operator} ${right}: the types differ`
				: `${operator} does not take ${left} and ${right}`,
	],
	[/^no such overload: ([!-])(.{1,200})$/, (sign, type) => `${sign} does not take ${type}`],
	[
		/^found no matching overload for '(.{1,200})\.(\w{1,60})\((.{0,400})\)'$/,
		(type, name, given) => `${name}() of ${type} does not take (${given})`,
	],
	[
		/^found no matching overload for '(\w{1,60})\((.{0,400})\)'$/,
		(name, given) => `${name}() does not take (${given})`,
	],
	[/^Unexpected token: EOF$/, () => 'something is missing at the end'],
	[/^Unexpected token: (\w{1,20})$/, (token = '') => `did not expect ${signOf(token)} here`],
	[/^Expected (\w{1,20}), got \w{1,20}$/, (token = '') => `expected ${signOf(token)} here`],
	[/^Cannot index type '(.{1,200})'$/, (type) => `${type} has no parts to name`],
	[
		/^List index must be int, got '(.{1,200})'$/,
		(type) => `items of a list have numbers, this is ${type}`,
	],
	[
		/^No such key: index out of bounds, index (-?\d{1,20}) .{0,80}$/,
		(index) => `the list has no item ${index}`,
	],
	[
		/^Logical operator requires bool operands, got '(.{1,200})'$/,
		(type) => `&& and || take true or false, this is ${type}`,
	],
	[
		/^Ternary condition must be bool, got '(.{1,200})'$/,
		(type) => `what stands before ? is true or false, this is ${type}`,
	],
	[
		/^(\w{1,20})\(.{1,40}\) predicate must return bool, got '(.{1,200})'$/,
		(name, type) => `the condition in ${name}() is true or false, this is ${type}`,
	],
	[
		/^(\w{1,20})\(.{1,40}\) invalid predicate iteration variable$/,
		(name) => `${name}() needs a name for the item first`,
	],
	[
		/^(\w{1,20})\(\) type error: cannot convert to \w{1,20}$/,
		(name) => `${name}() cannot read this`,
	],
];

/** Says in plain words what the library of the expression language says in its own; what is plain stays. */
export function plainWords(summary: string): string {
	const typed = summary.replace(/dyn<([\w.]{1,60})>/g, '$1');
	for (const [pattern, words] of wordings) {
		const found = pattern.exec(typed);
		if (found !== null) return words(...found.slice(1));
	}
	return summary;
}
