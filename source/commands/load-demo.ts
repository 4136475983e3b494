import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createSession} from '../debugger/session.ts';
import type {Demo} from '../demo/demo.ts';
import {initialView, type ScreenState} from '../tui/view-state.ts';
import {environmentOf} from './environment.ts';
import type {Failure} from './failure.ts';
import {findDemo} from './find-demo.ts';
import {loadInput} from './load-input.ts';
import {titleOf} from './open.ts';
import {shippedPath} from './shipped-scenarios.ts';

/** A demo, and the screen on which it begins. */
export type LoadedDemo = {
	readonly ok: true;
	readonly demo: Demo;

	/** What the demo opened, before its first step. */
	readonly state: ScreenState;
};

/** Opens what a demo shows: a file beside it, or a scenario that comes with the program. */
export async function loadDemo(name: string): Promise<LoadedDemo | Failure> {
	const found = findDemo(name);
	if (!found.ok) return found;
	const {demo, path} = found;
	const {file, kernel, line} = demo.input;
	const beside = join(dirname(path), file);
	const opened = existsSync(beside) ? beside : (shippedPath(file) ?? file);
	const loaded = await loadInput(opened, {kernel: kernel ?? undefined});
	if (!loaded.ok) return {...loaded, message: `${demo.name}:${line}: ${loaded.message}`};
	const session = createSession(loaded.recording, environmentOf(loaded));
	const title = titleOf(loaded);
	const state = {title, session, chooser: null, view: initialView, exit: null};
	return {ok: true, demo, state};
}
