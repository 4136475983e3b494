import {expect, test} from 'vitest';
import {codeFrame, codeFrames} from '../../source/reports/code-frame.ts';

test('without a place only the file and the message are told', () => {
	expect(codeFrame('a.log', {line: null, column: null, message: 'is no log'})).toBe(
		'a.log: is no log',
	);
});

test('without a column the line is shown without a caret', () => {
	expect(codeFrame('a.log', {line: 3, column: null, message: 'odd', text: 'some text'})).toBe(
		'a.log:3: odd\n  3 | some text',
	);
});

test('of a long line the part around the caret is shown', () => {
	const text = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
	const lines = codeFrame('a', {line: 1, column: 501, message: 'here', text}).split('\n');
	const caret = lines[2]?.indexOf('^') ?? -1;
	expect(lines[1]?.[caret]).toBe('X');
	expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
});

test('no more is said than there is', () => {
	const error = {line: 1, column: 1, message: 'wrong'};
	expect(codeFrames('a', [error])).toBe('a:1:1: wrong\n');
	expect(codeFrames('a', Array(11).fill(error)).split('\n').at(-2)).toBe('and 1 more');
});
