import {render} from 'ink';
import type {Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import {App} from './app.tsx';
import type {Loaded} from './screen.ts';
import {createTheme} from './theme.ts';
import {type ChooserEntry, initialView, type ScreenState} from './view-state.ts';

/** What the debugger is given of its surroundings. */
export type TuiOptions = {
	/** What to debug; null lets the reader choose. */
	readonly session: Session | null;

	/** Stands in place of the stop reason until a key is pressed; null for nothing. */
	readonly message?: string | null;

	/** How the session's recording grows while its log is being written; absent or null for one that is whole. */
	readonly growth?: AsyncIterable<Recording> | null;

	/** Stands in the first line: the file's name, or its title. */
	readonly title: string;

	/** What the chooser offers, where there is no session. */
	readonly chooserEntries: readonly ChooserEntry[];

	/** Opens what was chosen. Problems with the file are values; a rejection ends the program. */
	readonly load: (path: string) => Promise<Loaded>;

	/** Both must be terminals. */
	readonly stdin: NodeJS.ReadStream;

	/** Gets the screen. */
	readonly stdout: NodeJS.WriteStream;

	/** Where an error is printed after the terminal is restored. */
	readonly stderr: NodeJS.WriteStream;

	/** As for the theme. */
	readonly color: boolean;

	/** As for the theme. */
	readonly ascii: boolean;

	/** Stops the process until it is continued, for Ctrl+Z; the terminal is restored meanwhile. */
	readonly suspend?: () => Promise<void>;
};

/** A crash of ours, as opposed to anything wrong with the input. */
const crashed = 1;

function initialState(options: TuiOptions): ScreenState {
	const {session, growth = null, title, chooserEntries, message = null} = options;
	const chooser =
		session === null ? {entries: chooserEntries, selected: 0, opening: null, errors: []} : null;
	const view = {...initialView, message};
	return {title, session, isLive: growth !== null, chooser, view, exit: null};
}

/** Runs the debugger on the whole terminal until the reader leaves. Gives the exit code. */
export async function openTui(options: TuiOptions): Promise<number> {
	const {stdin, stdout, stderr, color, ascii, load, suspend, growth = null} = options;
	const theme = createTheme({color, ascii});
	// Ink doesn't go to the first column when it takes the screen: a half-written line would shift the first one.
	stdout.write('\r');
	// Ink does this after the first screen: until then a key would be echoed into it.
	stdin.setRawMode(true);
	try {
		const app = render(
			<App
				initial={initialState(options)}
				theme={theme}
				load={load}
				suspend={suspend}
				growth={growth}
			/>,
			{
				stdin,
				stdout,
				stderr,
				alternateScreen: true,
				incrementalRendering: true,
				maxFps: 60,
				exitOnCtrlC: false,
				// Both ends are terminals: that some build server is around changes nothing.
				interactive: true,
				patchConsole: false,
			},
		);
		const exit = await app.waitUntilExit();
		return typeof exit === 'number' ? exit : 0;
	} catch (error) {
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		stderr.write(`devresdbg stopped because of a fault of its own:\n${text}\n`);
		return crashed;
	} finally {
		stdin.setRawMode(false);
	}
}
