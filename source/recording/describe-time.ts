import type {Clock} from './recording.ts';

const secondsOfDay = 86_400;

/** `05:24:10.076386`; without a fraction where the log has none. */
function timeOfDay(time: number, digits: number): string {
	const seconds = ((time % secondsOfDay) + secondsOfDay) % secondsOfDay;
	const shown = Number.isInteger(time) ? 0 : digits;
	const [whole = '', fraction] = seconds.toFixed(shown).split('.');
	const parts = [3600, 60, 1].map(
		(unit) => Math.floor(Number(whole) / unit) % (unit === 3600 ? 24 : 60),
	);
	const clock = parts.map((part) => `${part}`.padStart(2, '0')).join(':');
	return fraction === undefined ? clock : `${clock}.${fraction}`;
}

/** A time as its log prints it: seconds with so many decimals, the time of day, or a bare count. */
export function describeTime(time: number, clock: Clock | undefined, digits = 6): string {
	if (clock === 'wall') return timeOfDay(time, digits);
	return clock === 'ticks' ? `${time}` : time.toFixed(digits);
}
