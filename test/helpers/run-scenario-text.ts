import type {Recording} from '../../source/recording/recording.ts';
import {driverSteps} from '../../source/scenario/driver-steps.ts';
import {loadScenario} from '../../source/scenario/load-scenario.ts';
import {runScenario} from '../../source/scenario/run-scenario.ts';
import {scriptActions} from '../../source/scenario/script-actions.ts';

/** Loads and runs a scenario; throws with its errors, so that a test shows them. */
export function runScenarioText(text: string, kernel?: string): Recording {
	const loaded = loadScenario(text, {steps: driverSteps, actions: scriptActions});
	if (!loaded.ok) throw new Error(loaded.errors.map((error) => JSON.stringify(error)).join('\n'));
	const run = runScenario(loaded.scenario, {kernel});
	if (!run.ok) throw new Error(run.error.message);
	return run.recording;
}
