import {ratios, report} from './measure.ts';

const node = process.execPath;
const cli = 'distribution/cli.js';

/** CPU time of whole commands, against a node that does nothing. */
export function benchStartUp(rounds = 11): void {
	const [, version = 0, help = 0, run = 0] = ratios(
		[
			[node, '-e', '0'],
			[node, cli, '--version'],
			[node, cli, '--help'],
			[node, cli, 'run', 'scenarios/ccp-reload.yaml'],
		],
		rounds,
	);
	for (const [option, ratio] of Object.entries({'--version': version, '--help': help})) {
		const what = `${option}, CPU over an empty node`;
		report(what, `${ratio.toFixed(2)} x`, '<= 1.8 x', ratio <= 1.8);
	}
	report(
		'run of the report, CPU over an empty node',
		`${run.toFixed(2)} x`,
		'<= 3.5 x',
		run <= 3.5,
	);
}
