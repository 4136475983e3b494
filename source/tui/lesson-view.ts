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
};

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
