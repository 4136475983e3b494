import {checkExpectation} from '../debugger/expectation.ts';
import {checkCondition} from '../debugger/expression.ts';
import {findingsOf} from '../findings/findings.ts';
import type {Recording} from '../recording/recording.ts';
import {type LoadedScenario, loadScenario, vocabulary} from '../scenario/load-scenario.ts';
import {runScenario} from '../scenario/run-scenario.ts';
import type {Scenario, Step} from '../scenario/scenario.ts';
import type {ExerciseOf} from './exercise.ts';
import type {DriverCheck} from './exercise-schema.ts';
import {type GradedCheck, graded, ungraded, type Verdict, verdictOf} from './verdict.ts';

type DriverExercise = ExerciseOf<'fix'> | ExerciseOf<'build'>;

/** A driver with more allocations than this is not what was asked for. */
const mostFailures = 100;

/** Enough for any exercise, little enough to say so at once. */
const budget = 20_000;

function load(text: string): LoadedScenario {
	return loadScenario(text, {...vocabulary, checkExpression: checkCondition});
}

function isAbout({severity, rule}: {severity: string; rule: string}, without: string): boolean {
	return without === 'errors' ? severity === 'error' : rule === without;
}

/** Why a check does not hold; empty where it does. */
function complaints(recording: Recording, {that, log, without}: DriverCheck): readonly string[] {
	if (that !== undefined) {
		const result = checkExpectation(recording, {kind: 'that', expression: that, at: 'end'});
		return result.ok ? [] : [`${result.detail ?? 'this is false'}: ${that}`];
	}
	if (log !== undefined) {
		const result = checkExpectation(recording, {kind: 'log', text: log});
		return result.ok ? [] : [`${result.detail}: ${log}`];
	}
	return findingsOf(recording)
		.filter((finding) => isAbout(finding, without ?? ''))
		.map(({rule, event, message}) => `${rule} at event ${event + 1}: ${message}`);
}

/** A way to run the driver, and what to call it. */
type Run = {readonly name: string; readonly recording: Recording};

/** The first run in which a check fails says why. */
function gradeIn(runs: readonly Run[], check: DriverCheck): GradedCheck {
	for (const {name, recording} of runs) {
		const wrong = complaints(recording, check);
		if (wrong.length === 0) continue;
		return graded(check.text, [name, ...wrong.map((each) => `  ${each}`)].filter(Boolean));
	}
	return graded(check.text);
}

/** Runs with each allocation failing in turn, until there is none left to fail; a text says why it was given up. */
function everyFailure(scenario: Scenario, kernel: string | null): readonly Run[] | string {
	const runs: Run[] = [];
	for (let nth = 1; nth <= mostFailures; nth += 1) {
		const fault: Step = {name: 'fail', arguments: {fn: 'alloc', nth, error: 'ENOMEM'}, line: 1};
		const run = runScenario(
			{...scenario, script: [fault, ...scenario.script]},
			{budget, ...(kernel === null ? {} : {kernel: kernel as Scenario['kernel']})},
		);
		if (!run.ok) return run.error.message;
		if (run.recording.ofType('alloc-fail').length === 0) return runs;
		const under = kernel === null ? '' : `${kernel}, `;
		runs.push({name: `${under}allocation ${nth} fails`, recording: run.recording});
	}
	return `more than ${mostFailures} allocations`;
}

/** The learner's drivers in the world of the solution: its kernel, devices and script can't be edited away. */
function bench(own: Scenario, solution: Scenario): Scenario {
	// Lines are those of the learner's file, where its script has as many actions.
	const script = solution.script.map((action, index) => ({
		...action,
		line: own.script[index]?.line ?? 1,
	}));
	return {...own, kernel: solution.kernel, devices: solution.devices, script};
}

function missingModules(own: Scenario, solution: Scenario): readonly string[] {
	const known = new Set(own.drivers.flatMap(({name, module}) => [name, module]));
	const wanted = solution.drivers.flatMap(({name}) => name);
	return wanted.filter((name) => !known.has(name));
}

/** Every way in which the driver is run. */
type Runs = {readonly whole: readonly Run[]; readonly failing: readonly Run[]};

function runAll(exercise: DriverExercise, scenario: Scenario): Runs | Verdict {
	const kernels = exercise.under.length === 0 ? [null] : exercise.under;
	const whole: Run[] = [];
	const failing: Run[] = [];
	for (const kernel of kernels) {
		const run = runScenario(scenario, {budget, ...(kernel === null ? {} : {kernel})});
		if (!run.ok) return ungraded([run.error]);
		whole.push({name: kernel ?? '', recording: run.recording});
		if (exercise.every_failure === undefined) continue;
		const runs = everyFailure(scenario, kernel);
		if (typeof runs === 'string') return verdictOf([graded('every allocation may fail', [runs])]);
		failing.push(...runs);
	}
	return {whole, failing};
}

function runsOf(exercise: DriverExercise, solution: string, text: string): Runs | Verdict {
	const own = load(text);
	if (!own.ok) return ungraded(own.errors);
	const model = load(solution);
	if (!model.ok) return ungraded(model.errors);
	const missing = missingModules(own.scenario, model.scenario);
	if (missing.length > 0) {
		return verdictOf(missing.map((name) => graded(`there is a driver ${name}`, ['it is gone'])));
	}
	return runAll(exercise, bench(own.scenario, model.scenario));
}

/** Grades a driver by running it under every kernel of the exercise, and with every allocation failing where asked for. */
export function gradeDriver(exercise: DriverExercise, solution: string, text: string): Verdict {
	const runs = runsOf(exercise, solution, text);
	if ('passed' in runs) return runs;
	return verdictOf([
		...exercise.checks.map((check) => gradeIn(runs.whole, check)),
		...(exercise.every_failure ?? []).map((check) => gradeIn(runs.failing, check)),
	]);
}

/** The first run in which a check does not hold, to be looked at; null where there is none. */
export function failingRun(
	exercise: DriverExercise,
	solution: string,
	text: string,
): Recording | null {
	const runs = runsOf(exercise, solution, text);
	if ('passed' in runs) return null;
	const fails = (checks: readonly DriverCheck[]) => (run: Run) =>
		checks.some((check) => complaints(run.recording, check).length > 0);
	const found =
		runs.whole.find(fails(exercise.checks)) ??
		runs.failing.find(fails(exercise.every_failure ?? []));
	return found?.recording ?? null;
}
