import {describe} from '../recording/describe.ts';
import {type Command, type CommandResult, done, refused, wholeNumber} from './command-row.ts';
import {nodeLabel} from './devres-view.ts';
import {compile, printValue, underline} from './expression.ts';
import {infoTopics} from './info-topics.ts';
import {findByName} from './name-lookup.ts';
import type {Session} from './session.ts';
import {describeStackRow, stackAt} from './stack-view.ts';

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

function backtrace(session: Session): CommandResult {
	const rows = stackAt(session.recording, session.position);
	if (rows.length === 0) return done(session, ['No function is open here.']);
	return done(
		session,
		rows.map((row, number) => `#${number} ${describeStackRow(row)}`),
	);
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

function print(session: Session, args: readonly string[]): CommandResult {
	const text = args.join(' ');
	if (text === '') return refused('Which expression?');
	const compiled = compile(text);
	if (!compiled.ok) return refused(...underline(text, compiled.error));
	const evaluated = compiled.expression.evaluate(session.recording, session.position);
	if (!evaluated.ok) return refused(...underline(text, evaluated.error));
	return done(session, [printValue(evaluated.value)]);
}

/** Commands that only tell. */
export const lookCommands: readonly Command[] = [
	{
		name: 'info',
		aliases: ['i'],
		arguments: infoTopics.map((topic) => topic.name).join('|'),
		help: 'tell about one of these',
		group: 'look',
		run: info,
	},
	{
		name: 'backtrace',
		aliases: ['bt', 'where'],
		arguments: '',
		help: 'the call stack, innermost first',
		group: 'look',
		run: backtrace,
	},
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
		run: print,
	},
	{
		name: 'device',
		aliases: ['dev'],
		arguments: '[ADDRESS|any]',
		help: 'choose the device to look at',
		group: 'look',
		run: device,
	},
];
