import {closestName} from '../recording/closest-name.ts';
import {eventTypes} from '../recording/event-types.ts';
import type {Recording} from '../recording/recording.ts';
import {type Slices, searched} from '../recording/search.ts';
import {loggedNodeEvents} from './node-index.ts';
import {lineIndexOf, nextLineOf} from './source-line.ts';
import {eventsThat} from './visit-events.ts';

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

function* findNames(recording: Recording): Slices<TargetNames> {
	const functions = new Set<string>();
	const nodes = new Set<string>();
	const logged: ReadonlySet<string> = new Set(loggedNodeEvents);
	yield* eventsThat(recording, (seq) => {
		const type = recording.typeAt(seq);
		if (type !== 'call' && !logged.has(type)) return false;
		const event = recording.at(seq);
		if (event.type === 'call') functions.add(event.fn);
		else if ('name' in event) nodes.add(event.name);
		return false;
	});
	return {functions, nodes};
}

/** Every function called and every node name logged in a recording, in order of first appearance. */
export function namesIn(recording: Recording): TargetNames {
	return searched(recording, 'names', () => findNames(recording));
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
	if (target.kind !== 'function' || recording.callsOf(first).length > 0) return {ok: true, target};
	const line = parseFileAndLine(recording, first);
	if (line !== null) return line;
	const {functions, nodes} = namesIn(recording);
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
