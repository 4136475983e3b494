import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	nextOf,
	noProgress,
	type Progress,
	progressLines,
	readProgress,
	withExercise,
} from '../../source/workshop/progress.ts';

function read(text: string): Progress {
	const result = readProgress(text);
	if (!result.ok) throw new Error(result.error.message);
	return result.progress;
}

test('what was written is read back', () => {
	const progress = fc.record({
		current: fc.option(fc.string({maxLength: 20})),
		exercises: fc
			.uniqueArray(
				fc.tuple(
					fc.string({maxLength: 20}).filter((name) => name !== '__proto__'),
					fc.record({passed: fc.boolean(), hints: fc.nat(3)}),
				),
				{selector: ([name]) => name, maxLength: 10},
			)
			.map((entries) => new Map(entries)),
	});
	fc.assert(
		fc.property(progress, (given) => {
			expect(read(progressLines(given).join('\n'))).toEqual(given);
		}),
		{numRuns: 100},
	);
});

test('a file of version 1 is understood', () => {
	const first = {
		format: 'devresdbg-workshop',
		version: 1,
		current: 'todo',
		passed: ['after-probe'],
	};
	expect(read(JSON.stringify(first))).toEqual({
		current: 'todo',
		exercises: new Map([['after-probe', {passed: true, hints: 0}]]),
	});
});

test('exercises that are known no more, and fields of others, do no harm', () => {
	const text = JSON.stringify({
		format: 'devresdbg-workshop',
		version: 2,
		current: 'gone',
		colour: 'red',
		exercises: {gone: {passed: true, hints: 1, stars: 5}},
	});
	expect(read(text).exercises.get('gone')).toEqual({passed: true, hints: 1});
});

test.each([
	['', 'this is no file of workshop progress'],
	['{"format": "devresdbg-workshop", "version": 2, "curr', 'this is no file of workshop progress'],
	['{"format": "other", "version": 1}', 'this is no file of workshop progress'],
	[
		'{"format": "devresdbg-workshop", "version": 3}',
		'it has version 3; this devresdbg knows up to 2',
	],
	['{"format": "devresdbg-workshop", "version": 2}', 'the content does not fit version 2'],
])('%j is refused, with the next move', (text, message) => {
	const result = readProgress(text);
	expect(result).toMatchObject({ok: false, error: {message}});
	expect(result.ok ? '' : result.error.hint).not.toBe('');
});

test('the next exercise is the first open one behind the current, then the first of all', () => {
	const names = ['a', 'b', 'c'];
	const at = (current: string | null, ...passed: string[]) =>
		passed.reduce((grown, name) => withExercise(grown, name, {passed: true}), {
			...noProgress,
			current,
		});
	expect(nextOf(at(null), names)).toBe('a');
	expect(nextOf(at('a'), names)).toBe('b');
	expect(nextOf(at('b', 'b'), names)).toBe('c');
	expect(nextOf(at('c', 'c'), names)).toBe('a');
	expect(nextOf(at('c', 'a', 'b'), names)).toBe('c');
	expect(nextOf(at('gone'), names)).toBe('a');
	expect(nextOf(at('a', 'a', 'b', 'c'), names)).toBe(null);
});
