import {ratios, report} from './measure.ts';

const node = process.execPath;
const cli = 'distribution/cli.js';

/** CPU time of whole commands, against a node that does nothing. */
export function benchStartUp(rounds = 11): void {
	const [, version = 0, run = 0] = ratios(
		[
			[node, '-e', '0'],
			[node, cli, '--version'],
			[node, cli, 'run', 'scenarios/ccp-reload.yaml'],
		],
		rounds,
	);
	report(
		'--version, CPU over an empty node',
		`${version.toFixed(2)} x`,
		'<= 2.5 x',
		version <= 2.5,
	);
	report('run of the report, CPU over an empty node', `${run.toFixed(2)} x`, '<= 5 x', run <= 5);
}
