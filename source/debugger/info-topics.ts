import {describeTime} from '../recording/describe-time.ts';
import type {DeviceState} from '../recording/state.ts';
import {describeBreakpoint} from './breakpoint-view.ts';
import {type CommandResult, done, refused, wholeNumber} from './command-row.ts';
import {describeNodeRow, devresView} from './devres-view.ts';
import {describeDisplays} from './display.ts';
import {describeLogRow, logLength, logRows} from './log-view.ts';
import {describeMark} from './mark-commands.ts';
import {describeEntry, describeStoryTitle, insideCallback, nodeStory} from './node-story.ts';
import {describeRegisters, registerView} from './register-view.ts';
import type {Session} from './session.ts';
import {lineAt} from './source-line.ts';
import {stackAt} from './stack-view.ts';

/** Something that `info` tells. */
export type InfoTopic = {
	/** What stands behind `info`. */
	readonly name: string;

	/** `[DEVICE]`, `NODE`; empty for none. */
	readonly arguments: string;

	/** One line without a full stop. */
	readonly help: string;

	/** `args` are the words behind the topic. */
	run(session: Session, args: readonly string[]): CommandResult;
};

const logLinesShown = 20;

/** Devices that are meant: the one named, the one chosen, or all. */
function devicesFor(session: Session, [named]: readonly string[]): readonly DeviceState[] {
	const address = named ?? session.device;
	const {devices} = session.recording.stateAt(session.position);
	// Events that name no device are kept under an empty address.
	return [...devices.values()].filter((device) =>
		address === null ? device.address !== '' : device.address === address,
	);
}

/** Some lines about each device that is meant, under its address. */
function perDevice(
	lines: (session: Session, device: DeviceState) => readonly string[],
): InfoTopic['run'] {
	return (session, args) => {
		const devices = devicesFor(session, args);
		if (devices.length === 0)
			return refused(`Nothing is known here of ${args[0] ?? 'any device'}.`);
		const output = devices.flatMap((device) => [
			`${device.address}:`,
			...lines(session, device).map((line) => `  ${line}`),
		]);
		return done(session, output);
	};
}

function before({recording, previous}: Session, {address}: DeviceState): DeviceState | undefined {
	return recording.stateAt(previous).devices.get(address);
}

function headLines(session: Session, device: DeviceState): readonly string[] {
	const {head} = devresView(device, before(session, device));
	const rows = head.map((row) => describeNodeRow(session.recording, row));
	if (rows.length > 0) return rows;
	return [device.bus === null ? 'no node on devres_head is known' : 'devres_head is empty'];
}

function todoLines(session: Session, device: DeviceState): readonly string[] {
	const {todo} = devresView(device, before(session, device));
	const rows = todo.map((row) => describeNodeRow(session.recording, row));
	return rows.length === 0 ? ['nothing is being released'] : rows;
}

function describeDevice(device: DeviceState): string {
	const driver =
		device.driver === undefined ? 'driver unknown' : `driver ${device.driver ?? 'none'}`;
	const {length} = device.devres_head;
	const owned = length === 1 ? '1 node' : `${length} nodes`;
	const parts = [device.bus ?? 'bus unknown', driver, owned];
	if (!device.present) parts.push('gone');
	return `${device.address}: ${parts.join(', ')}`;
}

function story(session: Session, [text = '']: readonly string[]): CommandResult {
	const {recording} = session;
	const {clock} = recording.header.source;
	const number = wholeNumber(text.replace('#', ''), 1);
	const id = number === null ? null : recording.nodeWithNumber(number);
	const told = id === null ? null : nodeStory(recording, id);
	if (told === null) return refused('Which node? Give its number, as in "info node 3".');
	const entries = told.entries.map((entry) => {
		const time = entry.time === null ? '' : ` at ${describeTime(entry.time, clock)}`;
		return `  event ${entry.seq + 1}${time}: ${describeEntry(entry)}`;
	});
	const inside = insideCallback(told, session.position) ? ['  You are inside its callback.'] : [];
	return done(session, [`${describeStoryTitle(told)}:`, ...entries, ...inside]);
}

function log(session: Session, [text = `${logLinesShown}`]: readonly string[]): CommandResult {
	const count = wholeNumber(text, 1);
	if (count === null) return refused(`"${text}" is no number of lines.`);
	const length = logLength(session.recording, session.position);
	const {clock} = session.recording.header.source;
	const rows = logRows(session.recording, Math.max(0, length - count), Math.min(count, length));
	const lines = rows.map((row) => {
		const time = row.time === null ? '' : `${describeTime(row.time, clock)} `;
		return `${time}${describeLogRow(row)}`;
	});
	return done(session, lines.length === 0 ? ['The log is empty here.'] : lines);
}

/** The line of the scenario or log that the event comes from; of a frame, that of its call. */
function sourceLine(session: Session): CommandResult {
	const {recording, position, frame} = session;
	const call = frame === 0 ? null : (stackAt(recording, position)[frame]?.call ?? null);
	const line = lineAt(recording, call === null ? position : call + 1);
	if (line === null) return done(session, ['No line is known here.']);
	const {source, text} = recording.header;
	const content = text.at(line - 1);
	const kept = content === undefined ? '' : `: ${content.trim()}`;
	return done(session, [`${source.path ?? 'line'}:${line}${kept}`]);
}

function findings(session: Session): CommandResult {
	const lines = session.environment.findings?.(session.recording);
	if (lines === undefined) return refused('Nobody looks for findings here.');
	return done(session, lines.length === 0 ? ['Nothing is found to be wrong.'] : lines);
}

/** What `info` can tell. */
export const infoTopics: readonly InfoTopic[] = [
	{
		name: 'breakpoints',
		arguments: '',
		help: 'breakpoints and their hits so far',
		run: (session) => {
			const lines = session.breakpoints.map((each) => describeBreakpoint(session, each));
			return done(session, lines.length === 0 ? ['There are no breakpoints.'] : lines);
		},
	},
	{
		name: 'devices',
		arguments: '',
		help: 'devices, their drivers and how much they own',
		run: (session) => {
			const devices = [...session.recording.stateAt(session.position).devices.values()];
			const lines = devices.filter(({address}) => address !== '').map(describeDevice);
			return done(session, lines.length === 0 ? ['No device is known here.'] : lines);
		},
	},
	{name: 'devres', arguments: '[DEVICE]', help: 'nodes on devres_head', run: perDevice(headLines)},
	{name: 'todo', arguments: '[DEVICE]', help: 'nodes being released', run: perDevice(todoLines)},
	{
		name: 'registers',
		arguments: '[DEVICE]',
		help: 'PCI_COMMAND, INTx, MSI, MSI-X, and what restores bit 10',
		run: perDevice((session, device) =>
			describeRegisters(
				session.recording,
				registerView(session.recording, session.position, device),
			),
		),
	},
	{name: 'log', arguments: '[LINES]', help: 'last lines of the kernel log', run: log},
	{name: 'node', arguments: 'NUMBER', help: 'the story of a node', run: story},
	{name: 'line', arguments: '', help: 'where the event comes from', run: sourceLine},
	{
		name: 'marks',
		arguments: '',
		help: 'places with names',
		run: (session) => {
			const marks = session.marks.toSorted((a, b) => a.position - b.position);
			return done(session, marks.length === 0 ? ['There are no marks.'] : marks.map(describeMark));
		},
	},
	{
		name: 'display',
		arguments: '',
		help: 'expressions told at every stop, and their values',
		run: (session) => {
			const lines = describeDisplays(session);
			return done(session, lines.length === 0 ? ['Nothing is displayed.'] : lines);
		},
	},
	{name: 'findings', arguments: '', help: 'what is wrong in the recording', run: findings},
];
