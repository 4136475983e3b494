import {describe, expect, test} from 'vitest';
import {parseTraceLine} from '../../source/importers/ftrace-line.ts';
import {stampBetween} from '../../source/importers/trace-heads.ts';

const event = 'devres_log: 0000:00:1f.2 REL 00000000b3c22038 devm_irq_release (16 bytes)';

describe('the columns of a trace line', () => {
	test.each([
		['five flags', `              sh-287     [001] d..1.    13.458618: ${event}`, 'sh', 287, 1],
		['four flags', `            bash-1977    [000] d...  2389.669170: ${event}`, 'bash', 1977, 0],
		['no flags', `              sh-598     [000]     67.385451: ${event}`, 'sh', 598, 0],
		['a thread group', `  sh-516     (    516) [000] .....    61.850485: ${event}`, 'sh', 516, 0],
		['an unknown one', `  sh-516     (-------) [000] .....    61.850485: ${event}`, 'sh', 516, 0],
		['nanoseconds', `  rmmod-1374  [001]   115.785733476: ${event}`, 'rmmod', 1374, 1],
		['a counter', `              sh-762     [001] .....         7799: ${event}`, 'sh', 762, 1],
		[
			'blanks in the comm',
			` npm view @x-17390   [000] d..2. 1.680360: ${event}`,
			'npm view @x',
			17390,
			0,
		],
		[
			'colons in it',
			`    kworker/u8:9-176     [001] d..1.    36.264022: ${event}`,
			'kworker/u8:9',
			176,
			1,
		],
		['brackets in it', `  a [12] b-7     [003] .....    36.264022: ${event}`, 'a [12] b', 7, 3],
		['no name', `           <...>-435     [000] .....    36.264022: ${event}`, '<...>', 435, 0],
		[
			'the idle task',
			`          <idle>-0       [002] d.h..    36.264022: ${event}`,
			'<idle>',
			0,
			2,
		],
	])('with %s', (_, line, comm, pid, cpu) => {
		const columns = parseTraceLine(line);
		expect(columns).toMatchObject({comm, pid, cpu});
		expect(line.slice(columns?.textStart)).toBe(event);
	});

	test.each([
		['# tracer: nop'],
		[' => devres_log+0x64/0x90'],
		['CPU:1 [LOST 41 EVENTS]'],
		['[   13.458618] ahci 0000:00:1f.2: DEVRES REL 00000000b3c22038 x (16 bytes)'],
		[' 0)               |  devres_release_all() {'],
		['680 1 73096947317 type: 384'],
		[''],
	])('are not seen in %s', (line) => {
		expect(parseTraceLine(line)).toBeNull();
	});
});

test.each([
	['11.304544', 11.304544],
	['115.785733476', 115.785733476],
	['7799', 7799],
	['123456789.123456', 123456789.123456],
	['1.2.3', Number.NaN],
	['12a', Number.NaN],
	['', Number.NaN],
])('the stamp %s is the number that it says', (text, value) => {
	const line = `x ${text}: y`;
	expect(stampBetween(line, 2, 2 + text.length)).toBe(value);
});
