import {type Command, type CommandResult, done, refused, refusedExpression} from './command-row.ts';
import {compile, compileCondition, printValue} from './expression.ts';
import type {Session} from './session.ts';
import {describeHere} from './stop-view.ts';

/** `1 == 2`, as the values on either side of a comparison; null for anything else. */
function sidesOf(session: Session, text: string): string | null {
	const found = /^(?<left>[^=!<>&|?]{1,400})(?:[=!]=|[<>]=?)(?<right>[^=!<>&|?]{1,400})$/.exec(
		text,
	);
	if (found?.groups === undefined) return null;
	const {left = '', right = ''} = found.groups;
	const values = [left, right].map((side) => {
		const compiled = compile(side.trim());
		if (!compiled.ok) return null;
		const evaluated = compiled.expression.evaluate(session.recording, session.position);
		return evaluated.ok ? printValue(evaluated.value) : null;
	});
	// A literal is what it says.
	if (values.includes(null) || values[0] === left.trim()) return null;
	return `${left.trim()} is ${values[0]}`;
}

function assert(session: Session, _: readonly string[], text: string): CommandResult {
	if (text === '') return refused('Which expression?');
	const compiled = compileCondition(text);
	if (!compiled.ok) return refusedExpression(text, {text, error: compiled.error});
	const evaluated = compiled.expression.evaluate(session.recording, session.position);
	if (evaluated.ok && evaluated.value === true) return done(session);
	const why = evaluated.ok ? sidesOf(session, text) : evaluated.error.message;
	const failure = `assertion failed: ${text}${why === null ? '' : ` (${why})`}`;
	const line = `A${failure.slice(1)}.`;
	return {...done(session, [line, describeHere(session)]), failed: [{at: null, text: failure}]};
}

/** Commands that make a file of commands a check of a recording. */
export const checkCommands: readonly Command[] = [
	{
		name: 'assert',
		aliases: [],
		arguments: 'CONDITION',
		help: 'complain unless it holds here; a batch then exits with 1',
		group: 'other',
		offers: () => 'expression',
		run: assert,
	},
	{
		name: 'echo',
		aliases: [],
		arguments: '[TEXT]',
		help: 'print a text',
		group: 'other',
		run: (session, _, text) => done(session, [text]),
	},
];
