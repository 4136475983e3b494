#!/usr/bin/env node
import meow from 'meow';

const cli = meow(
	`
	Usage
	  $ devresdbg [FILE]

	Options
	  --help     Show this text
	  --version  Show the version
`,
	{importMeta: import.meta, allowUnknownFlags: false},
);

cli.showHelp(0);
