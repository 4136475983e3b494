import {didYouMean} from '../recording/closest-name.ts';
import {check} from './issues.ts';
import {readYaml} from './read-yaml.ts';
import type {Scenario} from './scenario.ts';
import {kernelSchema, revisionNames} from './schema.ts';

/** A kernel to run under, or what is wrong with its description and the next move. */
export type ReadKernel =
	| {readonly ok: true; readonly kernel: Scenario['kernel']}
	| {readonly ok: false; readonly message: string; readonly hint?: string | undefined};

function unknown(name: string): ReadKernel {
	const known = revisionNames;
	const hint = didYouMean(name, known) ?? `known: ${known.join(', ')}, and all for a table`;
	return {ok: false, message: `unknown kernel "${name}"`, hint};
}

/** Reads a kernel as a scenario names it: `v6.14`, or `{base: v6.12-stable, pinctrl: true}`. */
export function readKernel(text: string): ReadKernel {
	if (!text.trimStart().startsWith('{')) {
		const checked = check(kernelSchema, text);
		return checked.ok ? {ok: true, kernel: checked.value} : unknown(text);
	}
	const read = readYaml(text);
	const hint = 'write it as a scenario does: {base: v6.12-stable, intx: v9-series}';
	if (!read.ok) return {ok: false, message: `kernel: ${read.errors[0]?.message}`, hint};
	const checked = check(kernelSchema, read.yaml.value);
	if (checked.ok) return {ok: true, kernel: checked.value};
	const [issue] = checked.issues;
	return {ok: false, message: `kernel: ${issue?.message}`, hint: issue?.hint ?? hint};
}
