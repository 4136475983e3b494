import {join} from 'node:path';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

const root = join(import.meta.dirname, '..', '..');

/** The program as users get it. */
export const program = join(root, 'distribution', 'cli.js');

/** A screen that does not come is a failure; waiting itself only ever looks at the screen. */
const patience = 15_000;

export type Exit = {readonly code: number; readonly signal: number};

export type TestTerminal = {
	readonly pid: number;

	/** Lines of the screen, without the blanks behind. */
	lines(): readonly string[];

	/** Everything that was written to the terminal, control sequences and all. */
	written(): string;

	/** Sends keys as one piece of input. */
	press(keys: string): void;

	/** Settles once the text of the screen satisfies the condition, and gives that text. */
	waitFor(what: string, condition: (text: string) => boolean): Promise<string>;
	resize(columns: number, rows: number): void;
	kill(signal: string): void;
	readonly exit: Promise<Exit>;

	/** The full-screen buffer is shown, not the one of the shell. */
	isAlternate(): boolean;
	isCursorShown(): boolean;
};

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: {readonly [name: string]: string};

	/** What runs in place of node with the given arguments. */
	readonly command?: string;

	/** Folder to run in. */
	readonly cwd?: string;
};

/** Starts `node` with arguments in a pseudo-terminal of its own, as in a build server where nothing is a terminal. */
export function startTerminal(
	args: readonly string[],
	{
		columns = 120,
		rows = 36,
		env = {},
		command = process.execPath,
		cwd = root,
	}: TerminalOptions = {},
): TestTerminal {
	const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const {NO_COLOR: _, ...inherited} = process.env;
	const child = spawn(command, [...args], {
		cols: columns,
		rows,
		cwd,
		env: {...inherited, CI: 'true', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...env},
	});
	let written = '';
	let parsed = '';
	let over = false;
	const watchers = new Set<() => void>();
	/** A screen that is half drawn is no screen: the program says when it begins and ends one. */
	const isDrawing = () => parsed.lastIndexOf('\u001B[?2026h') > parsed.lastIndexOf('\u001B[?2026l');
	const look = () => {
		if (isDrawing()) return;
		for (const watcher of watchers) watcher();
	};
	child.onData((data) => {
		written += data;
		screen.write(data, () => {
			parsed += data;
			look();
		});
	});
	const exit = new Promise<Exit>((resolve) => {
		child.onExit(({exitCode, signal}) => {
			// What was written last may still be on its way to the screen.
			screen.write('', () => {
				over = true;
				look();
				resolve({code: exitCode, signal: signal ?? 0});
			});
		});
	});
	const lines = () => {
		const {active} = screen.buffer;
		return Array.from({length: screen.rows}, (_, y) => {
			return (
				active
					.getLine(active.viewportY + y)
					?.translateToString(true, 0, screen.cols)
					.trimEnd() ?? ''
			);
		});
	};
	return {
		pid: child.pid,
		lines,
		exit,
		written: () => written,
		press: (keys) => child.write(keys),
		kill: (signal) => child.kill(signal),
		isAlternate: () => screen.buffer.active.type === 'alternate',
		isCursorShown: () => written.lastIndexOf('\u001B[?25h') >= written.lastIndexOf('\u001B[?25l'),
		resize: (newColumns, newRows) => {
			screen.resize(newColumns, newRows);
			child.resize(newColumns, newRows);
		},
		waitFor: (what, condition) =>
			new Promise((resolve, reject) => {
				const done = (settle: () => void) => {
					watchers.delete(watcher);
					clearTimeout(guard);
					settle();
				};
				const fail = (why: string) => {
					const text = lines().join('\n');
					done(() => reject(new Error(`${why} while waiting for ${what}. The screen:\n${text}`)));
				};
				const watcher = () => {
					const text = lines().join('\n');
					if (condition(text)) done(() => resolve(text));
					else if (over) fail('The program ended');
				};
				const guard = setTimeout(() => fail('Nothing more came'), patience);
				watchers.add(watcher);
				look();
			}),
	};
}

/** Number of events applied, as the header says; -1 before there is one. */
export function eventOn(text: string): number {
	return Number(/event (\d+) of \d+/.exec(text)?.[1] ?? -1);
}
