import {areaOf, cellShape, cellWidth, levelLine} from './cell-shape.ts';
import {type Cell, type CellLook, cellsOf} from './painted-line.ts';

/** Cells of one look beside each other. */
type Run = {readonly look: CellLook; readonly cells: Cell[]};

function isSameLook(a: CellLook, b: CellLook): boolean {
	return a.color === b.color && a.bold === b.bold && a.dim === b.dim && a.inverse === b.inverse;
}

function runsOf(painted: string): readonly Run[] {
	const runs: Run[] = [];
	for (const cell of cellsOf(painted)) {
		const last = runs.at(-1);
		if (last !== undefined && isSameLook(last.look, cell.look)) last.cells.push(cell);
		else runs.push({look: cell.look, cells: [cell]});
	}
	return runs;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: no document of XML may have these.
const unfit = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const entities: {readonly [character: string]: string} = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
};

/** Text that stands for itself in XML, in elements and attributes. */
export function xmlText(text: string): string {
	return text
		.toWellFormed()
		.replace(unfit, '\uFFFD')
		.replace(/[&<>"]/g, (found) => entities[found] ?? found);
}

/** ` class="c31 b"`; nothing for a plain look. */
function classOf({color, bold, dim, inverse}: CellLook, kind = ''): string {
	const isInk = kind === '' && inverse;
	const names = [
		kind,
		isInk ? 'n' : color === null ? '' : `c${color}`,
		bold && kind === '' ? 'b' : '',
		dim && !isInk ? 'd' : '',
	].filter((name) => name !== '');
	return names.length === 0 ? '' : ` class="${names.join(' ')}"`;
}

/** Letters that stand together: their neighbours of ASCII, up to a wide blank. Others may be of another font. */
function* wordsOf(cells: readonly Cell[]): Generator<readonly Cell[]> {
	let word: Cell[] = [];
	for (const [index, cell] of cells.entries()) {
		const isBlank = cell.text === ' ';
		const isWide = isBlank && (word.length === 0 || (cells[index + 1]?.text ?? ' ') === ' ');
		const isAscii = /^[!-~ ]$/.test(cell.text);
		const before = word.at(-1);
		const isApart = before !== undefined && before.column + before.width !== cell.column;
		if ((isWide || !isAscii || isApart) && word.length > 0) {
			yield word;
			word = [];
		}
		if (isWide) continue;
		if (isAscii) word.push(cell);
		else yield [cell];
	}
	if (word.length > 0) yield word;
}

function textElement(look: CellLook, cells: readonly Cell[]): string {
	const text = cells
		.map((cell) => cell.text)
		.join('')
		.trimEnd();
	const x = (cells[0]?.column ?? 0) * cellWidth;
	// Whatever font there is, letters stay in their columns.
	const length =
		text.length > 1 && cells.length > 1 ? ` textLength="${text.length * cellWidth}"` : '';
	return `<text${x === 0 ? '' : ` x="${x}"`}${length}${classOf(look)}>${xmlText(text)}</text>`;
}

/** Borders in one path: a level line over many cells is one stroke. */
function linePath(cells: readonly Cell[]): string {
	let path = '';
	for (let index = 0; index < cells.length; index += 1) {
		const {text, column} = cells[index] ?? {text: ' ', column: 0};
		let end = index;
		while (text === '─' && cells[end + 1]?.text === '─') end += 1;
		const shape = cellShape(text, column);
		path += end > index ? levelLine(column, end - index + 1) : (shape?.path ?? '');
		index = end;
	}
	return path;
}

function elementsOf({look, cells}: Run): string {
	const first = cells[0]?.column ?? 0;
	const last = cells.at(-1);
	const width = last === undefined ? 0 : last.column + last.width - first;
	const shapes = cells.map((cell) => ({cell, shape: cellShape(cell.text, cell.column)}));
	const letters = shapes.filter(({shape}) => shape === null).map(({cell}) => cell);
	const lines = linePath(shapes.filter(({shape}) => shape?.kind === 'lines').map(({cell}) => cell));
	const area = shapes.map(({shape}) => (shape?.kind === 'area' ? shape.path : '')).join('');
	const behind = look.inverse ? areaOf(first * cellWidth, width * cellWidth) : '';
	const ink = look.inverse ? {...look, color: null} : look;
	const path = (kind: string, given: CellLook, d: string) =>
		d === '' ? '' : `<path${classOf(given, kind)} d="${d}"/>`;
	return [
		// A selection is one bar, whatever stands on it.
		path('f', {...look, dim: false}, behind),
		path(look.inverse ? 'l n' : 'l', ink, lines),
		path(look.inverse ? 'f n' : 'f', ink, area),
		...Array.from(wordsOf(letters), (word) => textElement(look, word)),
	].join('');
}

/** The elements of a painted line, from the left end of its baseline; empty for a blank one. */
export function svgRow(painted: string): string {
	return runsOf(painted).map(elementsOf).join('');
}
