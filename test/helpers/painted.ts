import unicode from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import {expect} from 'vitest';
import {graphemes, widthOf} from '../../source/tui/text-width.ts';
import {withoutLooks} from './screen.ts';

/** Columns and rows around a screen that nothing on it may reach. */
const margin = 3;
const untouched = 'Z';
const borders = /^[─│╭╮╰╯├┤┬┴┼]$/;

function cellsOf(terminal: InstanceType<typeof xterm.Terminal>, y: number): readonly string[] {
	const row = terminal.buffer.active.getLine(y);
	return Array.from({length: terminal.cols}, (_, x) => row?.getCell(x)?.getChars() ?? '');
}

/** Fails where a terminal shows painted lines elsewhere than they were measured, or something beside them. */
export async function expectPaintedInPlace(
	lines: readonly string[],
	columns: number,
): Promise<void> {
	const size = {cols: columns + margin, rows: lines.length + margin};
	const terminal = new xterm.Terminal({...size, allowProposedApi: true});
	terminal.loadAddon(new unicode.Unicode11Addon());
	terminal.unicode.activeVersion = '11';
	const whole = Array.from({length: size.rows}, () => untouched.repeat(size.cols)).join('');
	// Each line from its first column on, as the program does it: nothing but its text may move the cursor.
	const drawn = lines.map((line, y) => `\u001B[${y + 1};1H${line}`).join('');
	await new Promise<void>((resolve) => terminal.write(`${whole}${drawn}`, resolve));
	for (const [y, line] of lines.entries()) {
		const cells = cellsOf(terminal, y);
		let x = 0;
		for (const part of graphemes(withoutLooks(line))) {
			if (borders.test(part)) expect(`${x}: ${cells[x]}`).toBe(`${x}: ${part}`);
			x += widthOf(part);
		}
		expect(cells.slice(columns)).toEqual(Array(margin).fill(untouched));
	}
	for (let y = lines.length; y < size.rows; y += 1) {
		expect(cellsOf(terminal, y).join('')).toBe(untouched.repeat(size.cols));
	}
	expect(terminal.buffer.active.type).toBe('normal');
	terminal.dispose();
}
