import type {Session} from '../debugger/session.ts';

/** What an exercise asks for, and so must not be seen on the screen. */
export type Hidden = {
	/** What the rules see: in the header, on the timeline, in the panes and by keys. */
	readonly findings: boolean;

	/** What comes behind the position. */
	readonly future: boolean;
};

/** Everything may be seen. */
export const nothingHidden: Hidden = {findings: false, future: false};

/** Said in place of findings that are hidden. */
export const findingsHidden = 'findings are hidden in this exercise';

/** An exercise of the workshop, as far as the screen shows it. What it means is known outside. */
export type Lesson = {
	/** What the learner calls it. */
	readonly name: string;

	/** One line: how far the learner is. */
	readonly status: string;
	readonly passed: boolean;

	/** The task, the question and what came of the last answer. */
	readonly lines: readonly string[];

	/** Keys that answer the question; empty where none do. */
	readonly answers: readonly string[];

	/** What would give the answer away. */
	readonly hides: Hidden;
};

/** What an exercise hides; without one nothing. */
export function hiddenBy(lesson: Lesson | null | undefined): Hidden {
	return lesson?.hides ?? nothingHidden;
}

/** Events from this one on are not told: an exercise asks what they will be. Without one all are. */
export function toldEnd({recording, position}: Session, hides: Hidden): number {
	return hides.future ? position : recording.length;
}

/** What the learner asks for about the exercise. */
export type LessonRequest =
	| {readonly kind: 'verify' | 'hint' | 'reset' | 'next' | 'solution' | 'list'}
	| {readonly kind: 'answer'; readonly answer: string}
	| {
			/** Something was selected as the answer. */
			readonly kind: 'point';

			/** Number of a node; null for none. */
			readonly node: number | null;

			/** 1-based line of the log or script; null where none is known. */
			readonly line: number | null;
	  };
