import {describe, expect, it} from 'vitest';
import {demoNames} from '../../source/commands/shipped-scenarios.ts';
import {type CastVersion, castLines} from '../../source/demo/cast.ts';
import type {Film} from '../../source/demo/film.ts';
import {emulator, parseCast} from '../helpers/asciicast.ts';
import {shippedFilm} from '../helpers/demo.ts';
import {withoutLooks} from '../helpers/screen.ts';

function castOf(film: Film, version: CastVersion = 2): string {
	return Array.from(castLines(film, version), (line) => `${line}\n`).join('');
}

describe.each(demoNames())('the cast of %s', (name) => {
	it.each([2, 3] as const)('keeps the rules of version %i', async (version) => {
		const film = await shippedFilm(name);
		const {columns, rows, events} = parseCast(castOf(film, version));
		expect([columns, rows]).toEqual([80, 24]);
		expect(events.at(-1)?.at).toBeCloseTo(film.duration / 1000, 6);
		expect(events.filter(({code}) => code === 'x')).toHaveLength(version === 3 ? 1 : 0);
	});

	it.each([
		[80, 24],
		[120, 36],
	])('replays in a terminal of %i x %i to the screens of the demo', async (columns, rows) => {
		const film = await shippedFilm(name, columns, rows);
		const {events} = parseCast(castOf(film));
		const replayed = emulator(columns, rows);
		const drawn = emulator(columns, rows);
		let next = 0;
		for (const {lines, at} of film.frames) {
			while (Math.round((events[next]?.at ?? Number.POSITIVE_INFINITY) * 1000) <= at) {
				const event = events[next];
				if (event?.code === 'o') await replayed.write(event.data);
				next += 1;
			}
			expect(replayed.lines()).toEqual(lines.map(withoutLooks));
			await drawn.write(`\u001B[H${lines.join('\r\n')}`);
			expect(replayed.looks()).toEqual(drawn.looks());
		}
		expect(replayed.isCursorInHome()).toBe(true);
	});

	it('has a marker at each caption, and at each stop at a breakpoint', async () => {
		const film = await shippedFilm(name);
		const markers = parseCast(castOf(film)).events.filter(({code}) => code === 'm');
		expect(markers.map(({data}) => data)).toEqual(film.frames.flatMap((frame) => frame.markers));
		const captions = new Set(film.frames.map(({caption}) => caption)).size;
		expect(markers.filter(({data}) => !/(?:break|watch)point \d/i.test(data)).length).toBe(
			captions,
		);
	});
});

describe('a cast', () => {
	it('names breakpoints where the demo stops at one', async () => {
		const {events} = parseCast(castOf(await shippedFilm('report'), 3));
		const stops = events.filter(({code, data}) => code === 'm' && /breakpoint \d/i.test(data));
		expect(stops.map(({data}) => data)).toMatchInlineSnapshot(`
			[
			  "Breakpoint 1, remove_nodes, hit 1 of 2.",
			  "Temporary breakpoint 5, pcim_intx, hit 1 of 2.",
			  "Temporary breakpoint 6, devres_find, hit 10 of 12.",
			  "Temporary breakpoint 7, devres-add, hit 28 of 29.",
			  "Temporary breakpoint 8, really_probe, hit 1 of 2.",
			]
		`);
	});

	it('writes only the lines that changed', async () => {
		const {events} = parseCast(castOf(await shippedFilm('report')));
		const typed = events.filter(({code, data}) => code === 'o' && data.length < 200);
		expect(typed.length).toBeGreaterThan(events.length / 2);
	});
});
