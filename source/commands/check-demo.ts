import type {DemoScene} from '../demo/perform.ts';
import {scenesOf} from '../demo/perform.ts';
import {codeFrame} from '../reports/code-frame.ts';
import {createTheme} from '../tui/theme.ts';
import {type ExitCode, exitCode, tell} from './failure.ts';
import {loadDemo} from './load-demo.ts';
import {demoNames} from './shipped-scenarios.ts';

/** What came of a demo that was run as a test. */
export type DemoCheck = {
	readonly code: ExitCode;

	/** For standard error, each with its place; empty where the demo holds. */
	readonly problems: string;
};

/** Looks at what went wrong in the scenes of a demo. */
export function checkDemo(name: string, scenes: Iterable<DemoScene>): DemoCheck {
	const lines: string[] = [];
	let code: ExitCode = exitCode.fine;
	for (const {failed, error} of scenes) {
		for (const {at, text} of failed) lines.push(`${at}: ${text}`);
		if (failed.length > 0) code = exitCode.failed;
		if (error === null) continue;
		lines.push(codeFrame(name, error));
		code = exitCode.usage;
	}
	return {code, problems: lines.map((line) => `${line}\n`).join('')};
}

async function checkOne(name: string): Promise<ExitCode> {
	const loaded = await loadDemo(name);
	if (!loaded.ok) return tell(loaded);
	const {demo, state} = loaded;
	const screen = {columns: 80, rows: 24, theme: createTheme({color: false, ascii: false})};
	const {code, problems} = checkDemo(demo.name, scenesOf(demo, state, screen));
	if (code !== exitCode.fine) return tell({ok: false, exitCode: code, message: problems});
	const claims = demo.steps.filter(({action}) => 'text' in action && /^assert\b/.test(action.text));
	process.stdout.write(`${name}: ${demo.steps.length} steps, ${claims.length} assertions hold\n`);
	return exitCode.fine;
}

/** `devresdbg demo [NAME] --check`: runs one demo or all, without a screen or a clock. The worst decides the exit code. */
export async function checkDemos(name: string | null): Promise<ExitCode> {
	let worst: ExitCode = exitCode.fine;
	for (const each of name === null ? demoNames() : [name]) {
		const code = await checkOne(each);
		if (code > worst) worst = code;
	}
	return worst;
}
