const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Logs that leave the year out count from this one. */
const noYear = 1970;

/** 1 to 12 for `Jul`; null for what is no month. */
export function monthOf(name: string): number | null {
	const index = months.indexOf(name);
	return index === -1 ? null : index + 1;
}

/** Seconds of a date and `05:42:31` in the zone it is written in, from 1970; `fraction` is what stands behind the dot. */
export function calendarSeconds(
	year: number | null,
	month: number,
	day: number,
	clock: string,
	fraction = '',
): number {
	const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number);
	const whole = Date.UTC(year ?? noYear, month - 1, day, hour, minute, second) / 1000;
	return fraction === '' ? whole : Number(`${whole}.${fraction.slice(0, 6)}`);
}
