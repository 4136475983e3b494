import {readFileSync} from 'node:fs';
import {revisions} from '../kernel/revisions.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {paragraphs} from '../recording/wrap-text.ts';
import {loadScenario} from '../scenario/load-scenario.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import {findDemo} from './find-demo.ts';
import type {Flags} from './flags.ts';
import {demoNames, shippedNames, shippedPath} from './shipped-scenarios.ts';

const formats = ['text', 'json'] as const;

/** Scenarios that come with the program. Path is what to give as FILE; title is empty where the file has errors. */
export function chooserEntries(): {path: string; title: string; about: string}[] {
	return shippedNames().map((name) => {
		const path = shippedPath(name);
		const loaded = path === null ? null : loadScenario(readFileSync(path, 'utf8'));
		const {title, about} = loaded?.ok ? loaded.scenario : {title: '', about: ''};
		return {path: name, title, about: paragraphs(about)};
	});
}

/** Rows of a list: names of one width, then what they are. */
export function tableLines(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(0, ...rows.map(([name]) => name.length));
	return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd());
}

/** Names and titles of the demos that come with the program; the title is empty where the file has errors. */
export function demoRows(): (readonly [string, string])[] {
	return demoNames().map((name) => {
		const found = findDemo(name);
		return [name, found.ok ? found.demo.title : ''];
	});
}

/** `devresdbg list`: what can be opened, and under which kernels. */
export async function list(flags: Flags): Promise<ExitCode> {
	const format = flags.format ?? 'text';
	if (!formats.some((known) => known === format)) {
		const hint = didYouMean(format, formats) ?? `known: ${formats.join(', ')}`;
		return tell(failure(exitCode.usage, `unknown format "${format}"`, hint));
	}
	const scenarios = chooserEntries().map(({path, title}) => ({name: path, title}));
	const demos = demoRows();
	const kernels = revisions.map(({name, summary}) => ({name, summary}));
	// The chooser names scenarios only: it doesn't read what grades exercises.
	const {loadExercises} = await import('./exercise-set.ts');
	const set = loadExercises(undefined);
	if (!set.ok) return tell(set);
	const exercises = set.exercises.map(({name, title, chapter}) => ({name, title, chapter}));
	if (format === 'json') {
		const named = demos.map(([name, title]) => ({name, title}));
		const all = {scenarios, revisions: kernels, demos: named, exercises};
		process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
		return exitCode.fine;
	}
	const lines = [
		'scenarios',
		...tableLines(scenarios.map(({name, title}) => [name, title])),
		'',
		'kernels, for --kernel',
		...tableLines(kernels.map(({name, summary}) => [name, summary])),
		'',
		'demos, for `devresdbg demo`',
		...tableLines(demos),
		'',
		'exercises, for `devresdbg workshop`',
		...tableLines(exercises.map(({name, title}) => [name, title])),
	];
	process.stdout.write(`${lines.join('\n')}\n`);
	return exitCode.fine;
}
