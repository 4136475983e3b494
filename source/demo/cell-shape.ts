/** Size of a cell in units of the picture. A letter is 0.6 as wide as it is high in most fonts of equal widths. */
export const cellWidth = 12;

/** Height of a row. */
export const cellHeight = 24;

/** Of letters. */
export const fontSize = 20;

/** From the top of a row to the line that letters stand on. */
export const baseline = 18;

/** By which of its four arms a line drawing has, as `up down left right` bits 8 4 2 1. */
const lineDrawings = [...' ╶╴─╷╭╮┬╵╰╯┴│├┤┼'];

const blocks = [...' ▁▂▃▄▅▆▇█'];

const middle = cellWidth / 2;
const top = -baseline;
const bottom = cellHeight - baseline;
const centre = (top + bottom) / 2;
const radius = middle;

/** What is drawn in place of a letter: lines, or a filled area. Coordinates are from the left end of the baseline. */
export type CellShape = {readonly kind: 'lines' | 'area'; readonly path: string};

/** A round corner, from its upright arm to its level one. */
function corner(x: number, up: boolean, left: boolean): string {
	const from = up ? top : bottom;
	const bend = up ? centre - radius : centre + radius;
	const end = left ? x : x + cellWidth;
	return `M${x + middle} ${from}V${bend}Q${x + middle} ${centre} ${end} ${centre}`;
}

function linesOf(arms: number, x: number): string {
	const up = (arms & 8) !== 0;
	const down = (arms & 4) !== 0;
	const left = (arms & 2) !== 0;
	const right = (arms & 1) !== 0;
	if (up !== down && left !== right) return corner(x, up, left);
	const upright = `M${x + middle} ${up ? top : centre}V${down ? bottom : centre}`;
	const level = `M${left ? x : x + middle} ${centre}H${right ? x + cellWidth : x + middle}`;
	return (up || down ? upright : '') + (left || right ? level : '');
}

/** A rectangle of whole cells that stands on the bottom of its row. */
export function areaOf(x: number, width: number, height = cellHeight): string {
	return `M${x} ${bottom - height}h${width}v${height}h${-width}z`;
}

/**
How to draw a character that must meet its neighbours: borders and bars. Fonts leave gaps there, or have other widths.
Null for one that is a letter.
*/
export function cellShape(text: string, column: number): CellShape | null {
	const x = column * cellWidth;
	const arms = lineDrawings.indexOf(text);
	if (arms > 0) return {kind: 'lines', path: linesOf(arms, x)};
	const eighths = blocks.indexOf(text);
	if (eighths <= 0) return null;
	return {kind: 'area', path: areaOf(x, cellWidth, (cellHeight * eighths) / 8)};
}

/** A level line through whole cells. */
export function levelLine(column: number, columns: number): string {
	return `M${column * cellWidth} ${centre}h${columns * cellWidth}`;
}
