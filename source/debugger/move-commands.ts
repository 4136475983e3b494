import {describe} from '../recording/describe.ts';
import {type Command, type CommandResult, done, refused, wholeNumber} from './command-row.ts';
import {nodeLabel} from './devres-view.ts';
import {offeredPlaces, placeOf, placeSyntax} from './place.ts';
import type {Direction, Session} from './session.ts';
import {goTo, type Move, move, runUntil, type Verb} from './step.ts';
import {describeHere, describeReason} from './stop-view.ts';

function stopped(session: Session, kind: 'run' | 'jump'): CommandResult {
	return {...done(session, [describeReason(session), describeHere(session)]), move: kind};
}

const verbs: readonly (readonly [Verb, readonly string[], string, string, string])[] = [
	['step', ['s', 'rs'], 'one event', 'forwards', 'backwards'],
	['next', ['n', 'rn'], 'over a call', 'forwards', 'backwards'],
	['finish', ['fin', 'rf'], 'out of the innermost call', 'forwards', 'backwards, to before it'],
	['continue', ['c', 'rc'], 'to a breakpoint', 'forwards', 'backwards'],
];

/** Takes `--to PLACE` out of the words: a place that the move doesn't pass. */
function fenceIn(
	session: Session,
	args: readonly string[],
): {readonly rest: readonly string[]; readonly fence?: number} | string {
	const index = args.indexOf('--to');
	if (index === -1) return {rest: args};
	const place = placeOf(session, args[index + 1] ?? '');
	if (!place.ok) return place.error;
	return {rest: args.toSpliced(index, 2), fence: place.position};
}

function offeredFence(session: Session, before: readonly string[]): readonly string[] {
	return before.at(-1) === '--to' ? offeredPlaces(session) : ['--to'];
}

function moving(verb: Verb, direction: Direction): Command['run'] {
	return (session, args) => {
		const split = verb === 'continue' ? fenceIn(session, args) : {rest: args};
		if (typeof split === 'string') return refused(split);
		const {rest, fence} = split;
		const [text = '1', more] = rest;
		const count = wholeNumber(text, 1);
		if (count === null || more !== undefined) return refused(`"${text}" is no count.`);
		const wanted: Move = {verb, direction, count};
		if (fence === undefined) return stopped(move(session, wanted), 'run');
		if (fence !== session.position && fence > session.position !== (direction === 'forward')) {
			return refused('That place lies in the other direction.');
		}
		return stopped(move(session, {...wanted, fence}), 'run');
	};
}

/** One row a verb and direction: the second alias is that of the way back. */
const moves: readonly Command[] = (['forward', 'backward'] as const).flatMap((direction) =>
	verbs.map(([verb, aliases, how, forwards, backwards]): Command => {
		const back = direction === 'backward';
		return {
			name: back ? `reverse-${verb}` : verb,
			aliases: aliases.slice(back ? 1 : 0, back ? 2 : 1),
			arguments: verb === 'continue' ? '[COUNT] [--to PLACE]' : '[COUNT]',
			help: `${how}, ${back ? backwards : forwards}`,
			group: 'move',
			...(verb === 'continue' ? {offers: offeredFence} : {}),
			run: moving(verb, direction),
		};
	}),
);

function jump(session: Session, args: readonly string[]): CommandResult {
	const [text, more] = args;
	if (text === undefined || more !== undefined) {
		return refused('Where to? A number of events, +N, -N, start, end, a mark, or a hit.');
	}
	const place = placeOf(session, text);
	return place.ok ? stopped(goTo(session, place.position), 'jump') : refused(place.error);
}

function until(session: Session, args: readonly string[]): CommandResult {
	const [text, more] = args;
	if (text === undefined || more !== undefined) return refused('Until which event?');
	const place = placeOf(session, text);
	if (!place.ok) return refused(place.error);
	if (place.position === 0) return refused(`There are events 1 to ${session.recording.length}.`);
	return stopped(runUntil(session, place.position - 1), 'run');
}

/** To the next event whose description has the text, in whatever letters. */
function finding(direction: Direction): Command['run'] {
	return (session, _, text) => {
		if (text === '') return refused('Which text?');
		const {recording, position} = session;
		const wanted = text.toLowerCase();
		const step = direction === 'forward' ? 1 : -1;
		const first = direction === 'forward' ? position : position - 2;
		for (let seq = first; seq >= 0 && seq < recording.length; seq += step) {
			const line = describe(recording.at(seq), (id) => nodeLabel(recording, id));
			if (line.toLowerCase().includes(wanted)) return stopped(goTo(session, seq + 1), 'jump');
		}
		const side = direction === 'forward' ? 'further on' : 'before';
		return refused(`No event ${side} has the text "${text}".`);
	};
}

/** Commands that change the position. */
export const moveCommands: readonly Command[] = [
	...moves,
	{
		name: 'until',
		aliases: ['u'],
		arguments: 'PLACE',
		help: 'to a place, in whichever direction it lies, or a breakpoint before it',
		group: 'move',
		offers: offeredPlaces,
		run: until,
	},
	{
		name: 'goto',
		aliases: ['g'],
		arguments: placeSyntax,
		help: 'jump there, past breakpoints',
		group: 'move',
		offers: offeredPlaces,
		run: jump,
	},
	{
		name: 'start',
		aliases: [],
		arguments: '',
		help: 'jump to before the first event',
		group: 'move',
		run: (session) => stopped(goTo(session, 0), 'jump'),
	},
	{
		name: 'end',
		aliases: [],
		arguments: '',
		help: 'jump to after the last event',
		group: 'move',
		run: (session) => stopped(goTo(session, session.recording.length), 'jump'),
	},
	{
		name: 'find',
		aliases: [],
		arguments: 'TEXT',
		help: 'jump to the next event that has a text',
		group: 'move',
		run: finding('forward'),
	},
	{
		name: 'reverse-find',
		aliases: [],
		arguments: 'TEXT',
		help: 'jump to the event before that has a text',
		group: 'move',
		run: finding('backward'),
	},
	{
		name: 'jump',
		aliases: ['j'],
		arguments: 'MARK',
		help: 'jump to a place that was marked; as goto',
		group: 'move',
		offers: ({marks}) => marks.map(({name}) => name),
		run: jump,
	},
];
