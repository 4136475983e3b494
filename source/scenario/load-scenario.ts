import {cleanText} from '../recording/clean-text.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {checkExpressions, type ExpressionCheck} from './check-expressions.ts';
import {crossCheck} from './cross-checks.ts';
import {driverSteps} from './driver-steps.ts';
import {check, type Issue, locate} from './issues.ts';
import {driversOf, fieldOf, readDrivers} from './read-drivers.ts';
import {readActions, stepSiblings} from './read-steps.ts';
import {readYaml, type YamlText} from './read-yaml.ts';
import type {Scenario} from './scenario.ts';
import {scenarioSchema} from './schema.ts';
import {scriptActions} from './script-actions.ts';
import type {ActionDefinition, StepDefinition} from './step-definition.ts';

/** A scenario, or what is wrong with the file, in its order. */
export type LoadedScenario =
	| {readonly ok: true; readonly scenario: Scenario}
	| {readonly ok: false; readonly errors: readonly LocatedError[]};

/** The tables that give steps and actions their meaning. */
export type ScenarioVocabulary = {
	/** What drivers may do, by the name that scenarios use. */
	readonly steps: ReadonlyMap<string, StepDefinition>;

	/** What scripts may do. */
	readonly actions: ReadonlyMap<string, ActionDefinition>;

	/** What is wrong with an expression, null where nothing is. Without it expressions are taken as they are. */
	readonly checkExpression?: ExpressionCheck;
};

/** The steps and actions of this simulation; expressions are not checked. */
export const vocabulary: ScenarioVocabulary = {steps: driverSteps, actions: scriptActions};

function build(
	yaml: YamlText,
	text: readonly string[],
	{steps, actions, checkExpression}: ScenarioVocabulary,
): LoadedScenario {
	const issues: Issue[] = [];
	const report = (issue: Issue): void => {
		issues.push(issue);
	};
	const file = check(scenarioSchema, yaml.value);
	if (!file.ok) issues.push(...file.issues);
	const siblings = Object.keys(stepSiblings);
	const reader = {yaml, definitions: steps, word: 'step', siblings, report};
	const drivers = readDrivers(fieldOf(yaml.value, 'drivers'), reader);
	const script = readActions(fieldOf(yaml.value, 'script'), ['script'], {
		...reader,
		definitions: actions,
		word: 'action',
		siblings: [],
	});
	if (!file.ok || issues.length > 0) return {ok: false, errors: locate(yaml, issues)};
	const scenario = {...file.value, script, text, drivers: driversOf(file.value, drivers)};
	const crossed = [
		...crossCheck(scenario, actions),
		...(checkExpression === undefined ? [] : checkExpressions(scenario, checkExpression)),
	];
	return crossed.length > 0 ? {ok: false, errors: locate(yaml, crossed)} : {ok: true, scenario};
}

/** Reads a scenario. All its errors come at once, in the order of the file. */
export function loadScenario(text: string, words: ScenarioVocabulary = vocabulary): LoadedScenario {
	const lines = text.split('\n').map(cleanText);
	const withLine = (error: LocatedError): LocatedError => ({
		...error,
		text: lines[(error.line ?? 0) - 1] ?? '',
	});
	if (text.trim() === '') {
		const message = 'the file is empty';
		const hint = 'a scenario starts with `title:`; `devresdbg list` names some to copy';
		return {ok: false, errors: [{line: 1, column: 1, message, hint, text: ''}]};
	}
	const read = readYaml(text);
	if (!read.ok) return {ok: false, errors: read.errors.map(withLine)};
	const built = build(read.yaml, lines, words);
	return built.ok ? built : {ok: false, errors: built.errors.map(withLine)};
}
