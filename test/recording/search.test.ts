import {describe, expect, test} from 'vitest';
import {findHits, hitsOf} from '../../source/debugger/breakpoint-hits.ts';
import {runCommand} from '../../source/debugger/command.ts';
import {createSession, type Session} from '../../source/debugger/session.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {attempt, beginSearch, resultOf, type Search} from '../../source/recording/search.ts';
import {longLog} from '../helpers/long-log.ts';
import {imported} from '../helpers/real-recordings.ts';
import {recordingOf} from '../helpers/recording-of.ts';

const text = [...longLog({format: 'ftrace', lines: 20_000})].join('\n');

/** Takes a while, and has another value at each event as far as its text tells. */
const never = Array.from({length: 25}, () => 'position * position < 0').join(' || ');

/** Each takes more than a slice in that log. */
const slow = [
	`watch position / 10000 > 2 || ${never}`,
	`break devres-release if position % 1000 == 0 || ${never}`,
	`break node devm_kzalloc_release hits %100 if node.number % 2 == 0 || ${never}`,
	'break devres-add if size(device(device).devres_head.filter(n, n.size < 9)) == 5',
	'watch size(log) + size(device(device).devres_head)',
];

function told(session: Session, line: string): Session {
	const result = runCommand(session, line);
	if (!result.ok) throw new Error(result.errors.join('\n'));
	return result.session;
}

function hitsIn(recording: Recording, line: string): readonly number[] {
	return told(createSession(recording), line).breakpoints.flatMap((each) => [
		...hitsOf(recording, each),
	]);
}

/** The search that some work needs first. */
function neededBy(work: () => unknown): Search {
	const attempted = attempt(work);
	if (attempted.ok) throw new Error('it was done at once');
	return attempted.search;
}

/** Does work as the screen does. Gives the result, and the shares of each search on the way. */
function inSlices<Result>(work: () => Result): {result: Result; shares: readonly number[][]} {
	const shares: number[][] = [];
	for (;;) {
		const attempted = attempt(work);
		if (attempted.ok) return {result: attempted.result, shares};
		const told: number[] = [];
		do told.push(attempted.search.share);
		while (attempted.search.advance());
		shares.push(told);
	}
}

/** Slices that are left to do. */
function slicesOf(search: Search): number {
	let count = 1;
	while (search.advance()) count += 1;
	return count;
}

function* counted(slices: number) {
	for (let done = 1; done <= slices; done += 1) yield done / slices;
	return 'found';
}

describe('hits that take long', () => {
	test.each(slow.map((line) => [line.replace(never, '…'), line]))(
		'are the same in slices as at once: %s',
		(_, line) => {
			const recording = imported(text);
			const {result, shares} = inSlices(() => hitsIn(recording, line));
			expect(result).toEqual(hitsIn(imported(text), line));
			expect(shares.length).toBeGreaterThan(0);
			for (const each of shares) {
				expect(each).toEqual(each.toSorted((a, b) => a - b));
				expect(each.every((share) => share > 0 && share < 1)).toBe(true);
			}
		},
	);

	test('leave the session as it is until they are known', () => {
		const session = createSession(imported(text));
		const before = structuredClone({...session, recording: null, environment: null});
		neededBy(() => told(session, slow[0] ?? ''));
		expect({...session, recording: null, environment: null}).toEqual(before);
	});

	test('are looked for from where a search was left, not from the start', () => {
		const [line = ''] = slow;
		const whole = slicesOf(neededBy(() => hitsIn(imported(text), line)));
		const recording = imported(text);
		const left = neededBy(() => hitsIn(recording, line));
		for (let slice = 0; slice < whole / 2; slice += 1) left.advance();
		// To ask again does one slice.
		const again = neededBy(() => hitsIn(recording, line));
		expect(slicesOf(again)).toBeLessThanOrEqual(whole / 2);
		expect(hitsIn(recording, line)).toEqual(hitsIn(imported(text), line));
	});

	test('are known to whoever asks in the same way', () => {
		const recording = imported(text);
		const session = slow.reduce(told, createSession(recording));
		expect(attempt(() => findHits(session)).ok).toBe(true);
	});
});

describe('an attempt', () => {
	test('does at once what takes no more than a slice', () => {
		const recording = recordingOf('probe(n=1)\n  ADD irq#1');
		const attempted = attempt(() => hitsIn(recording, 'break probe if depth > 0'));
		expect(attempted).toEqual({ok: true, result: [0]});
	});

	test('does one slice, and gives the search back for the others', () => {
		const search = beginSearch(counted(3));
		const needed = neededBy(() => resultOf(search));
		expect([needed.share, needed.advance(), needed.share]).toEqual([1 / 3, true, 2 / 3]);
		expect([needed.advance(), needed.advance()]).toEqual([true, false]);
		expect(attempt(() => resultOf(search))).toEqual({ok: true, result: 'found'});
	});

	test('passes on what else is thrown, and who comes later waits for everything', () => {
		expect(() =>
			attempt(() => {
				throw new Error('a fault');
			}),
		).toThrow('a fault');
		expect(resultOf(beginSearch(counted(5)))).toBe('found');
	});
});
