/** Lines of a text, as a list gives them: a long text need not be cut into millions of strings for it. */
export type Lines = Iterable<string> & {
	/** Lines there are. */
	readonly length: number;

	/** A line by its index from 0; undefined where there is none. */
	readonly at: (index: number) => string | undefined;

	/** Lines from `start` up to, without, `end`; of all by default. */
	readonly slice: (start?: number, end?: number) => readonly string[];

	/** Whether there is a line that passes the test. */
	readonly some: (test: (line: string) => boolean) => boolean;

	/** Lines that pass the test. */
	readonly filter: (test: (line: string) => boolean) => readonly string[];
};
