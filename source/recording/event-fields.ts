import {cleanText} from './clean-text.ts';
import type {DumpedFrame, EventType, RecordedEvent} from './event.ts';
import type {EventBase, FieldValue} from './event-base.ts';

/** How a field of a saved event is checked. */
export type FieldKind = {
	/** Ends the sentence `time must be …`. */
	readonly expected: string;

	/** May be absent. */
	readonly optional: boolean;

	/** The value rebuilt from known parts, its text cleaned; undefined where it is of the wrong type. */
	readonly read: (value: unknown) => unknown;
};

/** Neither null nor a list. */
export function isObject(value: unknown): value is {readonly [key: string]: unknown} {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kind(expected: string, read: (value: unknown) => unknown): FieldKind {
	return {expected, optional: false, read};
}

/** As `required`, but the field may be absent. */
export function optional(required: FieldKind): FieldKind {
	return {...required, optional: true};
}

function orNull(required: FieldKind): FieldKind {
	return kind(`${required.expected} or null`, (value) =>
		value === null ? null : required.read(value),
	);
}

/** One wrong item makes the whole list wrong. */
export function listOf(item: FieldKind): FieldKind {
	return kind(`a list, each item ${item.expected}`, (value) => {
		if (!Array.isArray(value)) return undefined;
		const items = value.map(item.read);
		return items.includes(undefined) ? undefined : items;
	});
}

function mapOf(item: FieldKind): FieldKind {
	return kind(`an object, each value ${item.expected}`, (value) => {
		if (!isObject(value)) return undefined;
		const entries = Object.entries(value).map(([key, each]) => [cleanText(key), item.read(each)]);
		return entries.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(entries);
	});
}

/** An object with exactly these fields; others are dropped. */
export function objectOf(fields: {readonly [name: string]: FieldKind}): FieldKind {
	const expected = `an object with ${Object.keys(fields).join(', ')}`;
	return kind(expected, (value) => {
		if (!isObject(value)) return undefined;
		const result: {[name: string]: unknown} = {};
		for (const [name, field] of Object.entries(fields)) {
			const given = Object.hasOwn(value, name) ? value[name] : undefined;
			if (given === undefined && field.optional) continue;
			const read = given === undefined ? undefined : field.read(given);
			if (read === undefined) return undefined;
			result[name] = read;
		}
		return result;
	});
}

/** Exactly one of these texts. */
export function oneOf(...choices: readonly string[]): FieldKind {
	return kind(choices.map((choice) => `"${choice}"`).join(' or '), (value) =>
		choices.find((choice) => choice === value),
	);
}

/** Any text, the empty one too; cleaned. */
export const text = kind('text', (value) =>
	typeof value === 'string' ? cleanText(value) : undefined,
);
const number = kind('a number', (value) => (Number.isFinite(value) ? value : undefined));
const integer = kind('a whole number', (value) =>
	Number.isSafeInteger(value) ? value : undefined,
);

/** 0 or more, as far as numbers are exact. */
export const count = kind('a whole number, 0 or more', (value) =>
	Number.isSafeInteger(value) && (value as number) >= 0 ? value : undefined,
);
const flag = kind('true or false', (value) => (typeof value === 'boolean' ? value : undefined));
const mark = kind('true', (value) => (value === true ? true : undefined));

/** Text, or null where nothing is known. */
export const textOrNull = orNull(text);

const fieldValue = kind('text, a number, true, false or null', (value): FieldValue | undefined => {
	if (value === null || typeof value === 'boolean') return value;
	return typeof value === 'string' ? cleanText(value) : (number.read(value) as number | undefined);
});

const frame: {readonly [F in keyof Required<DumpedFrame>]: FieldKind} = {
	fn: text,
	offset: optional(text),
	module: optional(text),
	unreliable: optional(mark),
};
const frames = listOf(objectOf(frame));
const node = {node: text, generation: count};
const sized = {...node, name: text, size: count};
const register = {offset: count, width: count, value: count};
const driver = {driver: text};

type OwnFields<T extends EventType> = Exclude<
	keyof Extract<RecordedEvent, {type: T}>,
	keyof EventBase | 'type'
>;

const own: {readonly [T in EventType]: {readonly [F in OwnFields<T>]: FieldKind}} = {
	call: {fn: text, args: optional(mapOf(text)), module: optional(text), inlined: optional(mark)},
	return: {fn: optional(text), value: optional(text)},
	'devres-alloc': sized,
	'devres-free': node,
	'devres-add': sized,
	'devres-release': sized,
	'devres-remove': sized,
	'devres-replace': {...sized, by: optional(objectOf(sized))},
	'devres-move': node,
	'devres-unlink': node,
	'release-end': {count: orNull(count)},
	'devres-data': {...node, field: text, value: fieldValue},
	alloc: {what: text, size: count},
	'alloc-fail': {what: text, size: count},
	'config-read': register,
	'config-write': {...register, previous: orNull(count)},
	'device-add': {
		bus: text,
		id: optional(text),
		config: optional(mapOf(count)),
		msi: optional(count),
		msix: optional(count),
		interruptPin: optional(count),
	},
	'device-remove': {},
	'device-data': {field: text, value: fieldValue},
	'enable-count': {value: integer},
	'driver-register': driver,
	'driver-unregister': driver,
	bind: driver,
	unbind: driver,
	'probe-begin': {driver: textOrNull},
	'probe-end': {driver: textOrNull, result: orNull(integer)},
	defer: {...driver, pending: flag},
	printk: {level: orNull(count), prefix: text, text},
	warning: {text, at: optional(text), frames},
	stack: {frames, of: optional(count)},
	action: {text},
	note: {text},
	fault: {fn: text, nth: count, error: integer},
	'fault-hit': {fn: text},
	boot: {kernel: textOrNull},
	lost: {count: orNull(count)},
};

const leading: {readonly [name: string]: FieldKind} = {
	seq: count,
	type: text,
	time: orNull(number),
	context: text,
	device: optional(text),
};
const trailing: {readonly [name: string]: FieldKind} = {
	origin: optional(count),
	inferred: optional(mark),
	approximate: optional(mark),
};

/** Every field of an event type, in the order in which they are saved. */
export const eventFields = new Map<string, readonly (readonly [string, FieldKind])[]>(
	Object.entries(own).map(([type, fields]) => [
		type,
		Object.entries({...leading, ...fields, ...trailing}),
	]),
);
