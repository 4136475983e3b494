import {readFileSync} from 'node:fs';
import {shippedNames} from '../../source/commands/shipped-scenarios.ts';
import type {Recording} from '../../source/recording/recording.ts';
import {runScenarioText} from './run-scenario-text.ts';

export {shippedNames};

/** Runs a scenario that comes with the program. */
export function shippedRecording(name: string): Recording {
	return runScenarioText(readFileSync(`scenarios/${name}.yaml`, 'utf8'));
}
