import {closestName} from '../recording/closest-name.ts';
import type {RecordedEvent} from '../recording/event.ts';
import {eventTypes} from '../recording/event-types.ts';
import type {Recording} from '../recording/recording.ts';
import {lineIndexOf, nextLineOf} from './source-line.ts';

/** Kinds of breakpoints that wait for an event, by the word that may stand before the name. */
export const targetKinds = ['function', 'event', 'node', 'device', 'line'] as const;

/**
What a breakpoint waits for. An event i that matches stops the debugger at position i + 1: it has just happened.

The name is a function, an event type, the name of nodes, a device's address, a line of the scenario or log, or the
expression that is watched.
*/
export type BreakpointTarget = {
	readonly kind: (typeof targetKinds)[number] | 'watch';
	readonly name: string;
};

/** Names that a recording offers to break at. */
export type TargetNames = {
	/** Functions that are called. */
	readonly functions: ReadonlySet<string>;

	/** Names of nodes in the log. */
	readonly nodes: ReadonlySet<string>;
};

const namesByRecording = new WeakMap<Recording, TargetNames>();

/** Events of a node that the kernel logs, which a breakpoint at its name stops at. */
export const loggedNodeEvents = [
	'devres-add',
	'devres-release',
	'devres-remove',
	'devres-replace',
] as const;

type LoggedNodeEvent = Extract<RecordedEvent, {type: (typeof loggedNodeEvents)[number]}>;

/** Every function called and every node name logged in a recording, in order of first appearance. */
export function namesIn(recording: Recording): TargetNames {
	let names = namesByRecording.get(recording);
	if (names === undefined) {
		const called = recording.ofType('call').map((seq) => (recording.at(seq) as {fn: string}).fn);
		const logged = loggedNodeEvents.flatMap((type) =>
			recording.ofType(type).map((seq) => (recording.at(seq) as LoggedNodeEvent).name),
		);
		names = {functions: new Set(called), nodes: new Set(logged)};
		namesByRecording.set(recording, names);
	}
	return names;
}

function isEventType(name: string): boolean {
	return (eventTypes as readonly string[]).includes(name);
}

/** An event type, else a function that is called, else a name that a node has, else a device, else a function. */
export function targetOf(recording: Recording, name: string): BreakpointTarget {
	if (isEventType(name)) return {kind: 'event', name};
	if (recording.callsOf(name).length > 0) return {kind: 'function', name};
	if (namesIn(recording).nodes.has(name)) return {kind: 'node', name};
	return {kind: recording.devices.includes(name) ? 'device' : 'function', name};
}

/** What a text names, or why it names nothing, in one sentence. */
export type ParsedTarget =
	| {readonly ok: true; readonly target: BreakpointTarget}
	| {readonly ok: false; readonly error: string};

function missing(what: string, name: string, known: Iterable<string>): ParsedTarget {
	const near = closestName(name, known);
	const hint = near === null ? '' : ` Did you mean "${near}"?`;
	return {ok: false, error: `${what} is named "${name}" here.${hint}`};
}

function parseLine(recording: Recording, text: string): ParsedTarget {
	const line = /^\d{1,9}$/.test(text) ? Number(text) : 0;
	if (line === 0) return {ok: false, error: `"${text}" is no number of a line.`};
	if (lineIndexOf(recording).has(line)) return {ok: true, target: {kind: 'line', name: `${line}`}};
	const next = nextLineOf(recording, line);
	const hint = next === null ? '' : ` The next line with events is ${next}.`;
	return {ok: false, error: `Nothing happens at line ${line}.${hint}`};
}

/** `ccp-reload.yaml:47`, or null for a text that names no file and line. */
function parseFileAndLine(recording: Recording, text: string): ParsedTarget | null {
	const found = /^(?<file>.{1,999}):(?<line>\d{1,9})$/.exec(text)?.groups;
	const {path} = recording.header.source;
	if (found === undefined || path === null) return null;
	const {file = '', line = ''} = found;
	return path === file || path.endsWith(`/${file}`) ? parseLine(recording, line) : null;
}

function parseOfKind(recording: Recording, kind: string, name: string): ParsedTarget {
	const {functions, nodes} = namesIn(recording);
	const among = (
		known: ReadonlySet<string>,
		of: 'function' | 'node' | 'event' | 'device',
	): ParsedTarget =>
		known.has(name) ? {ok: true, target: {kind: of, name}} : missing(`No ${of}`, name, known);
	switch (kind) {
		case 'function':
			return among(functions, kind);
		case 'node':
			return among(nodes, kind);
		case 'event':
			return among(new Set(eventTypes), kind);
		case 'device':
			return among(new Set(recording.devices), kind);
		case 'line':
			return parseLine(recording, name);
		default:
			return missing('No kind of breakpoint', kind, targetKinds);
	}
}

function isName(recording: Recording, name: string): boolean {
	const {functions, nodes} = namesIn(recording);
	return isEventType(name) || functions.has(name) || nodes.has(name);
}

/** What may stand behind a target; a slip in one looks like part of the target. */
const clauseNames = ['if', 'hits', 'log'] as const;

/** Reads `pcim_intx`, `devres-add`, `ccp.yaml:42`, or with the kind in front: `node devm_irq_release`, `line 42`. */
export function parseTarget(recording: Recording, text: string): ParsedTarget {
	const [first = '', second, ...rest] = text.trim().split(/\s+/);
	if (second !== undefined && isName(recording, first)) {
		const known = clauseNames.join(', ');
		return {ok: false, error: `What is "${second}" for? Behind a name may stand ${known}.`};
	}
	if (first === '' || rest.length > 0) return {ok: false, error: 'Give one name to break at.'};
	if (second !== undefined) return parseOfKind(recording, first, second);
	const target = targetOf(recording, first);
	const {functions, nodes} = namesIn(recording);
	if (target.kind !== 'function' || functions.has(first)) return {ok: true, target};
	const line = parseFileAndLine(recording, first);
	if (line !== null) return line;
	return missing('Nothing', first, [...functions, ...nodes, ...recording.devices, ...eventTypes]);
}

/** Names of a kind that a recording offers to break at. */
function offeredOf(recording: Recording, kind: string): Iterable<string> {
	switch (kind) {
		case 'function':
			return namesIn(recording).functions;
		case 'node':
			return namesIn(recording).nodes;
		case 'event':
			return eventTypes;
		case 'device':
			return recording.devices;
		case 'line':
			return Array.from(lineIndexOf(recording).keys(), String);
		default:
			return [];
	}
}

/** What may follow the words behind `break`: a kind or a name, a name of that kind, then clauses. */
export function offeredTargets(
	{recording}: {readonly recording: Recording},
	before: readonly string[],
): Iterable<string> | 'expression' {
	if (before.includes('if')) return 'expression';
	const [first, second] = before;
	if (first === undefined) {
		const {functions, nodes} = namesIn(recording);
		return new Set([...targetKinds, ...functions, ...nodes, ...eventTypes, ...recording.devices]);
	}
	const isKind = (targetKinds as readonly string[]).includes(first);
	return isKind && second === undefined ? offeredOf(recording, first) : clauseNames;
}
