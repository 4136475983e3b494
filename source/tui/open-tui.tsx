import type {Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import {App} from './app.tsx';
import type {LessonRequest} from './lesson-view.ts';
import {runInk, type TerminalEnds} from './run-ink.tsx';
import type {Loaded} from './screen.ts';
import {playing} from './show.ts';
import {createTheme} from './theme.ts';
import {
	type ChooserEntry,
	initialView,
	type LessonReply,
	type Scene,
	type ScreenState,
	type Show,
} from './view-state.ts';

/** What the debugger is given of its surroundings. */
export type TuiOptions = TerminalEnds & {
	/** What to debug; null lets the reader choose. */
	readonly session: Session | null;

	/** Stands in place of the stop reason until a key is pressed; null for nothing. */
	readonly message?: string | null;

	/** How the session's recording grows while its log is being written; absent or null for one that is whole. */
	readonly growth?: AsyncIterable<Recording> | null;

	/** What plays until the reader takes over, and where it begins; absent where every key is the reader's. */
	readonly show?: {readonly show: Show; readonly first: Scene};

	/** Stands in the first line: the file's name, or its title. */
	readonly title: string;

	/** What the chooser offers, where there is no session. */
	readonly chooserEntries: readonly ChooserEntry[];

	/** First line of the chooser; absent where it offers recordings. */
	readonly heading?: string;

	/** Index of the entry that is selected first. */
	readonly selected?: number;

	/** Answers what the learner asks about an exercise; absent where there is none. */
	readonly teach?: (request: LessonRequest, session: Session) => Promise<LessonReply>;

	/** Opens what was chosen. Problems with the file are values; a rejection ends the program. */
	readonly load: (path: string) => Promise<Loaded>;

	/** As for the theme. */
	readonly color: boolean;

	/** As for the theme. */
	readonly ascii: boolean;

	/** Stops the process until it is continued, for Ctrl+Z; the terminal is restored meanwhile. */
	readonly suspend?: () => Promise<void>;
};

function initialState(options: TuiOptions): ScreenState {
	const {session, growth = null, title, chooserEntries, message = null, show} = options;
	if (show !== undefined) return playing(show.show, show.first);
	const {heading, selected = 0} = options;
	const chooser =
		session === null
			? {
					...(heading === undefined ? {} : {heading}),
					entries: chooserEntries,
					selected,
					opening: null,
					errors: [],
				}
			: null;
	const view = {...initialView, message};
	return {title, session, isLive: growth !== null, chooser, view, exit: null};
}

/** Runs the debugger on the whole terminal until the reader leaves. Gives the exit code. */
export function openTui(options: TuiOptions): Promise<number> {
	const {color, ascii, load, suspend, growth = null} = options;
	const app = (
		<App
			initial={initialState(options)}
			theme={createTheme({color, ascii})}
			load={load}
			suspend={suspend}
			teach={options.teach}
			growth={growth}
		/>
	);
	return runInk(app, options);
}
