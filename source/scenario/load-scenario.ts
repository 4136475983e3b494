import {cleanText} from '../recording/clean-text.ts';
import type {LocatedError} from '../recording/located-error.ts';
import {checkExpressions, type ExpressionCheck} from './check-expressions.ts';
import {crossCheck} from './cross-checks.ts';
import {driverSteps} from './driver-steps.ts';
import {check, type Issue, locate} from './issues.ts';
import {readActions, readDriverSteps, type StepReader, stepSiblings} from './read-steps.ts';
import {readYaml, type YamlText} from './read-yaml.ts';
import type {Scenario, ScenarioDriver} from './scenario.ts';
import {type ScenarioFile, scenarioSchema} from './schema.ts';
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

function entriesOf(value: unknown): [string, unknown][] {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function fieldOf(value: unknown, key: string): unknown {
	return entriesOf(value).find(([name]) => name === key)?.[1];
}

type DriverSteps = Pick<ScenarioDriver, 'init' | 'probe' | 'work' | 'remove' | 'after_bind'>;

function readDrivers(value: unknown, reader: StepReader): Map<string, DriverSteps> {
	const drivers = entriesOf(fieldOf(value, 'drivers')).map(([name, driver]) => {
		const part = (key: string) =>
			readDriverSteps(fieldOf(driver, key), ['drivers', name, key], reader);
		const steps = {
			init: part('init'),
			probe: part('probe'),
			work: part('work'),
			remove: part('remove'),
			after_bind: part('after_bind'),
		};
		return [name, steps] as const;
	});
	return new Map(drivers);
}

const noSteps: DriverSteps = {init: [], probe: [], work: [], remove: [], after_bind: []};

function withSteps(
	file: ScenarioFile,
	drivers: ReadonlyMap<string, DriverSteps>,
	rest: Pick<Scenario, 'script' | 'text'>,
): Scenario {
	return {
		...file,
		...rest,
		drivers: Object.entries(file.drivers).map(([name, driver]) => ({
			...driver,
			name,
			module: driver.module ?? name,
			probe_function: driver.probe_function ?? null,
			work_function: driver.work_function ?? null,
			remove_function: driver.remove_function ?? null,
			...(drivers.get(name) ?? noSteps),
		})),
	};
}

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
	const drivers = readDrivers(yaml.value, reader);
	const script = readActions(fieldOf(yaml.value, 'script'), ['script'], {
		...reader,
		definitions: actions,
		word: 'action',
		siblings: [],
	});
	if (!file.ok || issues.length > 0) return {ok: false, errors: locate(yaml, issues)};
	const scenario = withSteps(file.value, drivers, {script, text});
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
