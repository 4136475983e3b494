import {bashCompletion} from '../command-line/bash-completion.ts';
import type {OfferedNames} from '../command-line/completion-words.ts';
import {fishCompletion} from '../command-line/fish-completion.ts';
import {zshCompletion} from '../command-line/zsh-completion.ts';
import {exporters} from '../exporters/exporters.ts';
import {inputFormats} from '../importers/import-log.ts';
import {revisions} from '../kernel/revisions.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {type ExitCode, exitCode, failure, tell} from './failure.ts';
import {demoNames, shippedNames} from './shipped-scenarios.ts';

/** Shells that can complete our words: what writes the script, and the name that its file has among theirs. */
const shells = [
	{name: 'bash', file: 'devresdbg.bash', script: bashCompletion},
	{name: 'zsh', file: '_devresdbg', script: zshCompletion},
	{name: 'fish', file: 'devresdbg.fish', script: fishCompletion},
] as const;

function offeredNames(): OfferedNames {
	return {
		recordings: shippedNames(),
		demos: demoNames(),
		kernels: revisions.map(({name}) => name),
		inputs: inputFormats,
		exports: exporters.map(({format}) => format),
	};
}

/** The scripts of all shells, by the names that their files have. */
export function completionFiles(): ReadonlyMap<string, string> {
	const offered = offeredNames();
	return new Map(shells.map(({file, script}) => [file, script(offered)]));
}

/** `devresdbg completion SHELL`: prints what makes a shell complete our words. */
export function completion(name: string): ExitCode {
	const shell = shells.find((each) => each.name === name);
	if (shell === undefined) {
		const known = shells.map((each) => each.name);
		const hint = didYouMean(name, known) ?? `known: ${known.join(', ')}`;
		return tell(failure(exitCode.usage, `no completion for "${name}"`, hint));
	}
	process.stdout.write(shell.script(offeredNames()));
	return exitCode.fine;
}
