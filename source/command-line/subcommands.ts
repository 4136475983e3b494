import type {Offer, OptionName} from './options.ts';

/** One row of the table that the help, the checks, the completion and the manual page are made from. */
export type Subcommand = {
	/** Empty for opening, which needs no word of its own. */
	readonly name: string;

	/** Words behind the name, as the help shows them; empty for none. */
	readonly operands: string;

	/** At least so many of them. */
	readonly fewest: number;

	/** And at most so many. */
	readonly most: number;

	/** What is needed, in words, and what to do where it is missing. */
	readonly needs?: {readonly what: string; readonly hint: string};

	/** What an operand may be; absent where there is none. */
	readonly offers?: Offer;

	/** What it does. */
	readonly help: string;

	/** Options that it takes, beside those that all take. */
	readonly options: readonly OptionName[];

	/** What `--format` may be. */
	readonly formats?: readonly string[];

	/** `--kernel all` compares them. */
	readonly comparesKernels?: true;
};

const named = '`devresdbg list` names the scenarios';

/** What `workshop` does, by the word behind it. */
export const workshopActs = [
	'init',
	'list',
	'next',
	'show',
	'verify',
	'watch',
	'hint',
	'reset',
	'solution',
] as const;

const table = [
	{
		name: '',
		operands: '[FILE]',
		fewest: 0,
		most: 1,
		offers: 'recordings',
		help: 'Open a scenario, a saved recording or a kernel log; without FILE choose one',
		// Without a terminal it is `run`.
		options: ['kernel', 'format', 'command', 'eval-command', 'save', 'input'],
		formats: ['text', 'json', 'dmesg'],
		comparesKernels: true,
	},
	{
		name: 'run',
		operands: 'FILE',
		fewest: 1,
		most: 1,
		needs: {what: 'a FILE', hint: named},
		offers: 'recordings',
		help: 'Print a report',
		options: ['kernel', 'format', 'command', 'eval-command', 'save', 'input'],
		formats: ['text', 'json', 'dmesg'],
		comparesKernels: true,
	},
	{
		name: 'convert',
		operands: 'FILE',
		fewest: 1,
		most: 1,
		needs: {
			what: 'a FILE',
			hint: '`devresdbg convert FILE --to FORMAT`, FILE is - for standard input',
		},
		offers: 'recordings',
		help: 'Write it in another format: --to FORMAT, or told by the end of --output',
		options: ['kernel', 'to', 'output', 'input'],
	},
	{
		name: 'check',
		operands: 'FILE…',
		fewest: 1,
		most: Number.POSITIVE_INFINITY,
		needs: {what: 'a FILE', hint: named},
		offers: 'recordings',
		help: 'Say what is wrong in recordings, scenarios or logs',
		options: ['kernel', 'format', 'input'],
		formats: ['text', 'json', 'ktap', 'markdown'],
		comparesKernels: true,
	},
	{
		name: 'diff',
		operands: 'A B',
		fewest: 2,
		most: 2,
		needs: {
			what: 'two recordings',
			hint: 'as in `devresdbg diff ccp-reload@v9-series ccp-reload@v6.14`',
		},
		offers: 'recordings',
		help: 'Compare two recordings by device and phase; SCENARIO@KERNEL names one, too',
		options: ['kernel', 'format', 'input', 'device'],
		formats: ['text', 'json'],
	},
	{
		name: 'demo',
		operands: '[NAME]',
		fewest: 0,
		most: 1,
		offers: 'demos',
		help: 'Show a demo; without NAME say which there are',
		options: ['check', 'cast', 'cast-version', 'svg', 'frame', 'size'],
	},
	{
		name: 'workshop',
		operands: '[ACT] [NAME]',
		fewest: 0,
		most: 2,
		offers: workshopActs,
		help: 'Learn by exercises: init DIR, next, list, show, verify, watch, hint, reset',
		options: ['format', 'exercises', 'all', 'authoring'],
		formats: ['text', 'json', 'ktap'],
	},
	{
		name: 'list',
		operands: '',
		fewest: 0,
		most: 0,
		help: 'Name the scenarios, kernels, demos and exercises that come with it',
		options: ['format'],
		formats: ['text', 'json'],
	},
	{
		name: 'schema',
		operands: '',
		fewest: 0,
		most: 0,
		help: 'Print the JSON Schema of scenarios',
		options: [],
	},
	{
		name: 'completion',
		operands: 'SHELL',
		fewest: 1,
		most: 1,
		needs: {what: 'a SHELL', hint: 'bash, zsh or fish'},
		offers: ['bash', 'zsh', 'fish'],
		help: 'Print what completes words in bash, zsh or fish',
		options: [],
	},
] as const satisfies readonly Subcommand[];

/** Names of all rows. */
export type SubcommandName = (typeof table)[number]['name'];

/** All subcommands, in the order of the help. */
export const subcommands: readonly (Subcommand & {readonly name: SubcommandName})[] = table;

/** Opening: what the program does where the first word is no subcommand. */
export const opening: Subcommand & {readonly name: SubcommandName} = table[0];
