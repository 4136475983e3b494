import {describe, expect, it} from 'vitest';
import {demoNames} from '../../source/commands/shipped-scenarios.ts';
import type {Film} from '../../source/demo/film.ts';
import {stillOf, svgLines} from '../../source/demo/svg.ts';
import {svgRow} from '../../source/demo/svg-row.ts';
import {shippedFilm} from '../helpers/demo.ts';
import {withoutLooks} from '../helpers/screen.ts';
import {checkXml, lettersAt} from '../helpers/svg-screen.ts';

function svgOf(film: Film): string {
	return Array.from(svgLines(film), (line) => `${line}\n`).join('');
}

const drawn = /[─│╭╮╰╯├┤┬┴┼╵╷╶╴▁▂▃▄▅▆▇█]/g;

function lettersOf(lines: readonly string[]): readonly string[] {
	return lines.map((line) => withoutLooks(line).replace(drawn, ' '));
}

describe.each(demoNames())('the picture of %s', (name) => {
	it.each([
		[80, 24],
		[120, 36],
	])('shows at %i x %i, whenever a frame comes, each letter in its cell', async (columns, rows) => {
		const film = await shippedFilm(name, columns, rows);
		const svg = svgOf(film);
		checkXml(svg);
		for (const {lines, at} of film.frames) {
			// Times are rounded to a thousandth of a percent.
			const percent = (at / film.duration) * 100 + 0.0006;
			expect(lettersAt(svg, columns, rows, percent)).toEqual(lettersOf(lines));
		}
		expect(lettersAt(svg, columns, rows, null)).toEqual(lettersOf(film.frames.at(-1)?.lines ?? []));
	});

	it('has no script, and takes nothing from elsewhere', async () => {
		const svg = svgOf(await shippedFilm(name));
		expect(svg).not.toMatch(/<script|\son\w+=|href|url\(|@import/);
		expect(svg.length).toBeLessThan(250_000);
	});
});

describe('a still picture', () => {
	it('shows the screen as it stands when the next caption comes', async () => {
		const film = await shippedFilm('report');
		const still = stillOf(film, 7);
		if (still === null) throw new Error('no caption 7');
		const svg = svgOf(still);
		checkXml(svg);
		expect(svg).not.toMatch(/animation|keyframes/);
		const frame = film.frames.findLast(({caption}) => caption === 7);
		expect(lettersAt(svg, 80, 24, null)).toEqual(lettersOf(frame?.lines ?? []));
		expect(stillOf(film, 99)).toBeNull();
	});

	it('is small', async () => {
		const still = stillOf(await shippedFilm('report'), 7);
		expect(still === null ? 0 : svgOf(still).length).toBeLessThan(12_000);
	});
});

describe('a line of a picture', () => {
	it('escapes what means something in XML, and keeps out what XML has not', () => {
		const row = svgRow('a<b> & "c" \uFFFE\uD800');
		checkXml(row);
		expect(row).toContain('a&lt;b&gt; &amp; &quot;c&quot;');
		expect(row).not.toMatch(/[\uFFFE\uD800]/);
	});

	it('has a text of its own for each letter that may be of another font or width', () => {
		expect(svgRow('ab漢c▶ d')).toBe(
			'<text textLength="24">ab</text><text x="24">漢</text><text x="48">c</text><text x="60">▶</text><text x="84">d</text>',
		);
	});

	it('draws borders through the middle of their cells and bars from the bottom', () => {
		expect(svgRow('╭──┬')).toBe(
			'<path class="l" d="M6 6V0Q6 -6 12 -6M12 -6h24M42 -6V6M36 -6H48"/>',
		);
		expect(svgRow('▄')).toBe('<path class="f" d="M0 -6h12v12h-12z"/>');
	});

	it('turns a selected line round', () => {
		expect(svgRow('\u001B[7m\u001B[31mab\u001B[39m \u001B[27m')).toBe(
			'<path class="f c31" d="M0 -18h24v24h-24z"/><text textLength="24" class="n">ab</text>' +
				'<path class="f" d="M24 -18h12v24h-12z"/>',
		);
	});
});
