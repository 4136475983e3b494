import {graphemes, widthOf} from '../tui/text-width.ts';

/** How a cell of a painted line looks. */
export type CellLook = {
	/** A foreground colour of ECMA-48, 30 to 37 or 90 to 97; null for the terminal's own. */
	readonly color: number | null;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly inverse: boolean;
};

/** A character of a painted line. */
export type Cell = {
	/** A grapheme. */
	readonly text: string;

	/** Column of its left edge, from 0. */
	readonly column: number;

	/** Columns that it takes; 0 for a mark on the one before. */
	readonly width: number;
	readonly look: CellLook;
};

const plain: CellLook = {color: null, bold: false, dim: false, inverse: false};

function lookAfter(look: CellLook, code: number): CellLook {
	switch (code) {
		case 0:
			return plain;
		case 1:
			return {...look, bold: true};
		case 2:
			return {...look, dim: true};
		case 7:
			return {...look, inverse: true};
		case 22:
			return {...look, bold: false, dim: false};
		case 27:
			return {...look, inverse: false};
		case 39:
			return {...look, color: null};
		default:
			if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return {...look, color: code};
			throw new Error(`no look has the code ${code}`);
	}
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this finds.
const sequence = /\u001B\[(\d{1,3})m/;

/** The characters of a painted line with their places and looks. */
export function cellsOf(painted: string): readonly Cell[] {
	const cells: Cell[] = [];
	let look = plain;
	let column = 0;
	// A text and a code in turn.
	for (const [index, part] of painted.split(sequence).entries()) {
		if (index % 2 === 1) {
			look = lookAfter(look, Number(part));
			continue;
		}
		for (const text of graphemes(part)) {
			const width = widthOf(text);
			cells.push({text, column, width, look});
			column += width;
		}
	}
	return cells;
}
