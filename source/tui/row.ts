/** What a piece of text means; `theme.ts` decides how that looks. */
export type Style =
	| 'plain'
	| 'dim'
	| 'strong'
	| 'border'
	| 'title'
	| 'focus'
	| 'here'
	| 'added'
	| 'moved'
	| 'releasing'
	| 'released'
	| 'removed'
	| 'changed'
	| 'breakpoint'
	| 'action'
	| 'note'
	| 'log'
	| 'error'
	| 'key';

/** Text of one look. */
export type Span = {readonly text: string; readonly style: Style};

/** One line of a pane. */
export type Row = {
	/** From the left; together they may be narrower or wider than the pane. */
	readonly spans: readonly Span[];

	/** Drawn as the selection of its pane. */
	readonly selected?: boolean;
};

/** Text of one look, plain unless said otherwise. */
export function span(text: string, style: Style = 'plain'): Span {
	return {text, style};
}

/** A row that is not selected. */
export function rowOf(...spans: readonly Span[]): Row {
	return {spans};
}

/** A row of one look. */
export function line(text: string, style: Style = 'plain'): Row {
	return {spans: [{text, style}]};
}

/** A row without text: it is drawn as blanks. */
export const emptyRow: Row = {spans: []};

/** The row as it reads, without looks. */
export function textOfRow(row: Row): string {
	return row.spans.map((each) => each.text).join('');
}
