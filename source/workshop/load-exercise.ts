import {compile, compileCondition} from '../debugger/expression.ts';
import {cleanText} from '../recording/clean-text.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {check, type Issue, locate} from '../scenario/issues.ts';
import {type Path, readYaml, type YamlText} from '../scenario/read-yaml.ts';
import {type Exercise, nameOfFolder} from './exercise.ts';
import {exerciseSchemas, kindSchema} from './exercise-schema.ts';

/** An exercise, or what is wrong with its file, in its order. */
export type LoadedExercise =
	| {readonly ok: true; readonly exercise: Exercise}
	| {readonly ok: false; readonly errors: readonly LocatedError[]};

/** Adds the offending lines to errors. */
export function withLines(text: string, errors: readonly LocatedError[]): LocatedError[] {
	const lines = text.split('\n').map(cleanText);
	return errors.map((error) => ({...error, text: lines[(error.line ?? 0) - 1] ?? ''}));
}

type Placed = readonly [path: Path, text: string | undefined];

function expressionIssues(placed: readonly Placed[], compiler: typeof compile): Issue[] {
	return placed.flatMap(([path, text]) => {
		const compiled = text === undefined ? null : compiler(text);
		if (compiled === null || compiled.ok) return [];
		const {column, message} = compiled.error;
		return [{path, at: 'value' as const, message, hint: `at letter ${column} of the expression`}];
	});
}

/** Conditions of an exercise, and where they stand. */
function conditionsOf(exercise: Exercise): readonly Placed[] {
	switch (exercise.kind) {
		case 'predict':
			return exercise.questions.flatMap(({choices = []}, question) =>
				choices.map(
					({that}, index): Placed => [['questions', question, 'choices', index, 'that'], that],
				),
			);
		case 'find':
			return [[['stands'], exercise.stands]];
		case 'fix':
		case 'build':
			return (['checks', 'every_failure'] as const).flatMap((list) =>
				(exercise[list] ?? []).map(({that}, index): Placed => [[list, index, 'that'], that]),
			);
		case 'diagnose':
			return [];
	}
}

/** What a schema can't say. */
function crossIssues(exercise: Exercise): Issue[] {
	const issues = expressionIssues(conditionsOf(exercise), compileCondition);
	if (exercise.kind === 'predict') {
		const selects = exercise.questions.map(
			({select}, index): Placed => [['questions', index, 'select'], select],
		);
		issues.push(...expressionIssues(selects, compile));
		exercise.questions.forEach(({id, choices, select}, index) => {
			const path = ['questions', index];
			if ((choices === undefined) === (select === undefined)) {
				const message = 'a question has either choices or select';
				issues.push({path, at: 'value', message});
			}
			if (exercise.questions.findIndex((other) => other.id === id) < index) {
				issues.push({path: [...path, 'id'], at: 'value', message: `another question is "${id}"`});
			}
		});
	}
	if (exercise.kind === 'fix' || exercise.kind === 'build') {
		for (const list of ['checks', 'every_failure'] as const) {
			(exercise[list] ?? []).forEach(({that, log, without}, index) => {
				const given = [that, log, without].filter((each) => each !== undefined).length;
				if (given === 1) return;
				const message = 'a check has one of that, log and without';
				issues.push({path: [list, index], at: 'value', message});
			});
		}
	}
	return issues;
}

function build(yaml: YamlText, folder: string): LoadedExercise {
	const kind = check(kindSchema, yaml.value);
	if (!kind.ok) return {ok: false, errors: locate(yaml, kind.issues)};
	const checked = check(exerciseSchemas[kind.value.kind], yaml.value);
	if (!checked.ok) return {ok: false, errors: locate(yaml, checked.issues)};
	const exercise: Exercise = {...checked.value, folder, name: nameOfFolder(folder)};
	const issues = crossIssues(exercise);
	return issues.length > 0 ? {ok: false, errors: locate(yaml, issues)} : {ok: true, exercise};
}

/** Reads the `exercise.yaml` of a folder. All its errors come at once. */
export function loadExercise(text: string, folder: string): LoadedExercise {
	const read = readYaml(text);
	if (!read.ok) return {ok: false, errors: withLines(text, read.errors)};
	const built = build(read.yaml, folder);
	return built.ok ? built : {ok: false, errors: withLines(text, built.errors)};
}
