import {breakpointLines} from '../debugger/breakpoint-view.ts';
import {createSession, type Session} from '../debugger/session.ts';
import {loadScenario} from '../scenario/load-scenario.ts';
import {runScenario} from '../scenario/run-scenario.ts';
import type {Hidden, Lesson, LessonRequest} from '../tui/lesson-view.ts';
import type {LessonReply} from '../tui/view-state.ts';
import {readAnswers, unanswered} from '../workshop/answers.ts';
import type {Exercise, ExerciseOf} from '../workshop/exercise.ts';
import {type Material, modelText} from '../workshop/grade.ts';
import {diagnoseFields, diagnoseText} from '../workshop/grade-diagnose.ts';
import {failingRun} from '../workshop/grade-driver.ts';
import {
	comparisonLines,
	introduction,
	questionLines,
	ruleChoices,
	verdictLines,
} from '../workshop/lesson-text.ts';
import {
	type AskedQuestion,
	askAll,
	compareAnswer,
	gradeAnswer,
	predictFields,
	predictText,
} from '../workshop/predict.ts';
import {progressOf} from '../workshop/progress.ts';
import {recordingOf} from '../workshop/recordings.ts';
import {bareSession} from '../workshop/stand.ts';
import type {Verdict} from '../workshop/verdict.ts';
import type {Failure} from './failure.ts';
import {gradeWork, readWork, saveWork, shownPath, workPath} from './workshop-folder.ts';
import {saveCommands} from './workshop-found.ts';
import type {WorkshopPlace} from './workshop-place.ts';

/** An exercise on the screen. */
export type OpenLesson = {
	readonly material: Material;

	/** Of a predict exercise; else empty. */
	readonly questions: readonly AskedQuestion[];
};

type Answers = ReadonlyMap<string, string>;

/** Opens an exercise: its questions are asked once. */
export function openLesson(material: Material): OpenLesson {
	const {exercise, recordings} = material;
	const asked = exercise.kind === 'predict' ? askAll(exercise, recordings) : null;
	return {material, questions: asked?.ok === true ? asked.questions : []};
}

function answersOf(place: WorkshopPlace, {material, questions}: OpenLesson): Answers {
	const work = readWork(place.folder.path, material.exercise);
	const fields = material.exercise.kind === 'predict' ? predictFields(questions) : diagnoseFields;
	const read = work.ok ? readAnswers(work.text, fields) : null;
	return read?.ok === true ? read.answers : new Map();
}

/** The first question that has no right answer yet. */
function openQuestion(place: WorkshopPlace, lesson: OpenLesson): AskedQuestion | null {
	const answers = answersOf(place, lesson);
	const isOpen = (question: AskedQuestion) =>
		!gradeAnswer(question, answers.get(question.id) ?? unanswered).ok;
	return lesson.questions.find(isOpen) ?? null;
}

/** The run of the learner's driver that fails, else that of its own script; of the starter's where it can't be run. */
function driverSession(
	place: WorkshopPlace,
	material: Material,
	exercise: ExerciseOf<'fix'> | ExerciseOf<'build'>,
): Session | null {
	const work = readWork(place.folder.path, exercise);
	const own = work.ok ? work.text : '';
	const failing = failingRun(exercise, modelText(material, 'solution'), own);
	if (failing !== null) return createSession(failing);
	for (const text of [own, modelText(material, 'starter')]) {
		const loaded = loadScenario(text);
		const run = loaded.ok ? runScenario(loaded.scenario) : null;
		if (run?.ok === true) return createSession(run.recording);
	}
	return null;
}

/** Where an exercise begins on the screen. */
export function sessionFor(place: WorkshopPlace, lesson: OpenLesson): Session | null {
	const {material, questions} = lesson;
	const {exercise, recordings} = material;
	switch (exercise.kind) {
		case 'predict':
			return (openQuestion(place, lesson) ?? questions.at(-1))?.stop ?? null;
		case 'find':
		case 'diagnose':
			return bareSession(recordingOf(recordings, exercise.recording));
		case 'fix':
		case 'build':
			return driverSession(place, material, exercise);
	}
}

function answerKeys(place: WorkshopPlace, lesson: OpenLesson): readonly string[] {
	const {exercise} = lesson.material;
	if (exercise.kind === 'predict') {
		return openQuestion(place, lesson)?.choices?.map(({letter}) => letter) ?? [];
	}
	if (exercise.kind !== 'diagnose') return [];
	return ruleChoices({...lesson.material, exercise}).map(({letter}) => letter);
}

/** The task; without its introduction where something else is to be read above a question. */
function taskOf(place: WorkshopPlace, lesson: OpenLesson, isBrief: boolean): readonly string[] {
	const {material, questions} = lesson;
	const {exercise} = material;
	const lines = introduction(material, shownPath(workPath(place.folder.path, exercise)));
	if (exercise.kind === 'diagnose') {
		const choices = ruleChoices({...material, exercise});
		return [...lines, '', ...choices.map(({letter, rule}) => `  ${letter}  ${rule}`)];
	}
	const question = openQuestion(place, lesson);
	if (question === null) return lines;
	const number = questions.indexOf(question) + 1;
	const asked = questionLines(question, number, questions.length);
	return isBrief ? asked : [...lines, '', ...asked];
}

function statusOf(place: WorkshopPlace, exercise: Exercise): string {
	const {passed, hints} = progressOf(place.folder.progress, exercise.name);
	const taken = hints === 0 ? '' : `, ${hints} of 3 hints taken`;
	return `${exercise.title} (${exercise.kind}): ${passed ? 'passed' : 'not passed yet'}${taken}`;
}

/** A question is asked about what comes; what to diagnose is what the rules see. */
function hiddenIn(place: WorkshopPlace, lesson: OpenLesson): Hidden {
	const {kind, name} = lesson.material.exercise;
	const isAsked = openQuestion(place, lesson) !== null;
	const isSought = kind === 'diagnose' && !progressOf(place.folder.progress, name).passed;
	return {findings: isAsked || isSought, future: isAsked};
}

/** The exercise for the screen, with what is to be said first. */
export function viewOf(place: WorkshopPlace, lesson: OpenLesson, said: readonly string[]): Lesson {
	const {exercise} = lesson.material;
	return {
		name: exercise.name,
		status: statusOf(place, exercise),
		passed: progressOf(place.folder.progress, exercise.name).passed,
		lines:
			said.length === 0
				? taskOf(place, lesson, false)
				: [...said, '', ...taskOf(place, lesson, true)],
		answers: answerKeys(place, lesson),
		hides: hiddenIn(place, lesson),
	};
}

/** What came of an answer: lines to say, and where to look. */
export type Answered = {readonly said: readonly string[]; readonly session: Session | null};

function answerPredict(place: WorkshopPlace, lesson: OpenLesson, answer: string): Answered {
	const {material, questions} = lesson;
	const question = openQuestion(place, lesson);
	if (question === null || material.exercise.kind !== 'predict') return {said: [], session: null};
	const answers = new Map(answersOf(place, lesson)).set(question.id, answer);
	const text = predictText(material.exercise, questions, answers);
	const saved = saveWork(place.folder.path, material.exercise, text);
	if (!saved.ok) return {said: [saved.message.trim()], session: null};
	const wrong = compareAnswer(question, answer);
	if (wrong === null) {
		return {said: ['Right.'], session: openQuestion(place, lesson)?.stop ?? question.look};
	}
	const how = 'Esc shows the place; step back with S and N, and e comes back here.';
	return {said: ['Not so.', ...comparisonLines(wrong), how], session: question.look};
}

function answerDiagnose(
	place: WorkshopPlace,
	lesson: OpenLesson,
	id: string,
	answer: string,
): Answered {
	const {exercise} = lesson.material;
	if (exercise.kind !== 'diagnose') return {said: [], session: null};
	const answers = new Map(answersOf(place, lesson)).set(id, answer);
	const saved = saveWork(place.folder.path, exercise, diagnoseText(exercise, answers));
	if (!saved.ok) return {said: [saved.message.trim()], session: null};
	return {said: verdictLines(gradeWork(place.folder.path, lesson.material)), session: null};
}

/** Writes an answer to the learner's file and grades it. */
export function answerLesson(
	place: WorkshopPlace,
	lesson: OpenLesson,
	request: Extract<LessonRequest, {kind: 'answer' | 'point'}>,
): Answered {
	const {exercise} = lesson.material;
	if (exercise.kind === 'diagnose') {
		if (request.kind === 'point') {
			return answerDiagnose(place, lesson, 'line', String(request.line ?? unanswered));
		}
		const choices = ruleChoices({...lesson.material, exercise});
		const rule = choices.find(({letter}) => letter === request.answer)?.rule ?? unanswered;
		return answerDiagnose(place, lesson, 'rule', rule);
	}
	if (exercise.kind !== 'predict') {
		return {said: ['This exercise is answered by its file: v verifies it.'], session: null};
	}
	if (request.kind === 'answer') return answerPredict(place, lesson, request.answer);
	if (request.node === null) return {said: ['Select a node first, on a list.'], session: null};
	return answerPredict(place, lesson, `#${request.node}`);
}

/** Takes the breakpoints and the place of the debugger as the answer of a find exercise, unless the learner wrote one. */
export function saveFound(
	place: WorkshopPlace,
	exercise: Exercise,
	session: Session,
): {readonly ok: true} | Failure {
	if (exercise.kind !== 'find' || session.position === 0) return {ok: true};
	const lines = [...session.breakpoints.flatMap(breakpointLines), `goto ${session.position}`];
	return saveCommands(place, exercise, lines);
}

/** The reply that shows an exercise. */
export function replyWith(
	place: WorkshopPlace,
	lesson: OpenLesson,
	{said, session}: Answered,
): LessonReply {
	const {name} = lesson.material.exercise;
	return {kind: 'lesson', lesson: viewOf(place, lesson, said), session, title: titleOf(name)};
}

/** Stands in the header, with the key that leads back to the exercise. */
export function titleOf(name: string): string {
	return `${name} (e)`;
}

/** A verdict as lines to say. */
export function verdictSaid(verdict: Verdict): readonly string[] {
	const end = verdict.passed
		? ['', 'Passed: n goes to the next exercise, o shows a solution.']
		: [];
	return [...verdictLines(verdict), ...end];
}
