import type {RecordedEvent} from '../recording/event.ts';
import type {FieldValue} from '../recording/event-base.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {historyOf} from './node-index.ts';

/** Something of a device or node that holds a value. */
export type Valued =
	| {
			/** A 16-bit word of config space, or some bits of it. */
			readonly kind: 'register';
			readonly device: string;

			/** Even offset. */
			readonly offset: number;

			/** Bits that are meant; 0xffff for all. */
			readonly mask: number;

			/** As a person calls it: `INTX_DISABLE`. */
			readonly name: string;
	  }
	| {readonly kind: 'field'; readonly device: string; readonly name: string}
	| {readonly kind: 'data'; readonly node: NodeId; readonly name: string};

/** An event that gave something its value, or the first that tells it. */
export type ValueChange = {
	/** The event. */
	readonly seq: number;

	/** What it held before; undefined where no event tells. */
	readonly from: FieldValue | undefined;

	/** What it holds from here on; undefined where it isn't known any more. */
	readonly to: FieldValue | undefined;

	/** `read`: the value was found there, and nothing recorded wrote it. `appeared`: the device came with it. */
	readonly how: 'written' | 'read' | 'appeared';
};

type Changes = ReadonlyMap<string, readonly ValueChange[]>;
type GrowingChanges = Map<string, ValueChange[]>;

const registerTypes = ['config-read', 'config-write', 'device-add'] as const;
const fieldTypes = [
	'device-add',
	'device-data',
	'device-remove',
	'enable-count',
	'bind',
	'unbind',
	'probe-end',
] as const;

function ordered(recording: Recording, types: readonly RecordedEvent['type'][]): RecordedEvent[] {
	return types
		.flatMap((type) => recording.ofType(type))
		.sort((a, b) => a - b)
		.map((seq) => recording.at(seq));
}

function note(changes: GrowingChanges, key: string, change: Omit<ValueChange, 'from'>): void {
	const list = changes.get(key) ?? [];
	changes.set(key, list);
	const last = list.at(-1);
	if (change.how === 'read' && last?.to === change.to) return;
	list.push({...change, from: change.how === 'appeared' ? undefined : last?.to});
}

function wordKey(device: string | undefined, offset: number): string {
	return `${device ?? ''} ${offset}`;
}

/** Words that an access gives: a byte changes the word it is in, 32 bits are two words. */
function wordsOf(
	event: RecordedEvent & {type: 'config-read' | 'config-write'},
	known: (offset: number) => number | undefined,
): readonly (readonly [number, number])[] {
	const {offset, width, value} = event;
	if (width === 4)
		return [
			[offset, value & 0xffff],
			[offset + 2, (value >>> 16) & 0xffff],
		];
	if (width === 2) return [[offset, value]];
	const even = offset & ~1;
	const word = known(even);
	if (word === undefined) return [];
	return [[even, offset & 1 ? (word & 0x00ff) | (value << 8) : (word & 0xff00) | value]];
}

function registerChanges(recording: Recording): Changes {
	const changes: GrowingChanges = new Map();
	for (const event of ordered(recording, registerTypes)) {
		const {seq, device} = event;
		if (event.type === 'device-add') {
			for (const [offset, to] of Object.entries(event.config ?? {})) {
				note(changes, wordKey(device, Number(offset)), {seq, to, how: 'appeared'});
			}
		} else if (event.type === 'config-read' || event.type === 'config-write') {
			const how = event.type === 'config-read' ? 'read' : 'written';
			const known = (offset: number) => changes.get(wordKey(device, offset))?.at(-1)?.to;
			const words = wordsOf(event, (offset) => known(offset) as number | undefined);
			for (const [offset, to] of words) {
				note(changes, wordKey(device, offset), {seq, to, how});
			}
		}
	}
	return changes;
}

/** Field and value that an event gives a device; null where it gives none. */
function fieldOf(event: RecordedEvent): readonly [string, FieldValue | undefined] | null {
	switch (event.type) {
		case 'device-data':
			return [event.field, event.value];
		case 'enable-count':
			return ['enable_count', event.value];
		case 'bind':
		case 'unbind':
			return ['driver', event.driver];
		case 'device-remove':
			return ['driver', null];
		case 'probe-end':
			return event.result === null ? ['driver', undefined] : null;
		default:
			return null;
	}
}

function fieldChanges(recording: Recording): Changes {
	const changes: GrowingChanges = new Map();
	for (const event of ordered(recording, fieldTypes)) {
		const {seq, device = ''} = event;
		if (event.type === 'device-add') {
			const fresh = event.bus === 'pci' ? (['driver', 'enable_count'] as const) : ['driver'];
			for (const field of fresh) {
				const to = field === 'driver' ? null : 0;
				note(changes, `${device} ${field}`, {seq, to, how: 'appeared'});
			}
			continue;
		}
		const given = fieldOf(event);
		if (given === null) continue;
		const [field, to] = given;
		const key = `${device} ${field}`;
		// Binding and unbinding say again who drives it.
		const isSaid = event.type === 'bind' || event.type === 'unbind';
		if (isSaid && changes.get(key)?.at(-1)?.to === to) continue;
		note(changes, key, {seq, to, how: event.type === 'unbind' ? 'read' : 'written'});
	}
	return changes;
}

type Kept = {readonly register: Changes; readonly field: Changes};

const kept = new WeakMap<Recording, Kept>();

function changesIn(recording: Recording): Kept {
	let known = kept.get(recording);
	if (known === undefined) {
		known = {register: registerChanges(recording), field: fieldChanges(recording)};
		kept.set(recording, known);
	}
	return known;
}

function dataChanges(recording: Recording, id: NodeId, name: string): readonly ValueChange[] {
	const changes: GrowingChanges = new Map();
	for (const seq of historyOf(recording, id)?.events ?? []) {
		const event = recording.at(seq);
		if (event.type !== 'devres-data' || event.field !== name) continue;
		note(changes, name, {seq, to: event.value, how: 'written'});
	}
	return changes.get(name) ?? [];
}

/** Fields of a device that some event names, sorted. */
export function fieldsOf(recording: Recording, device: string): readonly string[] {
	const start = `${device} `;
	return [...changesIn(recording).field.keys()]
		.filter((key) => key.startsWith(start))
		.map((key) => key.slice(start.length))
		.sort();
}

/** All events that tell what something holds, in order. */
export function changesOf(recording: Recording, valued: Valued): readonly ValueChange[] {
	switch (valued.kind) {
		case 'register':
			return changesIn(recording).register.get(wordKey(valued.device, valued.offset)) ?? [];
		case 'field':
			return changesIn(recording).field.get(`${valued.device} ${valued.name}`) ?? [];
		case 'data':
			return dataChanges(recording, valued.node, valued.name);
	}
}
