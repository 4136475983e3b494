import type {EventType} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';

/** Types of the events that change no device. */
const inert: ReadonlySet<EventType> = new Set([
	...(['call', 'return', 'printk', 'warning', 'stack', 'action', 'note', 'lost'] as const),
	...(['alloc', 'alloc-fail', 'fault', 'fault-hit'] as const),
]);

/** Whether an event may change one of some devices, by its ordinal; null stands for any device. */
export function changerOf(
	recording: Recording,
	devices: ReadonlySet<string> | null,
): (seq: number) => boolean {
	return (seq) => {
		const type = recording.typeAt(seq);
		if (inert.has(type)) return false;
		// Nothing outlives a boot.
		return devices === null || type === 'boot' || devices.has(recording.deviceAt(seq));
	};
}

/**
Whether an event must be folded to know some devices.

A node that was allocated belongs to no device yet, and whoever adds it takes it: then all are followed.
*/
export function folderOf(
	recording: Recording,
	devices: ReadonlySet<string> | null,
): (seq: number) => boolean {
	const isShared = recording.ofType('devres-alloc').length > 0;
	return changerOf(recording, isShared ? null : devices);
}
