import {closestName} from '../recording/closest-name.ts';
import type {NodeId} from '../recording/node-id.ts';
import {commandBits, PCI_COMMAND} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {todoOf} from '../recording/state.ts';
import {lastBelow, none} from './call-index.ts';
import {wholeNumber} from './command-row.ts';
import {deviceNear} from './device-near.ts';
import {loggedOperations, nodesNamed} from './node-index.ts';
import {passAround} from './release-pass.ts';
import type {Session} from './session.ts';
import {changesOf, fieldsOf, type Valued} from './value-changes.ts';
import {findNear} from './why-missing.ts';

/** What one can ask why it is so. */
export type WhyQuestion =
	| {readonly kind: 'stop'}
	| {readonly kind: 'node'; readonly id: NodeId}
	| {readonly kind: 'value'; readonly valued: Valued}
	| {readonly kind: 'find'; readonly call: number}
	| {readonly kind: 'probe'; readonly device: string};

/** The question that a text is, or why it is none, in one sentence. */
export type ParsedWhy =
	| {readonly ok: true; readonly question: WhyQuestion}
	| {readonly ok: false; readonly error: string};

function asked(question: WhyQuestion): ParsedWhy {
	return {ok: true, question};
}

function wrong(error: string): ParsedWhy {
	return {ok: false, error};
}

/** Other names of device fields. */
const fieldAliases: ReadonlyMap<string, string> = new Map([['enable_cnt', 'enable_count']]);

function registersOf(recording: Recording, device: string, position: number): readonly Valued[] {
	const word = (name: string, offset: number, mask = 0xffff): Valued => ({
		kind: 'register',
		device,
		offset,
		mask,
		name,
	});
	const state = recording.stateAt(position).devices.get(device);
	return [
		word('PCI_COMMAND', PCI_COMMAND),
		...commandBits.map(([mask, name]) => word(name, PCI_COMMAND, mask)),
		...(state?.msi == null ? [] : [word('MSI', state.msi)]),
		...(state?.msix == null ? [] : [word('MSI-X', state.msix)]),
	];
}

/** The node of that name on a list of the device, the newest first; else the one that an operation named last. */
function nodeCalled({recording, position}: Session, device: string, name: string): NodeId | null {
	const state = recording.stateAt(position).devices.get(device);
	const listed = state?.devres_head.findLast((node) => node.name === name);
	const moved = state && todoOf(state).findLast(({node}) => node.name === name)?.node;
	if (listed !== undefined || moved !== undefined) return listed ?? moved ?? null;
	const begun = ({events}: {events: readonly number[]}) => (events[0] ?? position) < position;
	const own = nodesNamed(recording, device, name).findLast(begun);
	if (own !== undefined) return own.id;
	const others = recording.devices.map((each) => nodesNamed(recording, each, name).findLast(begun));
	return others.find((each) => each !== undefined)?.id ?? null;
}

function nodeAsked(session: Session, device: string, text: string): NodeId | null {
	const number = wholeNumber(text.replace(/^#/, ''), 1);
	return number === null
		? nodeCalled(session, device, text)
		: session.recording.nodeWithNumber(number);
}

function askNode(session: Session, device: string, text: string): ParsedWhy {
	if (text === '') return wrong('Which node? Give its number or name, as in "why #3".');
	const id = nodeAsked(session, device, text);
	if (id !== null) return asked({kind: 'node', id});
	const names = loggedNames(session.recording);
	const near = closestName(text, names);
	const hint = near === null ? '' : ` Did you mean "${near}"?`;
	return wrong(`No node "${text}" is known here.${hint}`);
}

const namesByRecording = new WeakMap<Recording, readonly string[]>();

function loggedNames(recording: Recording): readonly string[] {
	let names = namesByRecording.get(recording);
	if (names === undefined) {
		names = [
			...new Set(
				loggedOperations(recording).map((seq) => (recording.at(seq) as {name?: string}).name ?? ''),
			),
		];
		namesByRecording.set(recording, names);
	}
	return names;
}

/** `#24.orig_intx`, or `pcim_intx_restore.orig_intx`. */
function askNodeField(session: Session, device: string, text: string): ParsedWhy {
	const dot = text.indexOf('.');
	const node = nodeAsked(session, device, text.slice(0, dot));
	const name = text.slice(dot + 1);
	if (node === null) return askNode(session, device, text.slice(0, dot));
	const valued = {kind: 'data', node, name} as const;
	if (changesOf(session.recording, valued).length > 0) return asked({kind: 'value', valued});
	return wrong(`No event tells a field "${name}" of that node.`);
}

function askValue(session: Session, device: string, word: string): Valued | null {
	const {recording, position} = session;
	const lower = word.toLowerCase();
	const register = registersOf(recording, device, position).find(
		({name}) => name.toLowerCase() === lower || (lower === 'command' && name === 'PCI_COMMAND'),
	);
	if (register !== undefined) return register;
	const field = fieldAliases.get(word) ?? word;
	const isKnown = field === 'driver' || field === 'enable_count';
	if (!isKnown && !fieldsOf(recording, device).includes(field)) return null;
	return {kind: 'field', device, name: field};
}

/** Everything that can be asked about a device, for hints and completion. */
export function whyNames({recording, position}: Session, device: string): readonly string[] {
	return [
		'probe',
		'devres_find',
		'node',
		'driver',
		'enable_count',
		'command',
		...registersOf(recording, device, position).map(({name}) => name),
		...fieldsOf(recording, device),
		...loggedNames(recording),
	];
}

/** The device that a session looks at. */
export function deviceOf(session: Session): string {
	return session.device ?? deviceNear(session.recording, session.position) ?? '';
}

/** The device of the last probe, where nobody chose one: the event at hand may be of another. */
function probedDevice(session: Session): string {
	const {recording, position} = session;
	const near = deviceOf(session);
	if (session.device !== null) return near;
	const ends = recording.ofType('probe-end');
	const begins = recording.ofType('probe-begin');
	const last = Math.max(lastBelow(ends, position), lastBelow(begins, position));
	return last === none ? near : (recording.at(last).device ?? near);
}

/** ADDs that are looked at for one during a release. */
const reach = 256;

/** The call of devres_find() at hand; in a log without calls, the last node that was added during a release. */
function askFind({recording, position}: Session): ParsedWhy {
	const call = findNear(recording, position);
	if (call !== none) return asked({kind: 'find', call});
	const adds = recording.ofType('devres-add');
	let seq = lastBelow(adds, position);
	for (let left = reach; seq !== none && left > 0; left -= 1) {
		const event = recording.at(seq);
		if ('node' in event && passAround(recording, event.device ?? '', seq) !== null) {
			return asked({kind: 'node', id: event});
		}
		seq = lastBelow(adds, seq);
	}
	return wrong(
		'No call of devres_find() is recorded before this position, and no ADD during a release.',
	);
}

/** Reads what stands behind `why`. */
export function parseWhy(session: Session, args: readonly string[]): ParsedWhy {
	const [word = '', ...rest] = args;
	const device = deviceOf(session);
	if (word === 'node') return askNode(session, device, rest.join(' '));
	if (rest.length > 0) return wrong(`"${args.join(' ')}" is more than one thing to ask about.`);
	if (word === '') return asked({kind: 'stop'});
	if (word === 'probe') return asked({kind: 'probe', device: probedDevice(session)});
	if (word === 'devres_find') return askFind(session);
	if (/^#?\d+$/.test(word)) return askNode(session, device, word);
	if (word.includes('.') && !loggedNames(session.recording).includes(word)) {
		return askNodeField(session, device, word);
	}
	const valued = askValue(session, device, word);
	if (valued !== null) return asked({kind: 'value', valued});
	const id = nodeCalled(session, device, word);
	if (id !== null) return asked({kind: 'node', id});
	const near = closestName(word, whyNames(session, device));
	const hint = near === null ? '' : ` Did you mean "${near}"?`;
	return wrong(`Nothing here is named "${word}".${hint}`);
}
