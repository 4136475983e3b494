import {scenarioJsonSchema} from '../scenario/json-schema.ts';
import {type ExitCode, exitCode} from './failure.ts';

/** The text of `scenarios/scenario.schema.json`. */
export function schemaText(): string {
	return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}

/** `devresdbg schema`: prints the JSON Schema of scenarios. */
export function schema(): ExitCode {
	process.stdout.write(schemaText());
	return exitCode.fine;
}
