/** What is wrong in a text from outside, and where. Importers, loaders and scenarios report with it. */
export type LocatedError = {
	/** 1-based; null where the error concerns the text as a whole. */
	readonly line: number | null;

	/** 1-based, in UTF-16 units; null where not known. */
	readonly column: number | null;

	/** One sentence without a final full stop. */
	readonly message: string;

	/** The offending line from its beginning, cleaned; may be cut behind the column. */
	readonly text?: string;

	/** What to try next. */
	readonly hint?: string;
};
