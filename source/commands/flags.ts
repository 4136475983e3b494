/** Commands for the debugger from the command line. */
export type CommandSource = {
	/** `-x` gives a file's path, `-e` a command. */
	readonly kind: 'file' | 'command';
	readonly text: string;
};

/** Options of the command line, as given: none is checked yet. */
export type Flags = {
	/** Of the report: `text`, `json`, `dmesg`, `ktap` or `markdown`, as far as the command knows it. */
	readonly format?: string | undefined;

	/** Name of a revision, or `all`. */
	readonly kernel?: string | undefined;

	/** File to write the recording to. */
	readonly save?: string | undefined;

	/** Format to convert to. */
	readonly to?: string | undefined;

	/** File to write what was converted to. */
	readonly output?: string | undefined;

	/** Run a demo as a test. */
	readonly check?: boolean | undefined;

	/** File to write a demo to as an asciicast. */
	readonly cast?: string | undefined;

	/** Version of the asciicast. */
	readonly castVersion?: string | undefined;

	/** File to write a demo to as a picture. */
	readonly svg?: string | undefined;

	/** Number of the caption whose screen alone is in the picture. */
	readonly frame?: string | undefined;

	/** Columns and rows of what is written, `80x24`. */
	readonly size?: string | undefined;

	/** Format of the input, instead of looking at it. */
	readonly input?: string | undefined;

	/** Devices that `diff` compares: `ADDRESS` or `A=B`, several with commas. */
	readonly device?: string | undefined;

	/** Folder of exercises, instead of those that come with the program. */
	readonly exercises?: string | undefined;

	/** All exercises, not one. */
	readonly all?: boolean | undefined;

	/** Exercises are proven, not graded. */
	readonly authoring?: boolean | undefined;

	/** Line mode instead of panes. */
	readonly plain?: boolean | undefined;

	/** Files of commands and single ones, in the order given. */
	readonly commands?: readonly CommandSource[] | undefined;

	/** False for `--no-color`. */
	readonly color?: boolean | undefined;
};
