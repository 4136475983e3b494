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

/** Lines of the log where a rule is seen broken. */
type Places = {
	/** They show it, first the line that the first finding is about; a fault may be seen again. */
	readonly showing: readonly number[];

	/** They belong to the proof of a finding. */
	readonly proving: readonly number[];
};

/** The events that show a finding: its own, and those that its proof says the same of. */
function showingOf({event, evidence}: Finding): readonly number[] {
	const what = evidence.find(({seq}) => seq === event)?.text;
	const again = evidence.filter(({seq, text}) => text === what && seq !== event);
	return [event, ...again.map(({seq}) => seq)];
}

function placesOf(recording: Recording, rule: string): Places {
	const found = findingsOf(recording).filter((finding) => finding.rule === rule);
	const linesOf = (seqs: readonly number[]) =>
		seqs.flatMap((seq) => recording.at(seq).origin ?? []);
	return {
		showing: linesOf(found.flatMap(showingOf)),
		proving: linesOf(found.flatMap(({evidence}) => evidence.map(({seq}) => seq))),
	};
}

function isBroken(recording: Recording, rule: string): boolean {
	return findingsOf(recording).some((finding) => finding.rule === rule);
}

/** Why a line is not the answer. */
function lineComplaint(recording: Recording, {proving}: Places, line: string): string {
	const raw = recording.header.text.at(Number(line) - 1) ?? 'there is none';
	const belongs = proving.some((each) => String(each) === line);
	return belongs
		? `line ${line} belongs to it, but another line shows it: ${raw}`
		: `line ${line} does not show it: ${raw}`;
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
	const {showing} = placesOf(recordingOf(recordings, exercise.recording), exercise.rule);
	return new Map([
		['rule', exercise.rule],
		['line', String(showing[0] ?? unanswered)],
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
	const line = (read.answers.get('line') ?? unanswered).replace(/^#/, '');
	const places = placesOf(recording, exercise.rule);
	const ruleText = 'the rule that is broken is named';
	const lineText = 'the line that shows it is named';
	const open = ['not answered yet'];
	const wrongRule = isBroken(recording, rule) ? 'follows from something else' : 'holds';
	const isLine = places.showing.some((each) => String(each) === line);
	const ruleDetail = rule === unanswered ? open : [`${rule} ${wrongRule} here`];
	const lineDetail = line === unanswered ? open : [lineComplaint(recording, places, line)];
	return verdictOf([
		graded(ruleText, rule === exercise.rule ? [] : ruleDetail),
		graded(lineText, isLine ? [] : lineDetail),
	]);
}
