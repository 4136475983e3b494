import type {Exercise} from './exercise.ts';
import {diagnoseText, diagnosis, gradeDiagnose} from './grade-diagnose.ts';
import {gradeDriver} from './grade-driver.ts';
import {gradeFind} from './grade-find.ts';
import {askAll, gradePredict, predictText, rightAnswers} from './predict.ts';
import type {Recordings} from './recordings.ts';
import type {Verdict} from './verdict.ts';

/** An exercise with everything that grading it needs. */
export type Material = {
	readonly exercise: Exercise;

	/** Of all its sources. */
	readonly recordings: Recordings;

	/** What its author wrote to begin with and to end with; null where both are made from the recording. */
	readonly written: {readonly starter: string; readonly solution: string} | null;
};

/** Text of the learner's file: as it begins, or as it should become. */
export function modelText(material: Material, which: 'starter' | 'solution'): string {
	const {exercise, recordings, written} = material;
	const isSolution = which === 'solution';
	if (exercise.kind === 'predict') {
		const asked = askAll(exercise, recordings);
		if (!asked.ok) return '';
		const {questions} = asked;
		return predictText(exercise, questions, isSolution ? rightAnswers(questions) : undefined);
	}
	if (exercise.kind === 'diagnose') {
		return diagnoseText(exercise, isSolution ? diagnosis(exercise, recordings) : undefined);
	}
	return written?.[which] ?? '';
}

/** Grades the text of the learner's file. */
export function grade(material: Material, text: string): Verdict {
	const {exercise, recordings} = material;
	switch (exercise.kind) {
		case 'predict':
			return gradePredict(exercise, recordings, text);
		case 'find':
			return gradeFind(exercise, recordings, text);
		case 'fix':
		case 'build':
			return gradeDriver(exercise, modelText(material, 'solution'), text);
		case 'diagnose':
			return gradeDiagnose(exercise, recordings, text);
	}
}
