import {describeField} from '../recording/describe.ts';
import type {RecordedEvent} from '../recording/event.ts';
import type {FieldValue} from '../recording/event-base.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {callIndexOf, firstFrom, none} from './call-index.ts';
import {historyOf, type NodeHistory} from './node-index.ts';
import {describeCallers, describeStackRow, type StackRow, stackOfEvent} from './stack-view.ts';

/** Something that happened to a node. */
export type StoryEntry = {
	/** The event, to jump to. */
	readonly seq: number;

	/** Seconds since boot, or null. */
	readonly time: number | null;

	/** `added`, `orig_intx 0`, `moved`: what, in a word or two. */
	readonly what: string;

	/** By whom, or where to, in words; empty where nothing is known. */
	readonly how: string;

	/** Where it happened, innermost first. */
	readonly stack: readonly StackRow[];

	/** What the field held before, where it was something else; undefined where nothing is lost. */
	readonly overwritten: FieldValue | undefined;
};

/** The life of a node over the whole recording, whatever the position. */
export type NodeStory = {
	/** Whose story it is. */
	readonly id: NodeId;

	/** As `Recording.nodeNumber` gives it. */
	readonly number: number;

	/** Null where the log doesn't tell. */
	readonly name: string | null;

	/** Bytes; null where the log doesn't tell. */
	readonly size: number | null;

	/** Address of the device it belongs to. */
	readonly device: string;

	/** In order. */
	readonly entries: readonly StoryEntry[];

	/** Event that calls the release callback, and the one that ends it; `none` where there is none. */
	readonly callback: {readonly from: number; readonly to: number};
};

/** Whether every node goes through this function: it tells nothing of who owns it. */
export function isPlumbing({fn}: StackRow): boolean {
	return fn.startsWith('devres_') || fn.startsWith('__devres_') || fn === 'add_dr';
}

/** `pcim_intx ← pci_intx`: who did it, without the functions that every node goes through. */
export function callersOf(stack: readonly StackRow[]): string {
	const first = stack.findIndex((row) => !isPlumbing(row));
	return describeCallers(first === -1 ? stack : stack.slice(first));
}

function by(stack: readonly StackRow[], word = 'by'): string {
	return stack.length === 0 ? '' : `${word} ${callersOf(stack)}`;
}

/** The call that a release makes is the callback: the next one of its context, if it follows at once. */
function callbackCall(recording: Recording, release: number): number {
	const {contexts} = callIndexOf(recording);
	const next = firstFrom(contexts.get(recording.at(release).context) ?? [], release + 1);
	return next !== none && recording.at(next).type === 'call' ? next : none;
}

function releaseText(recording: Recording, seq: number): string {
	const call = callbackCall(recording, seq);
	const event = recording.at(call === none ? seq : call);
	return event.type === 'call' ? `callback ${event.fn}` : '';
}

function replaceText(event: RecordedEvent & {type: 'devres-replace'}, id: NodeId): string {
	if (event.by?.node === id.node && event.by.generation === id.generation) return 'put in';
	return event.by === undefined ? 'replaced' : `replaced by ${event.by.name}`;
}

/** What an event means to the node, and by whom it was done. */
function tell(
	recording: Recording,
	event: RecordedEvent,
	id: NodeId,
	stack: readonly StackRow[],
): {readonly what: string; readonly how: string} | null {
	switch (event.type) {
		case 'devres-alloc':
			return {what: 'allocated', how: by(stack)};
		case 'devres-free':
			return {what: 'freed', how: ''};
		case 'devres-add':
			return {what: 'added', how: by(stack)};
		case 'devres-release':
			return {what: 'released', how: releaseText(recording, event.seq)};
		case 'devres-remove':
			return {what: 'removed', how: by(stack)};
		case 'devres-replace':
			return {what: replaceText(event, id), how: by(stack)};
		case 'devres-move':
			return {what: 'moved', how: `devres_head → todo ${by(stack.slice(0, 1))}`.trimEnd()};
		case 'devres-unlink':
			return {what: 'unlinked', how: ''};
		case 'devres-data': {
			const [setter, ...around] = stack;
			const who = setter === undefined ? '' : `set by ${describeStackRow(setter)}`;
			const from = around.length === 0 ? '' : ` ← ${describeCallers(around)}`;
			return {what: `${event.field} ${describeField(event.value)}`, how: who + from};
		}
		default:
			return null;
	}
}

function entriesOf(recording: Recording, history: NodeHistory): readonly StoryEntry[] {
	const fields = new Map<string, FieldValue>();
	return history.events.flatMap((seq) => {
		const event = recording.at(seq);
		const stack = stackOfEvent(recording, seq);
		const told = tell(recording, event, history.id, stack);
		if (told === null) return [];
		let overwritten: FieldValue | undefined;
		if (event.type === 'devres-data') {
			const held = fields.get(event.field);
			if (held !== event.value) overwritten = held;
			fields.set(event.field, event.value);
		}
		const what = event.inferred ? `${told.what} (inferred)` : told.what;
		return [{seq, time: event.time, what, how: told.how, stack, overwritten}];
	});
}

function callbackOf(recording: Recording, history: NodeHistory): NodeStory['callback'] {
	const from =
		history.events.findLast((seq) => recording.at(seq).type === 'devres-release') ?? none;
	const call = from === none ? none : callbackCall(recording, from);
	return {from, to: call === none ? none : (callIndexOf(recording).partner[call] ?? none)};
}

/** The story of a node, or null for one that never appears. */
export function nodeStory(recording: Recording, id: NodeId): NodeStory | null {
	const history = historyOf(recording, id);
	if (history === null) return null;
	const {name, size, device} = history;
	return {
		id: history.id,
		number: recording.nodeNumber(id),
		name,
		size,
		device,
		entries: entriesOf(recording, history),
		callback: callbackOf(recording, history),
	};
}

/** Whether a position is inside the node's release callback. */
export function insideCallback({callback: {from, to}}: NodeStory, position: number): boolean {
	return from !== none && position > from && position <= to;
}

/** `orig_intx 0, set by …, was 1`: an entry in words, without its time. */
export function describeEntry({what, how, overwritten}: StoryEntry): string {
	const was = overwritten === undefined ? [] : [`was ${describeField(overwritten)}`];
	return [what, ...(how === '' ? [] : [how]), ...was].join(', ');
}

/** `#25 pcim_intx_restore, 4 bytes, 0000:23:00.1`. */
export function describeStoryTitle({number, name, size, device}: NodeStory): string {
	const bytes = size === null ? [] : [`${size} bytes`];
	return [`#${number} ${name ?? 'unnamed'}`, ...bytes, device].join(', ');
}
