import fc from 'fast-check';
import {expect, test} from 'vitest';
import {cleanText} from '../../source/recording/clean-text.ts';

test.each([
	['plain text stays as it is', 'pcim_intx 0x1c ü 漢', 'pcim_intx 0x1c ü 漢'],
	['colours vanish', '\u001B[1;31mred\u001B[0m', 'red'],
	['window titles vanish', '\u001B]0;owned\u0007text', 'text'],
	['cursor moves vanish', 'a\u001B[2Jb\u001B[10;10Hc', 'abc'],
	['a lone escape vanishes with its letter', 'a\u001BMb', 'ab'],
	['8-bit control characters vanish', 'a\u009B31mb', 'a31mb'],
	['carriage returns and backspaces vanish', 'good\r\b\bbad', 'goodbad'],
	['characters that reorder text vanish', 'a\u202Eb\u2066c', 'abc'],
	['characters of no width vanish', 'a\u200Bb\uFEFFc', 'abc'],
	['a tab becomes a blank', 'a\tb', 'a b'],
])('%s', (_, text, clean) => {
	expect(cleanText(text)).toBe(clean);
});

test('nothing that controls a terminal is left of any text, and cleaning twice changes nothing', () => {
	const spiced = fc
		.array(
			fc.oneof(fc.string({unit: 'binary'}), fc.constantFrom('\u001B[', '\u001B]', '\u009B', '\r')),
		)
		.map((parts) => parts.join(''));
	fc.assert(
		fc.property(spiced, (text) => {
			const clean = cleanText(text);
			expect(clean).not.toMatch(
				/[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/u,
			);
			expect(cleanText(clean)).toBe(clean);
		}),
	);
});
