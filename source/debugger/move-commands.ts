import {type Command, type CommandResult, done, refused, wholeNumber} from './command-row.ts';
import type {Direction, Session} from './session.ts';
import {goTo, move, runUntil, type Verb} from './step.ts';
import {describeHere, describeReason} from './stop-view.ts';

function stopped(session: Session): CommandResult {
	return done(session, [describeReason(session), describeHere(session)]);
}

const verbs: readonly (readonly [Verb, readonly string[], string, string, string])[] = [
	['step', ['s', 'rs'], 'one event', 'forwards', 'backwards'],
	['next', ['n', 'rn'], 'over a call', 'forwards', 'backwards'],
	['finish', ['fin', 'rf'], 'out of the innermost call', 'forwards', 'backwards, to before it'],
	['continue', ['c', 'rc'], 'to a breakpoint', 'forwards', 'backwards'],
];

function moving(verb: Verb, direction: Direction): Command['run'] {
	return (session, [text = '1', ...rest]) => {
		const count = wholeNumber(text, 1);
		if (count === null || rest.length > 0) return refused(`"${text}" is no count.`);
		return stopped(move(session, {verb, direction, count}));
	};
}

/** One row a verb and direction: the second alias is that of the way back. */
const moves: readonly Command[] = (['forward', 'backward'] as const).flatMap((direction) =>
	verbs.map(([verb, aliases, how, forwards, backwards]): Command => {
		const back = direction === 'backward';
		return {
			name: back ? `reverse-${verb}` : verb,
			aliases: aliases.slice(back ? 1 : 0, back ? 2 : 1),
			arguments: '[COUNT]',
			help: `${how}, ${back ? backwards : forwards}`,
			group: 'move',
			run: moving(verb, direction),
		};
	}),
);

/** `120`, `+10`, `-10`, `start`, `end`: a position, or null. */
function positionFrom({position, recording}: Session, text: string): number | null {
	if (text === 'start') return 0;
	if (text === 'end') return recording.length;
	const relative = /^[+-]/.test(text);
	const number = wholeNumber(relative ? text.slice(1) : text);
	if (number === null) return null;
	if (!relative) return number;
	return text.startsWith('-') ? position - number : position + number;
}

function jump(session: Session, args: readonly string[]): CommandResult {
	const {length} = session.recording;
	const position = args.length === 1 ? positionFrom(session, args[0] ?? '') : null;
	if (position === null) return refused('Where to? A number of events, +N, -N, start or end.');
	if (position < 0 || position > length) return refused(`There are positions 0 to ${length}.`);
	return stopped(goTo(session, position));
}

function until(session: Session, args: readonly string[]): CommandResult {
	const {length} = session.recording;
	const number = args.length === 1 ? wholeNumber(args[0] ?? '', 1) : null;
	if (number === null) return refused('Until which event? Give its number.');
	if (number > length) return refused(`There are events 1 to ${length}.`);
	return stopped(runUntil(session, number - 1));
}

/** Commands that change the position. */
export const moveCommands: readonly Command[] = [
	...moves,
	{
		name: 'until',
		aliases: ['u'],
		arguments: 'EVENT',
		help: 'to an event, in whichever direction it lies, or a breakpoint before it',
		group: 'move',
		run: until,
	},
	{
		name: 'goto',
		aliases: ['g'],
		arguments: 'EVENT|+N|-N|start|end',
		help: 'jump there, past breakpoints',
		group: 'move',
		run: jump,
	},
	{
		name: 'start',
		aliases: [],
		arguments: '',
		help: 'jump to before the first event',
		group: 'move',
		run: (session) => stopped(goTo(session, 0)),
	},
	{
		name: 'end',
		aliases: [],
		arguments: '',
		help: 'jump to after the last event',
		group: 'move',
		run: (session) => stopped(goTo(session, session.recording.length)),
	},
];
