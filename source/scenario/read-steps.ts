import * as z from 'zod/mini';
import {didYouMean} from '../recording/closest-name.ts';
import {check, type Issue} from './issues.ts';
import type {Path, YamlText} from './read-yaml.ts';
import type {DriverStep, Step} from './scenario.ts';
import {formed, shortText} from './schema-parts.ts';
import type {StepDefinition} from './step-definition.ts';

/** What reading a list of steps needs. */
export type StepReader = {
	/** The file, for lines. */
	readonly yaml: YamlText;

	/** What may stand in the list, by name. */
	readonly definitions: ReadonlyMap<string, StepDefinition>;

	/** `step` or `action`: how messages call it. */
	readonly word: string;

	/** Keys that may stand beside the step's own. */
	readonly siblings: readonly string[];

	/** Takes what is wrong; reading goes on. */
	report(issue: Issue): void;
};

/** Ladders in ladders have no use. */
const maximumLadder = 4;

/** Keys beside a driver's step. */
export const stepSiblings = {
	on: shortText,
	only: z.union([
		z.pipe(
			shortText,
			z.transform((one) => [one]),
		),
		z.array(shortText).check(z.minLength(1)),
	]),
	when: z.enum(['msi', 'no_msi']),
	as: formed(/^[A-Za-z_]\w{0,63}$/, 'expected a name of letters, digits and "_"'),
	on_error: z.union([z.literal('continue'), z.array(z.unknown())]),
};

const siblingSchema = z.partial(z.strictObject(stepSiblings));

function isMap(value: unknown): value is {readonly [key: string]: unknown} {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The key that names the step; reports when there is none or more than one. */
function stepKey(value: object, path: Path, reader: StepReader): string | null {
	const keys = Object.keys(value).filter((key) => !reader.siblings.includes(key));
	const [first, second] = keys;
	if (first === undefined) {
		reader.report({path, at: 'value', message: `names no ${reader.word}`});
		return null;
	}
	if (second === undefined) return first;
	const known = [...reader.definitions.keys(), ...reader.siblings];
	const odd = keys.find((key) => !known.includes(key)) ?? second;
	reader.report({
		path: [...path, odd],
		at: 'key',
		message: `"${odd}" can't stand beside "${odd === first ? second : first}"`,
		hint: didYouMean(odd, known) ?? `each ${reader.word} is an item of its own`,
	});
	return null;
}

function readArguments(
	name: string,
	value: unknown,
	{path, at}: Pick<Issue, 'path' | 'at'>,
	reader: StepReader,
) {
	const definition = reader.definitions.get(name);
	if (definition === undefined) {
		const hint = didYouMean(name, reader.definitions.keys()) ?? 'see `devresdbg schema`';
		reader.report({path, at, message: `unknown ${reader.word} "${name}"`, hint});
		return null;
	}
	const given = value ?? undefined;
	const checked = check(definition.arguments, given, path);
	if (checked.ok) return checked;
	if (given === undefined) {
		reader.report({path, at, message: `${name} needs arguments`, hint: definition.help});
	} else {
		checked.issues.forEach(reader.report);
	}
	return null;
}

type Parts = Step & {readonly beside: unknown};

function readStep(value: unknown, path: Path, reader: StepReader): Parts | null {
	const {line} = reader.yaml.placeOf(path);
	if (typeof value === 'string') {
		const read = readArguments(value, undefined, {path, at: 'value'}, reader);
		return read && {name: value, arguments: read.value, line, beside: {}};
	}
	if (!isMap(value)) {
		const message = `expected a ${reader.word}: a name, or a name and its arguments`;
		reader.report({path, at: 'value', message});
		return null;
	}
	const name = stepKey(value, path, reader);
	if (name === null) return null;
	const read = readArguments(name, value[name], {path: [...path, name], at: 'key'}, reader);
	const {[name]: _, ...beside} = value;
	return read && {name, arguments: read.value, line, beside};
}

/** Reads a list of actions. Every fault is reported; what is faulty is left out. */
export function readActions(value: unknown, path: Path, reader: StepReader): Step[] {
	if (!Array.isArray(value)) return [];
	return value.flatMap((item, index) => {
		const parts = readStep(item, [...path, index], reader);
		return parts === null ? [] : [{name: parts.name, arguments: parts.arguments, line: parts.line}];
	});
}

function readErrors(
	on_error: 'continue' | readonly unknown[] | undefined,
	path: Path,
	reader: StepReader,
	depth: number,
) {
	if (on_error === undefined) return 'fail';
	if (on_error === 'continue') return 'continue';
	if (depth < maximumLadder) return readDriverSteps(on_error, path, reader, depth + 1);
	reader.report({path, at: 'value', message: 'error steps are nested too deeply'});
	return [];
}

/** Reads a driver's list of steps, with what stands beside each. Every fault is reported; what is faulty is left out. */
export function readDriverSteps(
	value: unknown,
	path: Path,
	reader: StepReader,
	depth = 0,
): DriverStep[] {
	if (!Array.isArray(value)) return [];
	return value.flatMap((item, index) => {
		const place = [...path, index];
		const parts = readStep(item, place, reader);
		if (parts === null) return [];
		const siblings = check(siblingSchema, parts.beside, place);
		if (!siblings.ok) {
			siblings.issues.forEach(reader.report);
			return [];
		}
		const {on = null, only = null, when = null, as = null} = siblings.value;
		const on_error = readErrors(siblings.value.on_error, [...place, 'on_error'], reader, depth);
		return [
			{
				name: parts.name,
				arguments: parts.arguments,
				line: parts.line,
				on,
				only,
				when,
				as,
				on_error,
			},
		];
	});
}
