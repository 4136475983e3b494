import type {Recording} from '../recording/recording.ts';

/** How far to look for a device: far enough for any driver's step, near enough to cost nothing. */
const reach = 2000;

/** The device that the events at a position are about: the nearest one before it, else behind it. */
export function deviceNear(recording: Recording, position: number): string | null {
	for (let seq = position - 1; seq >= Math.max(0, position - reach); seq -= 1) {
		const {device} = recording.at(seq);
		if (device !== undefined) return device;
	}
	const end = Math.min(recording.length, position + reach);
	for (let seq = position; seq < end; seq += 1) {
		const {device} = recording.at(seq);
		if (device !== undefined) return device;
	}
	return recording.devices[0] ?? null;
}
