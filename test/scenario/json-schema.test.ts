import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {schemaText} from '../../source/commands/schema.ts';

const file = join(import.meta.dirname, '..', '..', 'scenarios', 'scenario.schema.json');

test('the published schema is the one that the code makes', () => {
	expect(readFileSync(file, 'utf8')).toBe(schemaText());
});

test('the schema names every step with its help, bare where it needs no arguments', () => {
	const {definitions} = JSON.parse(schemaText());
	expect(definitions.step.oneOf).toContainEqual(
		expect.objectContaining({
			const: 'pcim_enable_device',
			description: expect.stringMatching(/\w/),
		}),
	);
	const named = definitions.step.oneOf.filter((each: {required?: string[]}) => each.required);
	expect(named.map((each: {required: string[]}) => each.required[0])).toContain('devm_kzalloc');
});
