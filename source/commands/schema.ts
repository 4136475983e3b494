import {scenarioJsonSchema} from '../scenario/json-schema.ts';
import {type ExitCode, exitCode} from './failure.ts';

/** `devresdbg schema`: prints the JSON Schema of scenarios. */
export function schema(): ExitCode {
	process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, '\t')}\n`);
	return exitCode.fine;
}
