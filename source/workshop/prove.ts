import type {Material} from './grade.ts';
import {grade, modelText} from './grade.ts';
import {diagnosis} from './grade-diagnose.ts';
import {askAll} from './predict.ts';
import {type GradedCheck, graded, type Verdict, verdictOf} from './verdict.ts';

/** What a verdict complains about, in lines. */
function complaintsOf({checks, errors}: Verdict): readonly string[] {
	return [
		...errors.map(({line, message}) => (line === null ? message : `line ${line}: ${message}`)),
		...checks
			.filter(({ok}) => !ok)
			.flatMap(({text, detail}) => [text, ...detail.map((each) => `  ${each}`)]),
	];
}

function starterFails(material: Material): GradedCheck {
	const verdict = grade(material, modelText(material, 'starter'));
	const text = 'the starter can be graded and fails';
	if (verdict.errors.length > 0) return graded(text, complaintsOf(verdict));
	return graded(text, verdict.passed ? ['it passes'] : []);
}

function solutionPasses(material: Material): GradedCheck {
	const verdict = grade(material, modelText(material, 'solution'));
	return graded('the solution passes', verdict.passed ? [] : complaintsOf(verdict));
}

/** Each question has exactly one right answer in the recording. */
function questionsAreDecided({exercise, recordings}: Material): readonly GradedCheck[] {
	if (exercise.kind !== 'predict') return [];
	const asked = askAll(exercise, recordings);
	if (!asked.ok)
		return [
			graded(
				'the questions can be asked',
				asked.errors.map((e) => e.message),
			),
		];
	return asked.questions.map(({id, right, look}) => {
		const text = `question ${id} has one right answer`;
		if (right.length === 1) return graded(text);
		const found = right.length === 0 ? 'none' : right.join(', ');
		return graded(text, [`${found} holds at event ${look.position}`]);
	});
}

/** Answers that a text names with a colon behind each, such as `b: it is on todo`. */
function answersIn(text: string): readonly string[] {
	return Array.from(text.matchAll(/(?<![\w#])([a-f]|#\d{1,9}):/g), ([, answer = '']) => answer);
}

/** The last hint must give the answer away. Only where answers are words can that be checked. */
function lastHintTells(material: Material): readonly GradedCheck[] {
	const {exercise, recordings} = material;
	const last = exercise.hints[2] ?? '';
	const detail = [`it says: ${last}`];
	if (exercise.kind === 'diagnose') {
		const line = diagnosis(exercise, recordings).get('line');
		const tells = last.includes(exercise.rule) && last.includes(`line: ${line}`);
		return [graded('the last hint names the rule and the line', tells ? [] : detail)];
	}
	if (exercise.kind === 'find') {
		const verdict = grade(material, last.split('; ').join('\n'));
		const text = 'the last hint is commands that pass, with a semicolon between two';
		return [graded(text, verdict.passed ? [] : [...detail, ...complaintsOf(verdict)])];
	}
	if (exercise.kind !== 'predict') return [];
	const asked = askAll(exercise, recordings);
	if (!asked.ok) return [];
	const right = asked.questions.flatMap((question) => question.right).join(' ');
	const text = 'the last hint tells the answers in their order';
	return [graded(text, answersIn(last).join(' ') === right ? [] : [...detail, `right: ${right}`])];
}

/** Proves that an exercise can be failed and passed, and that its questions are decided by the model. */
export function prove(material: Material): Verdict {
	return verdictOf([
		...questionsAreDecided(material),
		starterFails(material),
		solutionPasses(material),
		...lastHintTells(material),
	]);
}
