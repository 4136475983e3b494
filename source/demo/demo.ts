/** What a demo opens. */
export type DemoInput = {
	/** A scenario that comes with the program, or a path from the demo's folder. */
	readonly file: string;

	/** Revision to run a scenario under; null for its own. */
	readonly kernel: string | null;

	/** 1-based line that says so. */
	readonly line: number;
};

/** What a line of a demo does. */
export type Action =
	| {
			readonly kind: 'caption';

			/** Two lines of 80 columns at most. */
			readonly text: string;
	  }
	| {
			readonly kind: 'pause';

			/** Milliseconds. */
			readonly duration: number;
	  }
	| {
			readonly kind: 'type';

			/** A command, which is seen being typed. */
			readonly text: string;
	  }
	| {
			readonly kind: 'key';

			/** As `keysOf` names them, at least one. */
			readonly keys: readonly string[];
	  }
	| {
			readonly kind: 'command';

			/** A command, which is run at once. */
			readonly text: string;
	  };

/** A line of a demo. */
export type Step = {
	readonly action: Action;

	/** Where it stands in the file, and the column of what it does, both 1-based. */
	readonly line: number;
	readonly column: number;

	/** The line as it is written. */
	readonly source: string;
};

/** What to open and what to do there, with words to it. */
export type Demo = {
	/** How messages call it: the file's path. */
	readonly name: string;

	/** One line. */
	readonly title: string;
	readonly input: DemoInput;

	/** At least one. */
	readonly steps: readonly Step[];
};

/** How many captions a demo has. */
export function captionCount({steps}: Demo): number {
	return steps.filter(({action}) => action.kind === 'caption').length;
}
