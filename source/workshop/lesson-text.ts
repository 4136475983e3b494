import {findingsOf} from '../findings/findings.ts';
import {rules} from '../findings/rules.ts';
import {paragraphs, wrapText} from '../recording/wrap-text.ts';
import type {ExerciseOf} from './exercise.ts';
import type {Material} from './grade.ts';
import {type AskedQuestion, type Comparison, placeOf} from './predict.ts';
import {recordingOf} from './recordings.ts';
import type {Verdict} from './verdict.ts';

/** Letters for answers. */
const letters = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A question as a learner reads it on the screen. */
export function questionLines(
	question: AskedQuestion,
	number: number,
	count: number,
): readonly string[] {
	const {ask, choices, stop} = question;
	return [
		`Question ${number} of ${count}, at ${placeOf(stop)}:`,
		'',
		ask,
		'',
		...(choices?.map(({letter, text}) => `  ${letter}  ${text}`) ?? [
			'  Leave this with Esc, Tab to the list, select the node with the arrow keys, and press a there; then e comes back.',
		]),
	];
}

/** Rules to choose from: those that the log breaks among others, in the order of their table. */
export function ruleChoices({
	exercise,
	recordings,
}: Material & {readonly exercise: ExerciseOf<'diagnose'>}): readonly {
	readonly letter: string;
	readonly rule: string;
}[] {
	const found = new Set(findingsOf(recordingOf(recordings, exercise.recording)).map((f) => f.rule));
	const names = rules.map(({name}) => name);
	const broken = names.filter((name) => found.has(name) || name === exercise.rule);
	const others = names.filter((name) => !broken.includes(name));
	const chosen = new Set([...broken, ...others].slice(0, letters.length));
	return names
		.filter((name) => chosen.has(name))
		.map((rule, index) => ({letter: letters[index] ?? '', rule}));
}

const howTo: {readonly [K in Material['exercise']['kind']]: string} = {
	predict: '',
	find: 'Look around, set breakpoints with b or :break, stop at the culprit, come back with e, and verify with v. It writes your breakpoints and place to the file; once you edit the file yourself, v grades that until r resets it.',
	fix: 'Change the driver in an editor, then verify with v. Esc shows the first run that fails.',
	build: 'Write the driver in an editor, then verify with v. Esc shows the first run that fails.',
	diagnose:
		'While this is open, each letter answers with the rule beside it, also a. For the line, leave this with Esc, go to the line that shows it, and press a there; then e comes back.',
};

/** What the task says, and what to do about it here. */
export function introduction({exercise}: Material, file: string): readonly string[] {
	const {about, kind} = exercise;
	const isWritten = kind === 'fix' || kind === 'build';
	const checks = isWritten ? [...exercise.checks, ...(exercise.every_failure ?? [])] : [];
	return [
		...paragraphs(about).split('\n'),
		...(checks.length === 0 ? [] : ['', ...checks.map(({text}) => `  - ${text}`)]),
		...(howTo[kind] === '' ? [] : ['', howTo[kind]]),
		...(isWritten || kind === 'find' ? ['', `The file is ${file}`] : []),
	];
}

/** Columns of each side: both fit the narrowest screen. */
const side = 25;

/** A wrong prediction and what is so, side by side, and what shows it. */
export function comparisonLines({predicted, real, shownBy}: Comparison): readonly string[] {
	const [left, right] = [
		['predicted', ...wrapText(predicted, side)],
		['real', ...wrapText(real, side)],
	];
	const rows = Array.from({length: Math.max(left.length, right.length)}, (_, row) =>
		`  ${(left[row] ?? '').padEnd(side)}  ${right[row] ?? ''}`.trimEnd(),
	);
	return [...rows, '', `Shown by ${shownBy}`];
}

/** A verdict in lines. */
export function verdictLines({checks, errors}: Verdict): readonly string[] {
	return [
		...errors.flatMap(({line, message, text = '', hint}) => [
			line === null ? message : `line ${line}: ${message}`,
			...(text.trim() === '' ? [] : [`  ${text}`]),
			...(hint === undefined ? [] : [`  ${hint}`]),
		]),
		...checks.flatMap(({ok, text, detail}) => [
			`${ok ? 'ok    ' : 'not ok'}  ${text}`,
			...detail.map((each) => `        ${each}`),
		]),
	];
}
