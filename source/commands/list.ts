import {readFileSync} from 'node:fs';
import {revisions} from '../kernel/revisions.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {loadScenario} from '../scenario/load-scenario.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import type {Flags} from './flags.ts';
import {shippedNames, shippedPath} from './shipped-scenarios.ts';

const formats = ['text', 'json'] as const;

/** Scenarios that come with the program. Path is what to give as FILE; title is empty where the file has errors. */
export function chooserEntries(): {path: string; title: string; about: string}[] {
	return shippedNames().map((name) => {
		const path = shippedPath(name);
		const loaded = path === null ? null : loadScenario(readFileSync(path, 'utf8'));
		const {title, about} = loaded?.ok ? loaded.scenario : {title: '', about: ''};
		// Lines of the file are no lines of the screen; blank ones part paragraphs.
		return {path: name, title, about: about.trim().replaceAll(/(?<=\S)\n(?=\S)/g, ' ')};
	});
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(0, ...rows.map(([name]) => name.length));
	return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd());
}

/** `devresdbg list`: what can be opened, and under which kernels. */
export function list(flags: Flags): ExitCode {
	const format = flags.format ?? 'text';
	if (!formats.some((known) => known === format)) {
		const hint = didYouMean(format, formats) ?? `known: ${formats.join(', ')}`;
		return tell(failure(exitCode.usage, `unknown format "${format}"`, hint));
	}
	const scenarios = chooserEntries().map(({path, title}) => ({name: path, title}));
	const kernels = revisions.map(({name, summary}) => ({name, summary}));
	if (format === 'json') {
		process.stdout.write(`${JSON.stringify({scenarios, revisions: kernels}, null, 2)}\n`);
		return exitCode.fine;
	}
	const lines = [
		'scenarios',
		...columns(scenarios.map(({name, title}) => [name, title])),
		'',
		'kernels, for --kernel',
		...columns(kernels.map(({name, summary}) => [name, summary])),
	];
	process.stdout.write(`${lines.join('\n')}\n`);
	return exitCode.fine;
}
