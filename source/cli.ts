#!/usr/bin/env node
import nodeModule from 'node:module';
import {parseArgs} from 'node:util';
import {setFlagsFromString} from 'node:v8';
import manifest from '../package.json' with {type: 'json'};
import {helpText} from './command-line/help.ts';
import {type OptionName, options} from './command-line/options.ts';
import {subcommands} from './command-line/subcommands.ts';
import {loadProgram} from './commands/compiled-program.ts';

// Reading the program costs more than running it: it is kept in compiled form, where Node keeps such.
nodeModule.enableCompileCache?.();

const {values, positionals, tokens} = parseArgs({
	tokens: true,
	// Unknown and doubled options are found where their neighbours can be suggested.
	strict: false,
	allowPositionals: true,
	allowNegative: true,
	options: Object.fromEntries(
		options.map(({name, short, value}) => [
			name,
			{
				type: value === undefined ? ('boolean' as const) : ('string' as const),
				...(short === undefined ? {} : {short}),
			},
		]),
	),
});

function text(name: OptionName): string | undefined {
	const value = values[name];
	return typeof value === 'string' ? value : undefined;
}

function isOn(name: OptionName): boolean {
	const {[name]: value = options.find((option) => option.name === name)?.isOn === true} = values;
	return value === true;
}

/** Commands in the order they were given, of both kinds. */
const commandSources = tokens.flatMap((token): {kind: 'file' | 'command'; text: string}[] => {
	if (token.kind !== 'option' || typeof token.value !== 'string') return [];
	if (token.name === 'command') return [{kind: 'file', text: token.value}];
	return token.name === 'eval-command' ? [{kind: 'command', text: token.value}] : [];
});

/** Runs that are named alike use the same parts of the program. */
function kindOfRun(): string {
	const [first = ''] = positionals;
	const name = subcommands.some((subcommand) => subcommand.name === first) ? first : 'open';
	const last = name === 'open' ? first : (positionals[1] ?? '');
	const operand = last === '' ? 'nothing' : /\.ya?ml$|^[^.]*$/i.test(last) ? 'scenario' : 'file';
	return [name, operand, process.stdout.isTTY && !isOn('plain') ? 'screen' : 'lines'].join('-');
}

async function main(): Promise<number> {
	if (isOn('help') || positionals[0] === 'help') {
		console.log(helpText());
		return 0;
	}
	if (isOn('version')) {
		console.log(manifest.version);
		return 0;
	}
	const flags = {
		kernel: text('kernel'),
		format: text('format'),
		save: text('save'),
		to: text('to'),
		output: text('output'),
		input: text('input'),
		check: isOn('check'),
		cast: text('cast'),
		castVersion: text('cast-version'),
		svg: text('svg'),
		frame: text('frame'),
		size: text('size'),
		commands: commandSources,
		exercises: text('exercises'),
		all: isOn('all'),
		authoring: isOn('authoring'),
		device: text('device'),
		plain: isOn('plain'),
		color: isOn('color'),
	};
	// A larger nursery to begin with: what a start makes is mostly kept, and each collection would copy it.
	setFlagsFromString('--semi-space-growth-factor=16');
	// What was compiled stays so, until it is left for the next run.
	setFlagsFromString('--no-flush-bytecode');
	const {dispatch} = await loadProgram(
		import.meta,
		nodeModule.getCompileCacheDir?.() ?? null,
		kindOfRun(),
	);
	return dispatch(positionals, flags, process.argv.slice(2));
}

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', ({code}: NodeJS.ErrnoException) => {
	if (code === 'EPIPE') process.exit(0);
	console.error(`standard output can't be written: ${code}`);
	process.exit(2);
});
// Where nobody can be told what is wrong, the exit code still tells that something is.
process.stderr.on('error', () => {});
// A fault of ours. Node would print the line where it is, too: of a bundle that is a large part of the program.
process.on('uncaughtException', ({stack}) => {
	console.error(`devresdbg stopped because of a fault of its own:\n${stack}`);
	process.exit(1);
});
process.exitCode = await main();
