import {describe} from '../recording/describe.ts';
import {
	type Command,
	type CommandResult,
	done,
	refused,
	refusedExpression,
	wholeNumber,
} from './command-row.ts';
import {nodeLabel} from './devres-view.ts';
import {displayCommands} from './display.ts';
import {compile, printValue} from './expression.ts';
import {frameCommands} from './frame-commands.ts';
import {infoTopics} from './info-topics.ts';
import {findByName} from './name-lookup.ts';
import {offeredPlaces, placeOf} from './place.ts';
import type {Session} from './session.ts';
import {describeDifference, stateDifference} from './state-difference.ts';

const listedAround = 5;

function info(session: Session, [name = '', ...args]: readonly string[]): CommandResult {
	if (name === '')
		return done(
			session,
			infoTopics.map((topic) => `info ${topic.name}: ${topic.help}`),
		);
	const found = findByName(infoTopics, name, 'topic');
	if (!found.ok) return refused(found.error);
	if (found.row.arguments === '' && args.length > 0) {
		return refused(`"info ${found.row.name}" takes no arguments.`);
	}
	return found.row.run(session, args);
}

function list(session: Session, [text = `${session.position}`]: readonly string[]): CommandResult {
	const {recording, position} = session;
	const middle = wholeNumber(text);
	if (middle === null || middle > recording.length) {
		return refused(`Around which event? There are events 1 to ${recording.length}.`);
	}
	const first = Math.max(0, middle - listedAround);
	const count = Math.min(recording.length, middle + listedAround) - first;
	const lines = Array.from({length: Math.max(0, count)}, (_, place) => {
		const event = recording.at(first + place);
		const here = event.seq === position - 1 ? ' here' : '';
		const label = describe(event, (id) => nodeLabel(recording, id));
		return `${event.seq + 1}${here} ${event.context}: ${label}`;
	});
	return done(session, lines);
}

function device(session: Session, [address]: readonly string[]): CommandResult {
	const {devices} = session.recording;
	if (address === undefined) {
		const chosen = session.device ?? 'none chosen: the events decide';
		return done(session, [`Device ${chosen}.`, ...devices]);
	}
	if (address === 'any') return done({...session, device: null}, ['The events decide the device.']);
	const found = findByName(
		devices.map((name) => ({name})),
		address,
		'device',
	);
	if (!found.ok) return refused(found.error);
	return done({...session, device: found.row.name}, [`Device ${found.row.name}.`]);
}

function print(session: Session, _: readonly string[], text: string): CommandResult {
	if (text === '') return refused('Which expression?');
	const compiled = compile(text);
	if (!compiled.ok) return refusedExpression(text, {text, error: compiled.error});
	const evaluated = compiled.expression.evaluate(session.recording, session.position);
	if (!evaluated.ok) return refusedExpression(text, {text, error: evaluated.error});
	return done(session, [printValue(evaluated.value)]);
}

function diff(session: Session, [first, second, more]: readonly string[]): CommandResult {
	if (first === undefined || more !== undefined) return refused('Between which places?');
	const from = placeOf(session, first);
	if (!from.ok) return refused(from.error);
	const to =
		second === undefined
			? ({ok: true, position: session.position} as const)
			: placeOf(session, second);
	if (!to.ok) return refused(to.error);
	const {recording} = session;
	const found = stateDifference(recording, from.position, to.position);
	const lines = found.flatMap((each) => describeDifference(recording, each));
	const nothing = `No device differs between event ${from.position} and ${to.position}.`;
	return done(session, lines.length === 0 ? [nothing] : lines);
}

/** Commands that only tell. */
export const lookCommands: readonly Command[] = [
	{
		name: 'info',
		aliases: ['i'],
		arguments: infoTopics.map((topic) => topic.name).join('|'),
		help: 'tell about one of these',
		group: 'look',
		offers: (session, before) =>
			before.length === 0 ? infoTopics.map(({name}) => name) : session.recording.devices,
		run: info,
	},
	...frameCommands,
	{
		name: 'list',
		aliases: ['l'],
		arguments: '[EVENT]',
		help: 'the events around one, or around here',
		group: 'look',
		run: list,
	},
	{
		name: 'print',
		aliases: ['p'],
		arguments: 'EXPRESSION',
		help: 'the value of an expression here',
		group: 'look',
		offers: () => 'expression',
		run: print,
	},
	...displayCommands,
	{
		name: 'diff',
		aliases: [],
		arguments: 'PLACE [PLACE]',
		help: 'what is different between two places, or between one and here',
		group: 'look',
		offers: offeredPlaces,
		run: diff,
	},
	{
		name: 'device',
		aliases: ['dev'],
		arguments: '[ADDRESS|any]',
		help: 'choose the device to look at',
		group: 'look',
		offers: ({recording}) => [...recording.devices, 'any'],
		run: device,
	},
];
