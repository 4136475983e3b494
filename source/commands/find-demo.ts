import {existsSync} from 'node:fs';
import type {Demo} from '../demo/demo.ts';
import {readDemo} from '../demo/read-demo.ts';
import {cleanText} from '../recording/clean-text.ts';
import {didYouMean} from '../recording/closest-name.ts';
import {codeFrames} from '../reports/code-frame.ts';
import {readCommands} from './environment.ts';
import {exitCode, type Failure, failure} from './failure.ts';
import {demoNames, demoPath} from './shipped-scenarios.ts';

/** A demo, and the file that it is in. */
export type FoundDemo = {readonly ok: true; readonly demo: Demo; readonly path: string};

/** Reads a demo that comes with the program, or one in a file. */
export function findDemo(name: string): FoundDemo | Failure {
	const path = demoPath(name) ?? (existsSync(name) ? name : null);
	if (path === null) {
		const hint = didYouMean(name, demoNames()) ?? '`devresdbg demo` names the demos';
		return failure(exitCode.usage, `${cleanText(name)}: no such demo or file`, hint);
	}
	const file = readCommands(path);
	if (!file.ok) return failure(exitCode.usage, file.error);
	const shown = cleanText(path === name ? name : `${name}.demo`);
	const read = readDemo(shown, file.text);
	if (read.ok) return {...read, path};
	return {ok: false, exitCode: exitCode.usage, message: codeFrames(shown, read.errors)};
}
