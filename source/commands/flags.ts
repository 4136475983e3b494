/** Options of the command line, as given: none is checked yet. */
export type Flags = {
	readonly format?: string | undefined;
	readonly kernel?: string | undefined;
	readonly save?: string | undefined;
	readonly input?: string | undefined;

	/** Line mode instead of panes. */
	readonly plain?: boolean | undefined;

	/** False for `--no-color`. */
	readonly color?: boolean | undefined;
};
