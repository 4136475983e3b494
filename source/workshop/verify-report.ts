import {ktapText} from '../recording/ktap-text.ts';
import type {LocatedError} from '../recording/located-error.ts';
import type {Exercise} from './exercise.ts';
import type {GradedCheck, Verdict} from './verdict.ts';

/** An exercise that was graded, or the author's proof of it. */
export type GradedExercise = {
	readonly exercise: Pick<Exercise, 'name' | 'title' | 'chapter' | 'kind'>;

	/** The file that was graded, as the learner can open it. */
	readonly file: string;
	readonly verdict: Verdict;
};

/** The offending line with its number; nothing where it is not known. */
function rawLine({line, text = ''}: LocatedError): readonly string[] {
	return line === null || text.trim() === '' ? [] : [`${line} | ${text}`];
}

/** `answer.yaml:3:7: what is wrong`. */
function errorLine(file: string, {line, column, message, hint}: LocatedError): string {
	const place = [file, line, column].filter((part) => part !== null).join(':');
	return `${place}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}

function checkLines({ok, text, detail}: GradedCheck): readonly string[] {
	return [`  ${ok ? 'ok    ' : 'not ok'}  ${text}`, ...detail.map((each) => `            ${each}`)];
}

/** One exercise in full. */
export function verdictText(graded: GradedExercise): string {
	const {exercise, file, verdict} = graded;
	const lines = [
		`${exercise.name}: ${verdict.passed ? 'passed' : 'not passed'}`,
		...verdict.errors.flatMap((error) => [
			`  ${errorLine(file, error)}`,
			...rawLine(error).map((each) => `    ${each}`),
		]),
		...verdict.checks.flatMap(checkLines),
	];
	return `${lines.join('\n')}\n`;
}

/** All of them: what fails in full, and how many pass. */
export function verdictsText(all: readonly GradedExercise[]): string {
	const passed = all.filter(({verdict}) => verdict.passed);
	const each = all.map((one) =>
		one.verdict.passed ? `${one.exercise.name}: passed\n` : verdictText(one),
	);
	return `${each.join('')}\n${passed.length} of ${all.length} passed\n`;
}

function subtest({checks}: Verdict): readonly string[] {
	if (checks.length === 0) return [];
	return [
		'KTAP version 1',
		`1..${checks.length}`,
		...checks.flatMap(({ok, text, detail}, index) => [
			...detail.map((each) => `# ${each}`),
			`${ok ? 'ok' : 'not ok'} ${index + 1} ${ktapText(text)}`,
		]),
	].map((line) => `  ${line}`);
}

/** KTAP version 1, as Documentation/dev-tools/ktap.rst has it: one subtest an exercise, one test a check. */
export function verdictsKtap(all: readonly GradedExercise[]): string {
	const lines = ['KTAP version 1', `1..${all.length}`];
	all.forEach((graded, index) => {
		const {exercise, file, verdict} = graded;
		lines.push(
			...subtest(verdict),
			...verdict.errors.map((error) => `# ${errorLine(file, error)}`),
		);
		const directive = verdict.errors.length > 0 ? ' # ERROR the file can not be graded' : '';
		lines.push(`${verdict.passed ? 'ok' : 'not ok'} ${index + 1} ${exercise.name}${directive}`);
	});
	return `${lines.join('\n')}\n`;
}

/** What `workshop verify --format json` prints: a contract. Changes of shape change `version`. */
export function verdictsJson(all: readonly GradedExercise[]): string {
	const report = {
		format: 'devresdbg-workshop-verify',
		version: 1,
		passed: all.filter(({verdict}) => verdict.passed).length,
		exercises: all.map(({exercise, file, verdict}) => ({
			name: exercise.name,
			chapter: exercise.chapter,
			kind: exercise.kind,
			file,
			...verdict,
		})),
	};
	return `${JSON.stringify(report, null, 2)}\n`;
}

/** What a save changed, a line each; empty where the verdict is the same. */
export function changesBetween(before: Verdict, after: Verdict): readonly string[] {
	const told = (verdict: Verdict) => new Map(verdict.checks.map((each) => [each.text, each]));
	const old = told(before);
	const lines = after.checks.flatMap((check) => {
		const was = old.get(check.text);
		if (was?.ok === check.ok) return [];
		if (check.ok) return [`now ok      ${check.text}`];
		return [`${was === undefined ? 'not ok     ' : 'no more ok '} ${check.text}`];
	});
	if (after.errors.length > 0) return [`${after.errors[0]?.message}`];
	if (before.errors.length > 0) return ['it can be graded again', ...lines];
	return lines;
}
