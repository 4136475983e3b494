#!/usr/bin/env node
import nodeModule from 'node:module';

// Reading the program costs more than running it. What is imported below is then read in compiled form.
nodeModule.enableCompileCache?.();
const {default: meow} = await import('meow');

const helpText = `
Examples
  $ devresdbg ccp-reload                     Step through the reported bug
  $ devresdbg run ccp-reload                 Say what happens in it, without a screen
  $ devresdbg run ccp-reload --kernel all    Compare all kernels
  $ devresdbg my-scenario.yaml               Step through a scenario of your own
  $ dmesg | devresdbg -                      Step through a kernel log

Usage
  $ devresdbg [FILE]       Open a scenario, a saved recording or a kernel log; without FILE choose one
  $ devresdbg run FILE     Print a report
  $ devresdbg list         Name the scenarios and kernels that come with it
  $ devresdbg schema       Print the JSON Schema of scenarios

Options
  --kernel NAME    Run a scenario under another kernel; with "run", "all" compares them
  --format FORMAT  text, json or dmesg
  --save FILE      Save the recording, to be opened later
  --input FORMAT   Read FILE as this kind of kernel log
  --plain          Lines instead of panes, for screen readers
  --no-color       No colours
  -h, --help       Show this text
  -v, --version    Show the version

Exit codes
  0 fine, 1 an expectation failed, 2 wrong usage, 3 invalid scenario, 4 unreadable input
`;

function parse() {
	return meow(helpText, {
		importMeta: import.meta,
		description: false,
		autoHelp: false,
		autoVersion: false,
		flags: {
			kernel: {type: 'string'},
			format: {type: 'string'},
			save: {type: 'string'},
			input: {type: 'string'},
			plain: {type: 'boolean', default: false},
			color: {type: 'boolean', default: true},
			help: {type: 'boolean', shortFlag: 'h', default: false},
			version: {type: 'boolean', shortFlag: 'v', default: false},
		},
	});
}

/** Flags that can't be parsed, such as one given twice, come as an error of the parser. */
function tryToParse(): ReturnType<typeof parse> | null {
	try {
		return parse();
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return null;
	}
}

async function main(): Promise<number> {
	const cli = tryToParse();
	if (cli === null) return 2;
	const {flags, input, help} = cli;
	if (flags.help) {
		console.log(help.trim());
		return 0;
	}
	if (flags.version) cli.showVersion();
	const {dispatch} = await import('./commands/dispatch.ts');
	return dispatch(input, flags, process.argv.slice(2));
}

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	process.exit(error.code === 'EPIPE' ? 0 : 2);
});
process.exitCode = await main();
