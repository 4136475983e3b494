import {once} from 'node:events';
import {openSync} from 'node:fs';
import {basename} from 'node:path';
import {createInterface} from 'node:readline';
import {ReadStream} from 'node:tty';
import {createSession, type Session} from '../debugger/session.ts';
import {environmentOf} from './environment.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {type Loaded, loadInput} from './load-input.ts';
import {prepare, prepareHits} from './prepare.ts';
import {progressLine} from './progress-line.ts';
import {type CommandsRun, runCommands, tellProblems} from './run-commands.ts';

/** Keys come from the controlling terminal where standard input was the recording; null where there is none. */
export function keyboard(file: string | null): NodeJS.ReadStream | null {
	if (file !== '-') return process.stdin;
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		return null;
	}
}

/** Neither the command line nor the environment refuses colours. */
export function hasColor(flags: Flags): boolean {
	const {NO_COLOR: refused = ''} = process.env;
	return flags.color !== false && refused === '';
}

/** A locale that says it can't show more than ASCII. Without any locale a terminal most likely can. */
export function isAscii(): boolean {
	const {LC_ALL, LC_CTYPE, LANG} = process.env;
	return !/utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || 'UTF-8');
}

/** Stops the process as Ctrl+Z does, until it is continued. */
export async function suspend(): Promise<void> {
	const continued = once(process, 'SIGCONT');
	// The whole process group, as a terminal does: whoever started the program, such as npm, waits for it.
	process.kill(0, 'SIGSTOP');
	// Nobody reads keys now, and waiting for a signal alone does not keep a program running.
	const running = setInterval(() => {}, 1000);
	await continued;
	clearInterval(running);
}

/** From now on, who asks the process to stop gets what Ctrl+Z gets: the terminal is given back before. */
export function stopWhenAsked(keys: NodeJS.ReadStream): void {
	process.on('SIGTSTP', () => keys.unshift('\u001A'));
}

/** What the first line of the screen calls it. */
export function titleOf({recording}: Loaded): string {
	const {source, title} = recording.header;
	if (source.path !== null) return basename(source.path);
	return title === '' ? 'standard input' : title;
}

function sessionOf(loaded: Loaded): Session {
	return createSession(loaded.recording, environmentOf(loaded));
}

/** What an assertion of the commands complains about; null where all hold. */
function complaintOf({failed}: CommandsRun): string | null {
	const [first] = failed;
	return first === undefined ? null : `${first.at}: ${first.text}`;
}

async function openPanes(
	keys: NodeJS.ReadStream,
	flags: Flags,
	loaded: Loaded | null,
	done: CommandsRun | null,
) {
	const {openTui} = await import('../tui/open-tui.tsx');
	stopWhenAsked(keys);
	const chooserEntries = loaded === null ? (await import('./list.ts')).chooserEntries() : [];
	const exit = await openTui({
		growth: loaded?.live?.growth() ?? null,
		session: done?.session ?? null,
		message: done === null ? null : complaintOf(done),
		title: loaded === null ? 'devresdbg' : titleOf(loaded),
		chooserEntries,
		async load(path) {
			const chosen = await loadInput(path, flags);
			if (!chosen.ok) return {ok: false, errors: chosen.message.trimEnd().split('\n')};
			const done = runCommands(sessionOf(chosen), flags.commands ?? []);
			if (done.error !== null) return {ok: false, errors: done.error.message.trimEnd().split('\n')};
			return {ok: true, session: done.session, title: titleOf(chosen)};
		},
		stdin: keys,
		stdout: process.stdout,
		stderr: process.stderr,
		color: hasColor(flags),
		ascii: isAscii(),
		suspend,
	});
	loaded?.live?.stop();
	return exit;
}

function writeLine(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function openLines(keys: NodeJS.ReadStream, session: Session): Promise<ExitCode> {
	const {runPlain} = await import('./plain.ts');
	const input = createInterface({input: keys});
	await runPlain(session, input, writeLine);
	input.close();
	keys.destroy();
	return exitCode.fine;
}

/** `devresdbg [FILE]`: opens the debugger; without a terminal prints a report, or what there is to open. */
export async function open(file: string | null, flags: Flags): Promise<number> {
	const isTerminal = process.stdout.isTTY && (process.stdin.isTTY || file === '-');
	const isPlain = flags.plain === true || (isTerminal && process.env['TERM'] === 'dumb');
	if (file === null && (isPlain || !isTerminal)) return (await import('./list.ts')).list(flags);
	if (file !== null && !isPlain && !isTerminal) return (await import('./run.ts')).run(file, flags);
	if (flags.kernel === 'all' || flags.format !== undefined || flags.save !== undefined) {
		const hint = '`devresdbg run` takes them';
		return tell(failure(exitCode.usage, '--kernel all, --format and --save need no screen', hint));
	}
	const progress = progressLine(process.stderr);
	const loaded = file === null ? null : await loadInput(file, flags, {progress, follow: !isPlain});
	if (loaded?.ok === false) return tell(loaded);
	if (loaded !== null && !isPlain) await prepare(loaded.recording, progress);
	const done = loaded === null ? null : runCommands(sessionOf(loaded), flags.commands ?? []);
	if (isPlain) for (const {text} of done?.transcript ?? []) writeLine(text);
	if (done !== null && (done.error !== null || done.quit)) {
		loaded?.live?.stop();
		return tellProblems(done);
	}
	const keys = keyboard(file);
	if (keys === null) {
		const hint = 'give a FILE, or print a report with `devresdbg run -`';
		return tell(failure(exitCode.usage, 'there is no terminal to type on', hint));
	}
	if (done !== null && isPlain) return openLines(keys, done.session);
	if (done !== null) await prepareHits(done.session, progress);
	return openPanes(keys, flags, loaded, done);
}
