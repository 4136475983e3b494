const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Logs that leave the year out count from this one. */
const noYear = 1970;

/** What `dayNumber` would give for 1 January 1970 without it. */
const dayOfEpoch = 719_469;
const secondsOfDay = 86_400;

/** 1 to 12 for `Jul`; null for what is no month. */
export function monthOf(name: string): number | null {
	const index = months.indexOf(name);
	return index === -1 ? null : index + 1;
}

/** Days from 1970 to a day of the Gregorian calendar: years are counted from March, so that leap days end them. */
function dayNumber(year: number, month: number, day: number): number {
	const years = month > 2 ? year : year - 1;
	const sinceMarch = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
	const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
	return 365 * years + leapDays + sinceMarch + day - dayOfEpoch;
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
	const days = dayNumber(year ?? noYear, month, day);
	const whole = days * secondsOfDay + hour * 3600 + minute * 60 + second;
	return fraction === '' ? whole : Number(`${whole}.${fraction.slice(0, 6)}`);
}
