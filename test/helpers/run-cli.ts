import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'distribution', 'cli.js');

export type CliResult = {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
};

/** Runs the built program without a terminal, in a given folder. */
export function runCli(args: readonly string[], {input = '', cwd = root} = {}): CliResult {
	if (!existsSync(cli)) throw new Error('build first: npm run build');
	const {status, stdout, stderr} = spawnSync(process.execPath, [cli, ...args], {
		cwd,
		input,
		encoding: 'utf8',
		env: {...process.env, NO_COLOR: '1', FORCE_COLOR: undefined},
		maxBuffer: 1 << 27,
	});
	return {code: status, stdout, stderr};
}
