/** Command lines that are worth trying first, each with what it does. */
export const examples: readonly (readonly [string, string])[] = [
	['devresdbg ccp-reload', 'Step through the reported bug'],
	['devresdbg run ccp-reload', 'Say what happens in it, without a screen'],
	['devresdbg run ccp-reload --kernel all', 'Compare all kernels'],
	['devresdbg check ccp-reload', 'Say what is wrong in it, and prove it'],
	['devresdbg check ccp-reload --kernel all', 'Say which kernels are affected'],
	['devresdbg diff trace.txt ccp-reload', 'Where a real kernel and a scenario part ways'],
	['devresdbg diff ccp-reload@v9-series ccp-reload@v6.14', 'The same for two kernels'],
	['devresdbg my-scenario.yaml', 'Step through a scenario of your own'],
	[
		'devresdbg run ccp-reload -x check.dbg',
		'Run a file of debugger commands and print what they say',
	],
	['devresdbg trace.txt', 'Step through a log or trace of a real kernel'],
	['dmesg -w | devresdbg -', 'Follow a log while it is written'],
	['devresdbg convert bug.txt --to perfetto', 'Write it for another program to show'],
];

/** What the program ends with, and what each code means. */
export const exitCodes: readonly (readonly [number, string])[] = [
	[0, 'fine'],
	[1, 'an expectation or assertion failed, an error was found or recordings differ'],
	[2, 'wrong usage or no such file'],
	[3, 'invalid scenario'],
	[4, 'input of no known format'],
	[130, 'interrupted'],
];

/** Variables that change what the program does, each with how. */
export const environmentVariables: readonly (readonly [string, string])[] = [
	['NO_COLOR', 'Where it is not empty, there are no colours.'],
	['TERM', 'On a terminal that is dumb there are lines instead of panes.'],
	['LC_ALL, LC_CTYPE, LANG', 'In a locale that is not of UTF-8 borders and marks are ASCII.'],
	[
		'NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE',
		"Where, and whether, the program is kept compiled between runs; by default in Node's folder among temporary files.",
	],
];
