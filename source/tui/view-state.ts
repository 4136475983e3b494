import type {Session} from '../debugger/session.ts';
import type {WhyQuestion} from '../debugger/why-question.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {PaneId} from './layout.ts';
import type {Lesson, LessonRequest} from './lesson-view.ts';
import type {Screen} from './screen.ts';
import type {Searching} from './search-view.ts';

/** A text being typed in the last line. */
export type Prompt = {
	readonly kind: 'goto' | 'find' | 'command';
	readonly text: string;

	/** Which earlier line is shown, 1 for the last, and what was typed before; absent while nothing was recalled. */
	readonly recalled?: {readonly back: number; readonly typed: string};
};

/** Something that lies over the panes. */
export type Overlay =
	| {readonly kind: 'help'; readonly selected: number}
	| {readonly kind: 'devices'; readonly selected: number}
	| {
			readonly kind: 'lesson';

			/** First row in sight. */
			readonly selected: number;
	  }
	| {
			readonly kind: 'story';
			readonly id: NodeId;
			readonly selected: number;
	  }
	| {readonly kind: 'why'; readonly question: WhyQuestion; readonly selected: number}
	| {
			readonly kind: 'finding';

			/** Place in the list of findings. */
			readonly index: number;

			/** Null for the first event of its proof. */
			readonly selected: number | null;
	  }
	| {
			/** Output of a command that is too long for one line. */
			readonly kind: 'output';
			readonly title: string;
			readonly lines: readonly string[];
			readonly selected: number;
	  };

/** What the reader looks at, as far as it isn't in the session. Immutable. */
export type ViewState = {
	/** The pane that keys go to while it is in sight; else they go to the execution. */
	readonly focus: PaneId;

	/** Panes that were asked for, the latest first: they are in front of the others in their slot. */
	readonly recent: readonly PaneId[];

	/** Whether that pane has the whole screen. */
	readonly zoomed: boolean;

	/** Device that was chosen; null follows the events. */
	readonly device: string | null;

	/** Selected row by pane; a pane without one follows the position. */
	readonly selection: {readonly [pane in PaneId]?: number};

	/** Node whose story is told beside the lists; null for the one that an event named last. */
	readonly node: NodeId | null;

	/** Null while the panes are in sight. */
	readonly overlay: Overlay | null;

	/** Null while keys are commands. */
	readonly prompt: Prompt | null;

	/** Lines that were typed as commands, the latest last. */
	readonly history: readonly string[];

	/** Text that was looked for last. */
	readonly found: string;

	/** Answer to the last key, in place of the stop reason; null for none. */
	readonly message: string | null;
};

/** Nothing chosen: everything follows the position. */
export const initialView: ViewState = {
	focus: 'execution',
	recent: [],
	zoomed: false,
	device: null,
	selection: {},
	node: null,
	overlay: null,
	prompt: null,
	history: [],
	found: '',
	message: null,
};

/** What came of what the learner asked. */
export type LessonReply =
	| {
			readonly kind: 'lesson';
			readonly lesson: Lesson;

			/** Where the debugger stands now; null to leave it. */
			readonly session: Session | null;
			readonly title: string;
	  }
	| {
			readonly kind: 'list';

			/** First line of the screen. */
			readonly heading: string;
			readonly entries: readonly ChooserEntry[];
			readonly selected: number;
	  };

/** A way to a recording that the chooser offers. */
export type ChooserEntry = {
	/** One line. */
	readonly title: string;

	/** What `load` is given. */
	readonly path: string;

	/** Stands before the title, as wide for each; absent for none. */
	readonly mark?: string;

	/** What a reader should know before opening it; may be long. */
	readonly about: string;
};

/** The list of recordings to open. */
export type Chooser = {
	/** First line of the screen; absent for recordings. */
	readonly heading?: string;

	/** In the order of the list. */
	readonly entries: readonly ChooserEntry[];

	/** Index of an entry; 0 while there are none. */
	readonly selected: number;

	/** Path that is being opened; null while the reader chooses. */
	readonly opening: string | null;

	/** Why the last choice could not be opened. */
	readonly errors: readonly string[];
};

/** What is said about the screen while a demo is shown. It has rows of its own below everything else. */
export type Caption = {
	/** Of the demo. */
	readonly title: string;

	/** What to see, in a sentence or two; empty before the first. */
	readonly text: string;

	/** Which of how many captions it is; 0 before the first. */
	readonly number: number;
	readonly count: number;

	/** The command or key that came last since the caption; null for none. */
	readonly doing: string | null;
};

/** One screen of a show. */
export type Scene = {
	/** As the reader would see it, who takes over here. */
	readonly state: ScreenState;

	/** Milliseconds for which it stands; 0 for a scene that is not to be seen. */
	readonly duration: number;

	/** Something has been done here: the arrows go from one of these to the next. */
	readonly isStop: boolean;

	/** Nothing follows. */
	readonly isLast: boolean;

	/** Where it is in its show: the step, from 0, and the part of that step, as a letter that is typed. */
	readonly step: number;
	readonly part: number;
};

/** Scenes that follow each other. */
export type Show = {
	/** The scene behind one that is not the last. */
	next(scene: Scene, screen: Screen): Scene;
};

/** A show that goes on by itself until the reader takes over. */
export type Playing = {
	readonly show: Show;

	/** Scenes before the one that is seen. */
	readonly past: readonly Scene[];

	/** The one that is seen. */
	readonly scene: Scene;
	readonly isPaused: boolean;
};

/** Everything the screen shows. One of session and chooser is there. */
export type ScreenState = {
	/** The file's name, or its title. */
	readonly title: string;

	/** Null while the reader chooses. */
	readonly session: Session | null;

	/** The log is still being written: its end moves. Absent where that can't be. */
	readonly isLive?: boolean;

	/** The exercise that is being done; null or absent for none. */
	readonly lesson?: Lesson | null;

	/** What was asked about it and is not answered yet. */
	readonly asking?: LessonRequest | null;

	/** Null where something was opened. */
	readonly chooser: Chooser | null;
	readonly view: ViewState;

	/** Null or absent where nothing is said about it. */
	readonly caption?: Caption | null;

	/** Null or absent where every key is the reader's. */
	readonly playing?: Playing | null;

	/** Null or absent where nothing is searched for. */
	readonly searching?: Searching<ScreenState> | null;

	/** A search that was told of has ended, and no key was pressed since. */
	readonly searchEnded?: boolean;

	/** Exit code once the reader has left; null before. */
	readonly exit: number | null;
};
