/**
What a word may be: a scenario or file, a file alone, or one of so many names.

`formats` are those of the subcommand, a list is itself, the others are known to the program as a whole.
*/
export type Offer =
	| 'recordings'
	| 'files'
	| 'kernels'
	| 'inputs'
	| 'exports'
	| 'demos'
	| 'formats'
	| readonly string[];

/** One row of the table of options. */
export type Option = {
	/** Without dashes. */
	readonly name: string;

	/** One letter; absent where there is none. */
	readonly short?: string;

	/** What the help calls its value; absent for a switch. */
	readonly value?: string;

	/** What its value may be, for a shell to offer; absent where anything may be. */
	readonly offers?: Offer;

	/** It may be given more than once. */
	readonly isRepeated?: true;

	/** A switch that is on unless `--no-NAME` switches it off. */
	readonly isOn?: true;

	/** Every subcommand takes it. */
	readonly isCommon?: true;

	/** What it does. */
	readonly help: string;
};

const table = [
	{
		name: 'kernel',
		value: 'NAME',
		offers: 'kernels',
		help: 'Run a scenario under another kernel; with "run" or "check", "all" compares them',
	},
	{
		name: 'format',
		value: 'FORMAT',
		offers: 'formats',
		help: 'text or json; with "run" also dmesg, with "check" also ktap or markdown',
	},
	{
		name: 'command',
		short: 'x',
		value: 'FILE',
		offers: 'files',
		isRepeated: true,
		help: 'Run a file of debugger commands before anything else; "run" prints them and their answers',
	},
	{
		name: 'eval-command',
		short: 'e',
		value: 'COMMAND',
		isRepeated: true,
		help: 'Run one command; -x and -e may be given often, and run in that order',
	},
	{
		name: 'save',
		value: 'FILE',
		offers: 'files',
		help: 'Save the recording, to be opened later',
	},
	{
		name: 'to',
		value: 'FORMAT',
		offers: 'exports',
		help: 'Convert to jsonl, dmesg, ftrace, function_graph or perfetto',
	},
	{
		name: 'output',
		value: 'FILE',
		offers: 'files',
		help: 'Write what was converted to FILE instead of standard output',
	},
	{
		name: 'input',
		value: 'FORMAT',
		offers: 'inputs',
		help: 'Read FILE as this kind of kernel log',
	},
	{
		name: 'device',
		value: 'A=B',
		help: 'With "diff", compare these devices; several with commas',
	},
	{
		name: 'check',
		help: 'Run a demo as a test, without a screen; all demos without NAME',
	},
	{
		name: 'cast',
		value: 'FILE',
		offers: 'files',
		help: 'Write a demo as an asciicast',
	},
	{
		name: 'cast-version',
		value: 'N',
		help: 'With --cast, 3 for the newer format, or 2',
	},
	{
		name: 'svg',
		value: 'FILE',
		offers: 'files',
		help: 'Write a demo as a moving picture',
	},
	{
		name: 'frame',
		value: 'N',
		help: 'With --svg, the screen of caption N alone',
	},
	{
		name: 'size',
		value: 'CxR',
		help: 'Size of the screen in these files; 80x24 unless said otherwise',
	},
	{
		name: 'all',
		help: 'With "workshop verify", all exercises instead of one',
	},
	{
		name: 'authoring',
		help: 'With "workshop verify", prove that starters fail and solutions pass',
	},
	{
		name: 'exercises',
		value: 'DIR',
		offers: 'files',
		help: 'With "workshop", exercises of your own instead of those that come with it',
	},
	{
		name: 'plain',
		isCommon: true,
		help: 'Lines instead of panes, for screen readers',
	},
	{
		name: 'color',
		isOn: true,
		isCommon: true,
		help: 'No colours',
	},
	{
		name: 'help',
		short: 'h',
		isCommon: true,
		help: 'Show this text',
	},
	{
		name: 'version',
		short: 'v',
		isCommon: true,
		help: 'Show the version',
	},
] as const satisfies readonly Option[];

/** Names of all rows. */
export type OptionName = (typeof table)[number]['name'];

/** All options, in the order of the help. */
export const options: readonly (Option & {readonly name: OptionName})[] = table;
