import type {RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {countBelow} from './call-index.ts';

const types = [
	'device-add',
	'device-remove',
	'probe-begin',
	'probe-end',
	'bind',
	'unbind',
] as const;

/** What happens between a device and its drivers. */
export type LifeEvent = Extract<RecordedEvent, {readonly type: (typeof types)[number]}>;

const indexes = new WeakMap<Recording, ReadonlyMap<string, readonly number[]>>();

function build(recording: Recording): ReadonlyMap<string, readonly number[]> {
	const all = types.flatMap((type) => recording.ofType(type)).sort((a, b) => a - b);
	return Map.groupBy(all, (seq) => recording.at(seq).device ?? '');
}

/** Ordinals of what happened between a device and its drivers, ascending. */
function lifeOf(recording: Recording, device: string): readonly number[] {
	let index = indexes.get(recording);
	if (index === undefined) {
		index = build(recording);
		indexes.set(recording, index);
	}
	return index.get(device) ?? [];
}

/** The last such event of a device below an ordinal, of the given types; null where there is none. */
export function lastInLife<T extends LifeEvent['type']>(
	recording: Recording,
	device: string,
	limit: number,
	...wanted: readonly T[]
): Extract<LifeEvent, {readonly type: T}> | null {
	const life = lifeOf(recording, device);
	for (let place = countBelow(life, limit) - 1; place >= 0; place -= 1) {
		const event = recording.at(life[place] ?? 0) as LifeEvent;
		if (wanted.some((type) => type === event.type)) {
			return event as Extract<LifeEvent, {readonly type: T}>;
		}
	}
	return null;
}
