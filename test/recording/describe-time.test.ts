import {expect, test} from 'vitest';
import {describeTime} from '../../source/recording/describe-time.ts';

test.each([
	['seconds since boot', 218.331, undefined, 6, '218.331000'],
	['fewer decimals', 218.331, undefined, 3, '218.331'],
	['seconds since a line', 0.0376, 'relative', 6, '0.037600'],
	['a calendar', 1_795_325_050.076386, 'wall', 6, '05:24:10.076386'],
	['a calendar of whole seconds', 1_795_325_050, 'wall', 6, '05:24:10'],
	['a calendar before 1970', -1, 'wall', 6, '23:59:59'],
	['ticks', 7798, 'ticks', 6, '7798'],
] as const)('%s read as the log prints them', (_, time, clock, digits, text) => {
	expect(describeTime(time, clock, digits)).toBe(text);
});
