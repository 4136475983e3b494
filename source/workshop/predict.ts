import type {Session} from '../debugger/session.ts';
import {describe} from '../recording/describe.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {type AnswerField, answerText, readAnswers, unanswered} from './answers.ts';
import type {ExerciseOf} from './exercise.ts';
import type {Question} from './exercise-schema.ts';
import {type Recordings, recordingOf} from './recordings.ts';
import {bareSession, holdsAt, standAfter, valueAt} from './stand.ts';
import {type GradedCheck, graded, ungraded, type Verdict, verdictOf} from './verdict.ts';

/** An answer to choose. */
export type Choice = {
	/** From `a`. */
	readonly letter: string;
	readonly text: string;
};

/** A question at its stop. What is right comes from the recording, not from the author. */
export type AskedQuestion = {
	readonly id: string;
	readonly ask: string;

	/** Where the learner stands, without breakpoints. */
	readonly stop: Session;

	/** Where the answer shows. */
	readonly look: Session;

	/** Null where a node is to be selected. */
	readonly choices: readonly Choice[] | null;

	/** Letters of all choices that hold, or the node's number as `#24`; a good question has exactly one. */
	readonly right: readonly string[];
};

/** All questions, or why they can't be asked: the author's fault. */
export type Asked =
	| {readonly ok: true; readonly questions: readonly AskedQuestion[]}
	| {readonly ok: false; readonly errors: readonly LocatedError[]};

function rightOf({choices, select}: Question, look: Session): readonly string[] {
	if (choices !== undefined) {
		return choices.flatMap(({that}, index) => (holdsAt(look, that) ? [letterOf(index)] : []));
	}
	const value = valueAt(look, select ?? '');
	return value.ok && typeof value.value === 'bigint' ? [`#${value.value}`] : [];
}

function letterOf(index: number): string {
	return String.fromCharCode('a'.charCodeAt(0) + index);
}

function ask(
	exercise: ExerciseOf<'predict'>,
	question: Question,
	recordings: Recordings,
): AskedQuestion | LocatedError {
	const {id, ask: text, choices} = question;
	const recording = recordingOf(recordings, question.recording ?? exercise.recording);
	const name = `question ${id}`;
	const stop = standAfter(bareSession(recording), {name: `${name}, stop`, lines: question.stop});
	const look = stop.ok
		? standAfter(stop.session, {name: `${name}, look`, lines: question.look})
		: stop;
	if (!stop.ok || !look.ok) {
		const {at, errors} = stop.ok ? (look as Exclude<typeof look, {ok: true}>) : stop;
		return {line: null, column: null, message: `${at}: ${errors[0] ?? 'it was refused'}`};
	}
	return {
		id,
		ask: text,
		stop: {...stop.session, breakpoints: [], stop: {kind: 'goto'}},
		look: {...look.session, breakpoints: [], stop: {kind: 'goto'}},
		choices:
			choices?.map((choice, index) => ({letter: letterOf(index), text: choice.text})) ?? null,
		right: rightOf(question, look.session),
	};
}

/** Goes to each stop and finds out what is right there. */
export function askAll(exercise: ExerciseOf<'predict'>, recordings: Recordings): Asked {
	const asked = exercise.questions.map((question) => ask(exercise, question, recordings));
	const errors = asked.filter((each) => 'message' in each);
	if (errors.length > 0) return {ok: false, errors};
	return {ok: true, questions: asked.filter((each) => 'ask' in each)};
}

/** `event 523 of 935`: where a session stands. */
export function placeOf({position, recording}: Session): string {
	return `event ${position} of ${recording.length}`;
}

/** The fields of the file of answers. */
export function predictFields(questions: readonly AskedQuestion[]): readonly AnswerField[] {
	return questions.map(({id, ask: text, stop, choices}) => ({
		id,
		about: [
			`At ${placeOf(stop)} of ${stop.recording.header.title}:`,
			text,
			...(choices?.map((choice) => `  ${choice.letter}) ${choice.text}`) ?? [
				'  Answer with the number of a node: "#24".',
			]),
		],
		known: choices?.map(({letter}) => letter) ?? null,
	}));
}

/** A file with some answers. */
export function predictText(
	exercise: ExerciseOf<'predict'>,
	questions: readonly AskedQuestion[],
	answers?: ReadonlyMap<string, string>,
): string {
	return answerText(exercise.title, predictFields(questions), answers);
}

/** The answers that are right. */
export function rightAnswers(questions: readonly AskedQuestion[]): ReadonlyMap<string, string> {
	return new Map(questions.map(({id, right}) => [id, right[0] ?? unanswered]));
}

function inFull({choices}: AskedQuestion, answer: string): string {
	const choice = choices?.find(({letter}) => letter === answer);
	return choice === undefined ? answer : `${answer}) ${choice.text}`;
}

/** The event that shows an answer, in a line. */
function shownBy({position, recording}: Session): string {
	if (position === 0) return 'the start';
	const event = recording.at(position - 1);
	return `event ${position}: ${describe(event, (id) => `#${recording.nodeNumber(id)}`)}`;
}

/** Whether a node's number was meant: `24` is `#24`. */
function normal(answer: string): string {
	return /^\d+$/.test(answer) ? `#${answer}` : answer;
}

/** A prediction beside what is so. */
export type Comparison = {
	readonly predicted: string;
	readonly real: string;

	/** The event that shows it, in a line. */
	readonly shownBy: string;
};

/** Holds a prediction against the recording; null where it is right. */
export function compareAnswer(question: AskedQuestion, given: string): Comparison | null {
	const answer = normal(given);
	if (question.right.includes(answer)) return null;
	return {
		predicted: inFull(question, answer),
		real: question.right.map((right) => inFull(question, right)).join(', '),
		shownBy: shownBy(question.look),
	};
}

/** Grades one answer. */
export function gradeAnswer(question: AskedQuestion, answer: string): GradedCheck {
	if (answer === unanswered) return graded(question.ask, ['not answered yet']);
	const wrong = compareAnswer(question, answer);
	if (wrong === null) return graded(question.ask);
	return graded(question.ask, [
		`predicted  ${wrong.predicted}`,
		`real       ${wrong.real}`,
		`shown by   ${wrong.shownBy}`,
	]);
}

/** Grades a file of answers. */
export function gradePredict(
	exercise: ExerciseOf<'predict'>,
	recordings: Recordings,
	text: string,
): Verdict {
	const asked = askAll(exercise, recordings);
	if (!asked.ok) return ungraded(asked.errors);
	const read = readAnswers(text, predictFields(asked.questions));
	if (!read.ok) return ungraded(read.errors);
	return verdictOf(
		asked.questions.map((question) =>
			gradeAnswer(question, read.answers.get(question.id) ?? unanswered),
		),
	);
}
