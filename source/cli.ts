#!/usr/bin/env node
import nodeModule from 'node:module';
import {parseArgs} from 'node:util';
import {setFlagsFromString} from 'node:v8';
import manifest from '../package.json' with {type: 'json'};

// Reading the program costs more than running it. What is imported below is then read in compiled form.
const cache = nodeModule.enableCompileCache?.();

const helpText = `
Examples
  $ devresdbg ccp-reload                     Step through the reported bug
  $ devresdbg run ccp-reload                 Say what happens in it, without a screen
  $ devresdbg run ccp-reload --kernel all    Compare all kernels
  $ devresdbg check ccp-reload               Say what is wrong in it, and prove it
  $ devresdbg check ccp-reload --kernel all  Say which kernels are affected
  $ devresdbg diff trace.txt ccp-reload      Where a real kernel and a scenario part ways
  $ devresdbg diff ccp-reload@v9-series ccp-reload@v6.14
                                             The same for two kernels
  $ devresdbg my-scenario.yaml               Step through a scenario of your own
  $ devresdbg run ccp-reload -x check.dbg    Run a file of debugger commands and print what they say
  $ devresdbg trace.txt                      Step through a log or trace of a real kernel
  $ dmesg -w | devresdbg -                   Follow a log while it is written
  $ devresdbg convert bug.txt --to perfetto  Write it for another program to show

Usage
  $ devresdbg [FILE]       Open a scenario, a saved recording or a kernel log; without FILE choose one
  $ devresdbg run FILE     Print a report
  $ devresdbg convert FILE Write it in another format: --to FORMAT, or told by the end of --output
  $ devresdbg check FILE…  Say what is wrong in recordings, scenarios or logs
  $ devresdbg diff A B     Compare two recordings by device and phase; SCENARIO@KERNEL names one, too
  $ devresdbg demo [NAME]  Show a demo; without NAME say which there are
  $ devresdbg list         Name the scenarios, kernels and demos that come with it
  $ devresdbg schema       Print the JSON Schema of scenarios

Options
  --kernel NAME    Run a scenario under another kernel; with "run" or "check", "all" compares them
  --format FORMAT  text or json; with "run" also dmesg, with "check" also ktap or markdown
  -x FILE          Run a file of debugger commands before anything else; "run" prints them and their answers
  -e COMMAND       Run one command; -x and -e may be given often, and run in that order
  --save FILE      Save the recording, to be opened later
  --to FORMAT      Convert to jsonl, dmesg, ftrace, function_graph or perfetto
  --output FILE    Write what was converted to FILE instead of standard output
  --input FORMAT   Read FILE as this kind of kernel log
  --device A=B     With "diff", compare these devices; several with commas
  --check          Run a demo as a test, without a screen; all demos without NAME
  --cast FILE      Write a demo as an asciicast; --cast-version 3 for the newer format
  --svg FILE       Write a demo as a moving picture; --frame N takes the screen of caption N alone
  --size CxR       Size of the screen in these files; 80x24 unless said otherwise
  --plain          Lines instead of panes, for screen readers
  --no-color       No colours
  -h, --help       Show this text
  -v, --version    Show the version

Exit codes
  0 fine, 1 an expectation or assertion failed, an error was found or recordings differ,
  2 wrong usage or no such file, 3 invalid scenario, 4 input of no known format, 130 interrupted
`;

const {values, positionals, tokens} = parseArgs({
	tokens: true,
	// Unknown and doubled options are found where their neighbours can be suggested.
	strict: false,
	allowPositionals: true,
	allowNegative: true,
	options: {
		kernel: {type: 'string'},
		format: {type: 'string'},
		save: {type: 'string'},
		to: {type: 'string'},
		output: {type: 'string'},
		input: {type: 'string'},
		check: {type: 'boolean', default: false},
		cast: {type: 'string'},
		'cast-version': {type: 'string'},
		svg: {type: 'string'},
		frame: {type: 'string'},
		size: {type: 'string'},
		command: {type: 'string', short: 'x', multiple: true},
		'eval-command': {type: 'string', short: 'e', multiple: true},
		device: {type: 'string'},
		plain: {type: 'boolean', default: false},
		color: {type: 'boolean', default: true},
		help: {type: 'boolean', short: 'h', default: false},
		version: {type: 'boolean', short: 'v', default: false},
	},
});

function text(value: string | boolean | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** Commands in the order they were given, of both kinds. */
const commandSources = tokens.flatMap((token): {kind: 'file' | 'command'; text: string}[] => {
	if (token.kind !== 'option' || typeof token.value !== 'string') return [];
	if (token.name === 'command') return [{kind: 'file', text: token.value}];
	return token.name === 'eval-command' ? [{kind: 'command', text: token.value}] : [];
});

async function main(): Promise<number> {
	if (values.help || positionals[0] === 'help') {
		console.log(helpText.trim());
		return 0;
	}
	if (values.version) {
		console.log(manifest.version);
		return 0;
	}
	const flags = {
		kernel: text(values.kernel),
		format: text(values.format),
		save: text(values.save),
		to: text(values.to),
		output: text(values.output),
		input: text(values.input),
		check: values.check === true,
		cast: text(values.cast),
		castVersion: text(values['cast-version']),
		svg: text(values.svg),
		frame: text(values.frame),
		size: text(values.size),
		commands: commandSources,
		device: text(values.device),
		plain: values.plain === true,
		color: values.color !== false,
	};
	// Only what is compiled when it is read gets into the cache: functions left for their first call would be compiled
	// anew at every start.
	if (cache?.directory !== undefined) setFlagsFromString('--no-lazy');
	const {dispatch} = await import('./commands/dispatch.ts');
	return dispatch(positionals, flags, process.argv.slice(2));
}

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', ({code}: NodeJS.ErrnoException) => {
	if (code === 'EPIPE') process.exit(0);
	console.error(`standard output can't be written: ${code}`);
	process.exit(2);
});
process.exitCode = await main();
