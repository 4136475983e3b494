import type {Session} from '../debugger/session.ts';
import type {Lesson} from './lesson-view.ts';
import type {Theme} from './theme.ts';

/** What came of opening a recording. */
export type Loaded =
	| {
			readonly ok: true;
			readonly session: Session;
			readonly title: string;

			/** The exercise that goes with it, where one does. */
			readonly lesson?: Lesson;
	  }
	| {readonly ok: false; readonly errors: readonly string[]};

/** What is given from outside and never changes by a key, but for the size. */
export type Screen = {
	/** Of the whole terminal. */
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
};
