/** Letters, borders and marks that most screens are made of: each is one column wide and stands for itself. */
const simple = String.raw`\x20-\x7E\xB7\xBB\xD7\u2026\u2190-\u2193\u2212\u2500-\u25B7\u25CB\u25CF\u26A0\u2713`;

// Negated and without a quantifier: a repeated class overflows the stack on texts of megabytes.
const notSimple = new RegExp(`[^${simple}]`);
const notSimpleOrEscape = new RegExp(`[^${simple}\\x1B]`);

/** As many columns as letters, without asking what Unicode knows: to load that takes longer than to draw a screen. */
export function isSimple(text: string): boolean {
	return !notSimple.test(text);
}

let thorough: Intl.Segmenter | null = null;

/** One of the characters of a text, and where it begins. */
export type Segment = {readonly segment: string; readonly index: number};

function* codeUnits(text: string): Generator<Segment> {
	for (let index = 0; index < text.length; index += 1) yield {segment: text.charAt(index), index};
}

/** Gives the characters of a text as a person counts them; those of control sequences are each their own. */
export const segmenter = {
	segment(text: string): Iterable<Segment> {
		if (!notSimpleOrEscape.test(text)) return codeUnits(text);
		thorough ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
		return thorough.segment(text);
	},
};
