import * as z from 'zod/mini';
import {type ScenarioVocabulary, vocabulary} from './load-scenario.ts';
import {stepSiblings} from './read-steps.ts';
import {actionPlace, scenarioSchema, stepPlace} from './schema.ts';
import type {StepDefinition} from './step-definition.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

function bare(schema: JsonSchema): JsonSchema {
	const {$schema: _, ...rest} = schema;
	return rest;
}

function argumentsSchema(schema: z.ZodMiniType): JsonSchema {
	if (schema instanceof z.ZodMiniUndefined) return {type: 'null'};
	return bare(z.toJSONSchema(schema, {target: 'draft-07', io: 'input', unrepresentable: 'any'}));
}

/** A step by its bare name where it needs no arguments, else as a map of one key and what may stand beside it. */
function stepSchemas(
	[name, {arguments: schema, help}]: [string, StepDefinition],
	siblings: {readonly [key: string]: JsonSchema},
): JsonSchema[] {
	const named: JsonSchema = {
		description: help,
		type: 'object',
		properties: {[name]: {...argumentsSchema(schema), description: help}, ...siblings},
		required: [name],
		additionalProperties: false,
	};
	const isOptional = schema.safeParse(undefined).success;
	return isOptional ? [{const: name, description: help}, named] : [named];
}

/** What may stand beside a driver's step. */
function siblingSchemas(): {readonly [key: string]: JsonSchema} {
	return {
		on: {...argumentsSchema(stepSiblings.on), description: 'Another device, or `parent`.'},
		only: {...argumentsSchema(stepSiblings.only), description: 'Devices that it is made for.'},
		when: {
			...argumentsSchema(stepSiblings.when),
			description: 'Only while the device uses MSI or MSI-X, or neither.',
		},
		as: {...argumentsSchema(stepSiblings.as), description: 'A name for the result.'},
		on_error: {
			description: 'What happens when it fails; by default the function ends with its error.',
			anyOf: [{const: 'continue'}, {type: 'array', items: {$ref: '#/definitions/step'}}],
		},
	};
}

/** JSON Schema (draft-07) of scenario files, for editors: what `devresdbg schema` prints. */
export function scenarioJsonSchema({steps, actions}: ScenarioVocabulary = vocabulary): JsonSchema {
	const siblings = siblingSchemas();
	const references = Object.fromEntries(
		Object.keys(siblings).map((key) => [key, {$ref: `#/definitions/${key}`}]),
	);
	const schema = z.toJSONSchema(scenarioSchema, {
		target: 'draft-07',
		io: 'input',
		override({zodSchema, jsonSchema}) {
			if (zodSchema === stepPlace) {
				jsonSchema.oneOf = [...steps].flatMap((each) => stepSchemas(each, references));
			}
			if (zodSchema === actionPlace) {
				jsonSchema.oneOf = [...actions].flatMap((each) => stepSchemas(each, {}));
			}
		},
	});
	return {
		...bare(schema),
		$schema: 'http://json-schema.org/draft-07/schema#',
		definitions: {...(schema['definitions'] as {[name: string]: JsonSchema}), ...siblings},
	};
}
