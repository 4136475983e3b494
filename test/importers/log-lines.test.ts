import fc from 'fast-check';
import {expect, test} from 'vitest';
import {LogLines} from '../../source/importers/log-lines.ts';

function split(pieces: readonly string[]): {lines: readonly string[]; cut: number} {
	const lines = new LogLines();
	for (const piece of pieces) lines.push(piece);
	lines.end();
	return {lines: lines.slice(), cut: lines.cut};
}

test('lines are the same however the text is cut into pieces', () => {
	fc.assert(
		fc.property(
			fc.string({unit: fc.constantFrom('a', 'ü', '\n', '\t', '\r', '\u001B'), maxLength: 60}),
			fc.array(fc.nat({max: 60}), {maxLength: 6}),
			(text, cuts) => {
				const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b)];
				const pieces = places.map((place, index) => text.slice(place, places[index + 1]));
				expect(split(pieces)).toEqual(split([text]));
			},
		),
	);
});

test('a line without an end is a line, and nothing is none', () => {
	expect(split(['a\nb']).lines).toEqual(['a', 'b']);
	expect(split(['a\n']).lines).toEqual(['a']);
	expect(split(['']).lines).toEqual([]);
});

test('what controls a terminal is taken out, carriage returns too', () => {
	expect(split(['\uFEFFa\r\n\u001B[31mb\tc\n']).lines).toEqual(['a', 'b c']);
});

test('a line that goes on and on is cut, however it comes, and those behind it are whole', () => {
	const long = 'x'.repeat(50_000);
	const {lines, cut} = split([long, long, long, '\nnext\n', `${long}${long}\n`, 'last']);
	expect(lines.map(({length}) => length)).toEqual([65_536, 4, 65_536, 4]);
	expect(cut).toBe(2);
});
