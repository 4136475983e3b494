import type {Film, Frame} from './film.ts';

/** Versions of asciicast that can be written. */
export const castVersions = [2, 3] as const;

/** One of these versions. */
export type CastVersion = (typeof castVersions)[number];

const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';
const clear = '\u001B[H\u001B[2J';

/** What turns the frame before into this one: the lines that differ, each in its place. */
function outputOf(before: Frame | null, {lines}: Frame): string {
	const changed = lines.flatMap((line, y) =>
		line === before?.lines[y] ? [] : [`\u001B[${y + 1};1H${line}`],
	);
	return (before === null ? hideCursor + clear : '') + changed.join('');
}

function headerOf({title, columns, rows}: Film, version: CastVersion): object {
	return version === 2
		? {version, width: columns, height: rows, title, env: {TERM: 'xterm-256color'}}
		: {version, term: {cols: columns, rows, type: 'xterm-256color'}, title};
}

/** Event codes of asciicast: output, a marker, the exit status. */
type Code = 'o' | 'm' | 'x';

/**
The lines of an asciicast file (docs.asciinema.org). Version 2 counts time from the start, version 3 from the event
before; `x`, the exit status, is in version 3 alone.
*/
export function* castLines(film: Film, version: CastVersion): Generator<string, void> {
	let last = 0;
	const event = (at: number, code: Code, data: string): string => {
		const time = version === 2 ? at : at - last;
		last = at;
		return JSON.stringify([time / 1000, code, data]);
	};
	yield JSON.stringify(headerOf(film, version));
	let before: Frame | null = null;
	for (const frame of film.frames) {
		const output = outputOf(before, frame);
		if (output !== '') yield event(frame.at, 'o', output);
		for (const marker of frame.markers) yield event(frame.at, 'm', marker);
		before = frame;
	}
	yield event(film.duration, 'o', showCursor);
	if (version === 3) yield event(film.duration, 'x', '0');
}
