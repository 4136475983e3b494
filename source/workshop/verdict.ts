import type {LocatedError} from '../recording/located-error.ts';

/** One thing that was graded. */
export type GradedCheck = {
	/** What must be so, in one line. */
	readonly text: string;
	readonly ok: boolean;

	/** Why not, a line each; empty where it holds. */
	readonly detail: readonly string[];
};

/** What came of grading a learner's file. */
export type Verdict = {
	/** Every check holds, and nothing is wrong with the file. */
	readonly passed: boolean;

	/** In the order of the exercise; empty where the file can't be graded. */
	readonly checks: readonly GradedCheck[];

	/** What is wrong with the file. */
	readonly errors: readonly LocatedError[];
};

/** The verdict on a file that could be graded. */
export function verdictOf(checks: readonly GradedCheck[]): Verdict {
	return {passed: checks.every(({ok}) => ok), checks, errors: []};
}

/** The verdict on a file that can't be graded. */
export function ungraded(errors: readonly LocatedError[]): Verdict {
	return {passed: false, checks: [], errors};
}

/** A check that holds, or fails for the reasons given. */
export function graded(text: string, detail: readonly string[] = []): GradedCheck {
	return {text, ok: detail.length === 0, detail};
}
