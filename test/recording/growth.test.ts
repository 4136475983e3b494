import {describe, expect, test} from 'vitest';
import {findingsOf} from '../../source/findings/findings.ts';
import {importLog} from '../../source/importers/import-log.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {textReport} from '../../source/reports/text-report.ts';

function many(count: number, line: (index: number) => string): string[] {
	return Array.from({length: count}, (_, index) => line(index));
}

function stamp(index: number): string {
	return (1 + index / 1e6).toFixed(6);
}

function address(index: number): string {
	const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
	return `${hex(index >> 16, 4)}:${hex((index >> 8) & 255, 2)}:${hex((index >> 3) & 31, 2)}.${index & 7}`;
}

const node = (index: number) => (0x10_0000_0000 + index).toString(16).padStart(16, '0');
const own = '0000:00:1f.2';

function logged(index: number, device: string, operation: string, of = index): string {
	return `[${stamp(index)}] ahci ${device}: DEVRES ${operation} ${node(of)} devm_kzalloc_release (16 bytes)`;
}

const graph = ['# tracer: function_graph', '#', '# CPU  DURATION                  FUNCTION CALLS'];

/** Logs of one kind that grow, and how many there are of it in the smaller one. */
const shapes: readonly (readonly [string, number, (count: number) => readonly string[]])[] = [
	['devices', 1500, (count) => many(count, (index) => logged(index, address(index), 'ADD'))],
	['nodes of one device', 3000, (count) => many(count, (index) => logged(index, own, 'ADD'))],
	[
		'nodes of a pass',
		2000,
		(count) => [
			...many(count, (index) => logged(index, own, 'ADD')),
			...many(count, (index) => logged(count + index, own, 'REL', count - 1 - index)),
		],
	],
	[
		'lives of one address',
		2000,
		(count) => many(count, (index) => logged(index, own, index % 2 === 0 ? 'ADD' : 'REL', 1)),
	],
	[
		'contexts',
		5000,
		(count) =>
			many(
				count,
				(index) =>
					`  task${index}-${index + 10}   [001] ..... ${stamp(index)}: devres_log: ${own} ADD ${node(index)} devm_x (16 bytes)`,
			),
	],
	[
		'calls inside each other',
		5000,
		(count) => [
			...graph,
			...many(count, () => ' 0)               |  devres_add() {'),
			...many(count, () => ' 0)   1.000 us    |  }'),
		],
	],
	[
		'calls that never return',
		5000,
		(count) => [...graph, ...many(count, () => ' 0)               |  devres_add() {')],
	],
	[
		'frames of a stack',
		20_000,
		(count) => [
			`  task-10   [001] ..... 1.000000: devres_log: ${own} ADD ${node(1)} devm_x (16 bytes)`,
			'  task-10   [001] ..... 1.000000: <stack trace>',
			...many(count, () => ' => devres_add'),
		],
	],
];

function readAndLook(text: string): Recording {
	const read = importLog(text);
	if (!read.ok) throw new Error(read.errors[0]?.message);
	const {recording} = read;
	recording.stateAt(recording.length);
	findingsOf(recording);
	textReport(recording, []);
	return recording;
}

function timeOf(text: string, tries: number): number {
	let best = Number.POSITIVE_INFINITY;
	for (let time = 0; time < tries; time += 1) {
		const start = performance.now();
		readAndLook(text);
		best = Math.min(best, performance.now() - start);
	}
	return best;
}

describe('time grows with the number of', () => {
	test.each(shapes)('%s and not much faster', (_, count, lines) => {
		const few = lines(count).join('\n');
		const plenty = lines(4 * count).join('\n');
		readAndLook(few);
		// Four times as many take 16 times as long where each is compared with all. A small time is mostly noise.
		expect(timeOf(plenty, 1)).toBeLessThan(10 * (timeOf(few, 2) + 10));
	});
});
