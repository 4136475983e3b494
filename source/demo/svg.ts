import {baseline, cellHeight, cellWidth, fontSize} from './cell-shape.ts';
import type {Film, Frame} from './film.ts';
import {svgRow, xmlText} from './svg-row.ts';

/** Around the screen. */
const margin = 16;

/** Pixels of a unit where the page says nothing else. */
const scale = 0.75;

const background = '#0d1117';

const foreground = '#d1d7e0';

/** Colours of ECMA-48 on a dark background. */
const colors: readonly (readonly [number, string])[] = [
	[31, '#ff7b72'],
	[32, '#7ee787'],
	[33, '#e3b341'],
	[34, '#79c0ff'],
	[35, '#d2a8ff'],
	[36, '#56d4dd'],
	[90, '#7d8590'],
];

const fonts = `'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace`;

const style = [
	`text{font:${fontSize}px ${fonts};white-space:pre;font-variant-emoji:text;fill:currentColor}`,
	`svg{color:${foreground}}.l{fill:none;stroke:currentColor;stroke-width:1.5}.f{fill:currentColor}`,
	`.b{font-weight:bold}.d{opacity:.65}.n{color:${background}}`,
	colors.map(([code, color]) => `.c${code}{color:${color}}`).join(''),
].join('\n');

/** A line of the screen that is seen in some of the frames. */
type Line = {readonly y: number; readonly content: string; readonly frames: number[]};

/** Each line once, whenever it is seen: frames share what doesn't change. */
function linesOf(frames: readonly Frame[]): readonly Line[] {
	const known = new Map<string, Line>();
	const rows = new Map<string, string>();
	for (const [index, {lines}] of frames.entries()) {
		for (const [y, painted] of lines.entries()) {
			const key = `${y} ${painted}`;
			const line = known.get(key);
			if (line !== undefined) {
				line.frames.push(index);
				continue;
			}
			const content = rows.get(painted) ?? svgRow(painted);
			rows.set(painted, content);
			known.set(key, {y, content, frames: [index]});
		}
	}
	return [...known.values()].filter(({content}) => content !== '').sort((a, b) => a.y - b.y);
}

function percentOf(time: number, duration: number): string {
	return `${Number(((time / duration) * 100).toFixed(3))}%`;
}

/** When a line comes and goes. */
function keyframes({frames: seen}: Line, {frames, duration}: Film): string {
	const isSeen = new Set(seen);
	const changes = frames.flatMap(({at}, index) => {
		if (index > 0 && isSeen.has(index) === isSeen.has(index - 1)) return [];
		const value = isSeen.has(index) ? 'visible' : 'hidden';
		return [`${percentOf(at, duration)}{visibility:${value}}`];
	});
	return changes.join('');
}

/** The film with what names its movements: lines that come and go together share one. */
function moving(film: Film, lines: readonly Line[]): {css: string[]; groups: string[]} {
	const last = film.frames.length - 1;
	const names = new Map<string, string>();
	const groups = lines.map((line) => {
		const place = `transform="translate(0,${line.y * cellHeight})"`;
		if (line.frames.length === film.frames.length) return `<g ${place}>${line.content}</g>`;
		const frames = keyframes(line, film);
		const name = names.get(frames) ?? `k${names.size}`;
		names.set(frames, name);
		// Where nothing moves, the last frame is seen.
		const hidden = line.frames.includes(last) ? '' : ' visibility="hidden"';
		return `<g ${place} class="${name}"${hidden}>${line.content}</g>`;
	});
	const time = `${film.duration / 1000}s`;
	const css = Array.from(names, ([frames, name]) => [
		`@keyframes ${name}{${frames}}`,
		`.${name}{animation:${name} ${time} step-end infinite}`,
	]).flat();
	const still = '@media (prefers-reduced-motion:reduce){g{animation:none!important}}';
	return {css: names.size === 0 ? [] : [...css, still], groups};
}

/** The film as a picture that moves by itself, without a script; a film of one frame stands still. */
export function* svgLines(film: Film): Generator<string, void> {
	const width = film.columns * cellWidth + 2 * margin;
	const height = film.rows * cellHeight + 2 * margin;
	const size = `width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}"`;
	const {css, groups} = moving(film, linesOf(film.frames));
	yield `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`;
	yield `<title>${xmlText(film.title)}</title>`;
	yield `<style>${style}`;
	yield* css;
	yield '</style>';
	yield `<rect width="${width}" height="${height}" rx="12" fill="${background}"/>`;
	yield `<g transform="translate(${margin},${margin + baseline})">`;
	yield* groups;
	yield '</g>';
	yield '</svg>';
}

/** The screen as it stands when a caption is about to go; null where there is no such caption. */
export function stillOf(film: Film, caption: number): Film | null {
	const frame = film.frames.findLast((each) => each.caption === caption);
	if (frame === undefined) return null;
	return {...film, frames: [{...frame, at: 0}], duration: 0};
}
