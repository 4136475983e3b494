import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseAst} from 'rolldown/parseAst';
import {expect, test} from 'vitest';

const folder = join(import.meta.dirname, '..', 'source');

/** Pieces that a slow pattern may be made to repeat. */
const units = [
	...[
		' ',
		'a',
		'0',
		'_',
		'.',
		':',
		'-',
		'[',
		']',
		'(',
		')',
		'<',
		'>',
		'=',
		'/',
		'|',
		'+',
		'*',
		'#',
	],
	...[
		'"',
		'{',
		'}',
		',',
		'\t',
		'x',
		'0.',
		'0 ',
		'a ',
		' a',
		'a.',
		'a-',
		'a:',
		'0:',
		'[0',
		'] ',
		'[ 0.0] ',
	],
	...[
		'<4>',
		'a=',
		'a=b ',
		'=> ',
		'()',
		'a(',
		'| ',
		'/* ',
		'a, ',
		'0x0 ',
		'+0x0/0x0',
		'a-0 ',
		'é',
		'漢',
	],
];
const beginnings = ['', 'a '];

function patternsIn(path: string): readonly RegExp[] {
	const found: RegExp[] = [];
	const text = readFileSync(join(folder, path), 'utf8');
	JSON.stringify(parseAst(text, {lang: path.endsWith('x') ? 'tsx' : 'ts'}), (key, value) => {
		if (key !== 'regex') return value;
		found.push(new RegExp(value.pattern, value.flags.replace(/[gy]/g, '')));
		return undefined;
	});
	return found;
}

/** Milliseconds, of several tries the shortest: others may be busy. */
function timeOf(
	pattern: RegExp,
	beginning: string,
	unit: string,
	length: number,
	most = 4,
): number {
	const text = `${beginning}${unit.repeat(length / unit.length)}\u0001 `;
	let best = Number.POSITIVE_INFINITY;
	for (let tries = 0; tries < most; tries += 1) {
		const start = performance.now();
		pattern.test(text);
		best = Math.min(best, performance.now() - start);
	}
	return best;
}

/** A text eight times as long takes 8 times as long, or 64 times where a pattern starts anew at every letter. */
function isSlow(pattern: RegExp, beginning: string, unit: string): boolean {
	if (timeOf(pattern, beginning, unit, 1000, 1) < 0.3) return false;
	return timeOf(pattern, beginning, unit, 8000) > 24 * timeOf(pattern, beginning, unit, 1000);
}

test('no pattern takes longer than in proportion to the text', () => {
	const slow: string[] = [];
	let count = 0;
	for (const path of readdirSync(folder, {recursive: true, encoding: 'utf8'})) {
		// What builds the program reads nothing of strangers.
		if (!/\.tsx?$/.test(path) || path.startsWith('build')) continue;
		for (const pattern of patternsIn(path)) {
			count += 1;
			// What repeats a bounded number of times is as slow as it will ever be.
			if (!/[*+]|,\}/.test(pattern.source)) continue;
			const unit = units.find((each) => beginnings.some((start) => isSlow(pattern, start, each)));
			if (unit !== undefined) slow.push(`${path}: ${pattern} on "${unit}"`);
		}
	}
	expect(slow).toEqual([]);
	expect(count).toBeGreaterThan(200);
});
