import {expect, test} from 'vitest';
import {calendarSeconds, monthOf} from '../../source/importers/calendar.ts';

test('dates are seconds from 1970, over leap days and centuries', () => {
	for (let day = -200_000; day < 200_000; day += 137) {
		const date = new Date(day * 86_400_000);
		const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
		expect(calendarSeconds(year, month, date.getUTCDate(), '00:00:00')).toBe(day * 86_400);
	}
});

test('times of day and fractions count, and a missing year is 1970', () => {
	expect(calendarSeconds(2024, 7, 8, '21:51:10', '552684')).toBe(1720475470.552684);
	expect(calendarSeconds(null, 1, 2, '01:00:01')).toBe(86_400 + 3601);
});

test('months have English names', () => {
	expect([monthOf('Jan'), monthOf('Dec'), monthOf('Mai'), monthOf('')]).toEqual([
		1,
		12,
		null,
		null,
	]);
});
