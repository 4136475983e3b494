import {closestName} from '../recording/closest-name.ts';
import type {RecordedEvent} from '../recording/event.ts';
import {eventTypes} from '../recording/event-types.ts';
import type {Recording} from '../recording/recording.ts';

/** What a breakpoint waits for. An event i that matches stops the debugger at position i + 1: it has just happened. */
export type BreakpointTarget =
	| {readonly kind: 'function'; readonly name: string}
	| {readonly kind: 'event'; readonly name: string}
	| {readonly kind: 'node'; readonly name: string};

/** Names that a recording offers to break at. */
type Names = {readonly functions: ReadonlySet<string>; readonly nodes: ReadonlySet<string>};

const namesByRecording = new WeakMap<Recording, Names>();

/** Events of a node that the kernel logs, which a breakpoint at its name stops at. */
export const loggedNodeEvents = [
	'devres-add',
	'devres-release',
	'devres-remove',
	'devres-replace',
] as const;

type LoggedNodeEvent = Extract<RecordedEvent, {type: (typeof loggedNodeEvents)[number]}>;

/** Every function called and every node name logged in a recording, in order of first appearance. */
function namesIn(recording: Recording): Names {
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

/** An event type, else a function that is called, else a name that a node has, else a function. */
export function targetOf(recording: Recording, name: string): BreakpointTarget {
	if (isEventType(name)) return {kind: 'event', name};
	if (recording.callsOf(name).length > 0) return {kind: 'function', name};
	if (namesIn(recording).nodes.has(name)) return {kind: 'node', name};
	return {kind: 'function', name};
}

/** What a text names, or why it names nothing, in one sentence. */
export type ParsedTarget =
	| {readonly ok: true; readonly target: BreakpointTarget}
	| {readonly ok: false; readonly error: string};

/** Reads `pcim_intx`, `devres-add`, or with the kind in front: `function free_irq`, `node devm_irq_release`. */
export function parseTarget(recording: Recording, text: string): ParsedTarget {
	const [first = '', second, ...rest] = text.trim().split(/\s+/);
	if (first === '' || rest.length > 0) return {ok: false, error: 'Give one name to break at.'};
	const {functions, nodes} = namesIn(recording);
	if (second === undefined) {
		const target = targetOf(recording, first);
		if (target.kind !== 'function' || functions.has(first)) return {ok: true, target};
		return missing('Nothing', first, [...functions, ...nodes, ...eventTypes]);
	}
	if (first === 'function') {
		if (functions.has(second)) return {ok: true, target: {kind: 'function', name: second}};
		return missing('No function', second, [...functions]);
	}
	if (first === 'node') {
		if (nodes.has(second)) return {ok: true, target: {kind: 'node', name: second}};
		return missing('No node', second, [...nodes]);
	}
	if (first === 'event') {
		if (isEventType(second)) return {ok: true, target: {kind: 'event', name: second}};
		return missing('No event', second, eventTypes);
	}
	return missing('No kind of breakpoint', first, ['function', 'node', 'event']);
}

function missing(what: string, name: string, known: readonly string[]): ParsedTarget {
	const near = closestName(name, known);
	const hint = near === null ? '' : ` Did you mean "${near}"?`;
	return {ok: false, error: `${what} is named "${name}" here.${hint}`};
}
