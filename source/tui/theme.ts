import type {Row, Style} from './row.ts';
import {cutEnd, graphemes, widthOf} from './text-width.ts';

/** Every character on the screen that is not a letter of a text, in one table. */
export type Glyphs = {
	/** The row of the position, or of the frame that is looked at. */
	readonly here: string;
	readonly breakpoint: string;
	readonly disabledBreakpoint: string;

	/** A place that the reader named, on the timeline. */
	readonly bookmark: string;
	readonly added: string;
	readonly moved: string;
	readonly releasing: string;
	readonly released: string;
	readonly removed: string;

	/** A value that is not what it was at the stop before. */
	readonly changed: string;

	/** Something that should not be, such as a node added during a release. */
	readonly warning: string;

	/** Before a return that has a row of its own. */
	readonly returned: string;

	/** Before what a call returned. */
	readonly result: string;

	/** Before a remark about the text on its left. */
	readonly calledBy: string;

	/** Before a line of the kernel log in the execution tree. */
	readonly log: string;

	/** Before the simulation's own words. */
	readonly note: string;

	/** How two aligned rows compare: the same, changed, only on the left or right, or not known. */
	readonly equal: string;
	readonly unequal: string;
	readonly onlyLeft: string;
	readonly onlyRight: string;
	readonly untold: string;

	/** Where a text was cut. */
	readonly ellipsis: string;

	/** Between two facts of one line. */
	readonly separator: string;

	/** From few to many. */
	readonly density: readonly string[];

	/** The position on the timeline. */
	readonly timelineHere: string;

	/** Borders; the vertical one also parts the actions on the timeline. */
	readonly horizontal: string;
	readonly vertical: string;

	/** By which of the four arms a crossing has, as `up down left right` bits 8 4 2 1. */
	readonly corners: readonly string[];
};

const unicodeGlyphs: Glyphs = {
	here: '▶',
	breakpoint: '●',
	disabledBreakpoint: '○',
	bookmark: '◆',
	added: '+',
	moved: '→',
	releasing: '▶',
	released: '✓',
	removed: '−',
	changed: '*',
	warning: '⚠',
	returned: '└',
	result: '→',
	calledBy: '←',
	log: '»',
	note: '·',
	equal: '=',
	unequal: '≠',
	onlyLeft: '<',
	onlyRight: '>',
	untold: '?',
	ellipsis: '…',
	separator: '·',
	density: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	timelineHere: '▲',
	horizontal: '─',
	vertical: '│',
	corners: [' ', '╶', '╴', '─', '╷', '╭', '╮', '┬', '╵', '╰', '╯', '┴', '│', '├', '┤', '┼'],
};

const asciiGlyphs: Glyphs = {
	here: '>',
	breakpoint: '*',
	disabledBreakpoint: 'o',
	bookmark: '@',
	added: '+',
	moved: '~',
	releasing: '>',
	released: 'v',
	removed: '-',
	changed: '!',
	warning: '!',
	returned: '`',
	result: '->',
	calledBy: '<-',
	log: '#',
	note: '.',
	equal: '=',
	unequal: '!',
	onlyLeft: '<',
	onlyRight: '>',
	untold: '?',
	ellipsis: '~',
	separator: '-',
	density: ['.', ':', 'i', 'l', 'I', 'H', 'M', '#'],
	timelineHere: '^',
	horizontal: '-',
	vertical: '|',
	corners: [' ', '-', '-', '-', '|', '+', '+', '+', '|', '+', '+', '+', '|', '+', '+', '+'],
};

type Look = {readonly color?: number; readonly bold?: true; readonly dim?: true};

const looks: {readonly [style in Style]: Look} = {
	plain: {},
	dim: {dim: true},
	strong: {bold: true},
	border: {color: 90},
	title: {color: 36},
	focus: {color: 36, bold: true},
	here: {color: 33, bold: true},
	added: {color: 32},
	moved: {color: 36},
	releasing: {color: 33},
	released: {color: 90},
	removed: {color: 31},
	changed: {color: 35},
	breakpoint: {color: 31},
	action: {bold: true},
	note: {color: 90},
	log: {color: 34},
	error: {color: 31, bold: true},
	key: {bold: true},
};

/** How the screen looks: which characters, and which control sequences where. */
export type Theme = {
	/** The characters, of Unicode or of ASCII. */
	readonly glyphs: Glyphs;

	/** Text with the control sequences of a look around it. */
	paint(text: string, style: Style): string;

	/** A row exactly `width` columns wide, painted. */
	paintRow(row: Row, width: number): string;
};

function sequencesOf(look: Look, color: boolean): readonly [string, string] {
	const open: number[] = [];
	const close: number[] = [];
	if (look.bold) open.push(1);
	if (look.dim) open.push(2);
	if (look.bold || look.dim) close.push(22);
	if (color && look.color !== undefined) {
		open.push(look.color);
		close.unshift(39);
	}
	const sequence = (codes: readonly number[]) => codes.map((code) => `\u001B[${code}m`).join('');
	return [sequence(open), sequence(close)];
}

const asciiFor: {readonly [character: string]: string} = {
	'→': '>',
	'←': '<',
	'×': 'x',
	'✓': '+',
	'…': '~',
};

/** The text in characters of ASCII, as wide as it was. */
function asciiOnly(text: string): string {
	return text.replace(/[^ -~]+/gu, (found) =>
		graphemes(found)
			.map((part) => asciiFor[part] ?? '?'.repeat(widthOf(part)))
			.join(''),
	);
}

/** What the reader's terminal can show. */
export type ThemeOptions = {
	/** False where the reader asked for no colours; bold, dim and inverse stay, as nothing hangs on colour alone. */
	readonly color: boolean;

	/** Only characters that every terminal has. */
	readonly ascii: boolean;
};

/** The looks for such a terminal. Text that is not ASCII is replaced, equally wide, where `ascii` asks for it. */
export function createTheme({color, ascii}: ThemeOptions): Theme {
	const glyphs = ascii ? asciiGlyphs : unicodeGlyphs;
	const sequences = Object.fromEntries(
		Object.entries(looks).map(([style, look]) => [style, sequencesOf(look, color)]),
	) as {readonly [style in Style]: readonly [string, string]};

	const paint = (text: string, style: Style): string => {
		// No look has a background: blanks look alike in all of them.
		if (text.trim() === '') return text;
		const [open, close] = sequences[style];
		return open + text + close;
	};

	const paintRow = (row: Row, width: number): string => {
		let left = width;
		let result = '';
		for (const {text: given, style} of row.spans) {
			const text = ascii ? asciiOnly(given) : given;
			const columns = widthOf(text);
			const cut = columns <= left ? text : cutEnd(text, left, glyphs.ellipsis);
			result += paint(cut, style);
			left -= Math.min(left, widthOf(cut));
			if (columns > widthOf(cut)) break;
		}
		result += ' '.repeat(left);
		return row.selected ? `\u001B[7m${result}\u001B[27m` : result;
	};

	return {glyphs, paint, paintRow};
}
