import {castLines, castVersions} from '../demo/cast.ts';
import {captionCount} from '../demo/demo.ts';
import {type Film, filmOf} from '../demo/film.ts';
import {firstScene, scenesOf, showOf} from '../demo/perform.ts';
import {stillOf, svgLines} from '../demo/svg.ts';
import {transcriptLines} from '../demo/transcript.ts';
import type {Screen} from '../tui/screen.ts';
import {createTheme} from '../tui/theme.ts';
import {checkDemo, checkDemos} from './check-demo.ts';
import {type ExitCode, exitCode, type Failure, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {demoRows, tableLines} from './list.ts';
import {type LoadedDemo, loadDemo} from './load-demo.ts';
import {hasColor, isAscii, stopWhenAsked, suspend} from './open.ts';
import {saveFile} from './save-file.ts';
import {printLines} from './write-lines.ts';

const standardSize = {columns: 80, rows: 24};

/** Sizes on which a demo can be drawn: the layouts need the least, and more than the most is no screen. */
const least = {columns: 60, rows: 19};
const most = {columns: 400, rows: 150};

function sizeOf({size}: Flags): typeof standardSize | Failure {
	if (size === undefined) return standardSize;
	const found = /^(?<columns>\d{2,3})x(?<rows>\d{2,3})$/.exec(size)?.groups;
	const columns = Number(found?.['columns']);
	const rows = Number(found?.['rows']);
	const isLarge = columns >= least.columns && rows >= least.rows;
	if (isLarge && columns <= most.columns && rows <= most.rows) return {columns, rows};
	const range = `${least.columns}x${least.rows} to ${most.columns}x${most.rows}`;
	return failure(exitCode.usage, `no demo can have the size "${size}"`, `sizes are ${range}`);
}

/** Files look the same wherever they are written. */
function filmedScreen(size: typeof standardSize): Screen {
	return {...size, theme: createTheme({color: true, ascii: false})};
}

function writeCast(film: Film, path: string, {castVersion = '2'}: Flags): Failure | null {
	const version = castVersions.find((known) => String(known) === castVersion);
	if (version === undefined) {
		const hint = `known: ${castVersions.join(', ')}`;
		return failure(exitCode.usage, `unknown version "${castVersion}" of asciicast`, hint);
	}
	const saved = saveFile(path, castLines(film, version));
	return saved.ok ? null : saved;
}

function writeSvg(film: Film, path: string, {frame}: Flags, captions: number): Failure | null {
	const isNumber = frame === undefined || /^\d{1,4}$/.test(frame);
	const shown = frame === undefined ? film : isNumber ? stillOf(film, Number(frame)) : null;
	if (shown === null || frame === '0') {
		const hint = `it has captions 1 to ${captions}`;
		return failure(exitCode.usage, `the demo has no caption ${frame}`, hint);
	}
	const saved = saveFile(path, svgLines(shown));
	return saved.ok ? null : saved;
}

/** Writes the files that were asked for. A demo that fails is written nowhere. */
function film({demo, state}: LoadedDemo, flags: Flags): ExitCode {
	const size = sizeOf(flags);
	if ('ok' in size) return tell(size);
	const screen = filmedScreen(size);
	const scenes = [...scenesOf(demo, state, screen)];
	const {code, problems} = checkDemo(demo.name, scenes);
	if (code !== exitCode.fine) return tell({ok: false, exitCode: code, message: problems});
	const made = filmOf(demo.title, scenes, screen);
	const {cast, svg} = flags;
	const wrong =
		(cast === undefined ? null : writeCast(made, cast, flags)) ??
		(svg === undefined ? null : writeSvg(made, svg, flags, captionCount(demo)));
	return wrong === null ? exitCode.fine : tell(wrong);
}

/** The demo as text, for pipes and screen readers. */
async function print({demo, state}: LoadedDemo): Promise<ExitCode> {
	const screen = filmedScreen(standardSize);
	const scenes = [...scenesOf(demo, state, screen)];
	await printLines(transcriptLines(demo.title, scenes, screen));
	const {code, problems} = checkDemo(demo.name, scenes);
	return code === exitCode.fine ? code : tell({ok: false, exitCode: code, message: problems});
}

async function play({demo, state}: LoadedDemo, flags: Flags): Promise<number> {
	const {openTui} = await import('../tui/open-tui.tsx');
	stopWhenAsked(process.stdin);
	const {columns, rows} = process.stdout;
	const look = {color: hasColor(flags), ascii: isAscii()};
	const screen = {columns, rows, theme: createTheme(look)};
	return openTui({
		session: state.session,
		show: {show: showOf(demo), first: firstScene(demo, state, screen)},
		title: state.title,
		chooserEntries: [],
		// There is no chooser.
		load: () => Promise.resolve({ok: false, errors: []}),
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		...look,
		suspend,
	});
}

/** What of the flags is asked for in vain; null for nothing. */
function misused(name: string | null, flags: Flags): Failure | null {
	const {check = false, cast, castVersion, svg, frame, size} = flags;
	const say = (message: string, hint: string) => failure(exitCode.usage, message, hint);
	if (castVersion !== undefined && cast === undefined) {
		return say('--cast-version is for --cast FILE', 'name the file');
	}
	if (frame !== undefined && svg === undefined) {
		return say('--frame is for --svg FILE', 'name the file');
	}
	const isFilm = cast !== undefined || svg !== undefined;
	if (size !== undefined && !isFilm) {
		return say('--size is for --cast and --svg', 'a terminal has its own size');
	}
	if (isFilm && name === null) return say('which demo?', '`devresdbg demo` names the demos');
	if (isFilm && check) return say('--check writes no files', 'a demo that fails is never written');
	return null;
}

/** `devresdbg demo [NAME|FILE]`: shows it, runs it as a test, or writes it to files. */
export async function demo(name: string | null, flags: Flags): Promise<number> {
	const wrong = misused(name, flags);
	if (wrong !== null) return tell(wrong);
	if (flags.check === true) return checkDemos(name);
	if (name === null) {
		process.stdout.write(`${tableLines(demoRows()).join('\n')}\n`);
		return exitCode.fine;
	}
	const loaded = await loadDemo(name);
	if (!loaded.ok) return tell(loaded);
	if (flags.cast !== undefined || flags.svg !== undefined) return film(loaded, flags);
	const isTerminal = process.stdout.isTTY && process.stdin.isTTY;
	const isPlain = flags.plain === true || process.env['TERM'] === 'dumb';
	return isTerminal && !isPlain ? play(loaded, flags) : print(loaded);
}
