import type {Finding} from '../findings/finding.ts';
import {findingsOf} from '../findings/findings.ts';
import {rules} from '../findings/rules.ts';
import type {Recording} from '../recording/recording.ts';
import {type AnswerField, answerText, readAnswers, unanswered} from './answers.ts';
import type {ExerciseOf} from './exercise.ts';
import {type Recordings, recordingOf} from './recordings.ts';
import {graded, ungraded, type Verdict, verdictOf} from './verdict.ts';

const ruleNames = rules.map(({name}) => name);

/** The fields of the file of answers. */
export const diagnoseFields: readonly AnswerField[] = [
	{
		id: 'rule',
		about: ['The rule that is broken, one of:', ...ruleNames.map((name) => `  ${name}`)],
		known: ruleNames,
	},
	{
		id: 'line',
		about: ['The number of the line of the log that shows it first.'],
		known: null,
	},
];

function placesOf(
	recording: Recording,
	rule: string,
): readonly (Finding & {line: number | null})[] {
	return findingsOf(recording)
		.filter((finding) => finding.rule === rule)
		.map((finding) => ({...finding, line: recording.at(finding.event).origin ?? null}));
}

/** A file with some answers. */
export function diagnoseText(
	exercise: ExerciseOf<'diagnose'>,
	answers?: ReadonlyMap<string, string>,
): string {
	return answerText(exercise.title, diagnoseFields, answers);
}

/** The answers that are right: the findings tell the line. */
export function diagnosis(
	exercise: ExerciseOf<'diagnose'>,
	recordings: Recordings,
): ReadonlyMap<string, string> {
	const [found] = placesOf(recordingOf(recordings, exercise.recording), exercise.rule);
	return new Map([
		['rule', exercise.rule],
		['line', String(found?.line ?? unanswered)],
	]);
}

/** Grades a diagnosis: the rule that the exercise is about, and a line where the findings see it broken. */
export function gradeDiagnose(
	exercise: ExerciseOf<'diagnose'>,
	recordings: Recordings,
	text: string,
): Verdict {
	const read = readAnswers(text, diagnoseFields);
	if (!read.ok) return ungraded(read.errors);
	const recording = recordingOf(recordings, exercise.recording);
	const rule = read.answers.get('rule') ?? unanswered;
	const line = read.answers.get('line') ?? unanswered;
	const places = placesOf(recording, exercise.rule);
	const ruleText = 'the rule that is broken is named';
	const lineText = 'the line that shows it is named';
	const open = ['not answered yet'];
	const wrongRule = placesOf(recording, rule).length > 0 ? 'follows from something else' : 'holds';
	const isLine = places.some((place) => String(place.line) === line);
	const raw = recording.header.text.at(Number(line) - 1);
	const ruleDetail = rule === unanswered ? open : [`${rule} ${wrongRule} here`];
	const lineDetail =
		line === unanswered ? open : [`line ${line} does not show it: ${raw ?? 'there is none'}`];
	return verdictOf([
		graded(ruleText, rule === exercise.rule ? [] : ruleDetail),
		graded(lineText, isLine ? [] : lineDetail),
	]);
}
