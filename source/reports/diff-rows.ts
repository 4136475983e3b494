import {type AlignedRow, changeOf, rowText, type Side} from '../diff/comparison.ts';

/** Equal rows that are shown around a difference. */
const context = 3;

/** Rows of one kind in a row that are shown whole; of more, the first ones. */
const longestRun = 10;

type Marked = {
	readonly mark: ' ' | '-' | '+' | '?';
	readonly text: string;
	readonly isFirst: boolean;
};

function loneText({a, b}: AlignedRow): string {
	const texts = [
		a === null ? '' : `${rowText(a)}   only in A`,
		b === null ? '' : `${rowText(b)}   only in B`,
	];
	return texts.join('');
}

/** A changed row takes two lines: what A has, what B has. */
function marked(row: AlignedRow, isFirst: boolean): Marked[] {
	const text = (side: Side): string => (row[side] === null ? '' : rowText(row[side]));
	switch (row.verdict) {
		case 'equal':
			return [{mark: ' ', text: text('a'), isFirst: false}];
		case 'unknown':
			return [{mark: '?', text: loneText(row), isFirst: false}];
		case 'only-a':
			return [{mark: '-', text: text('a'), isFirst}];
		case 'only-b':
			return [{mark: '+', text: text('b'), isFirst}];
		case 'changed':
			return [
				{mark: '-', text: text('a'), isFirst},
				{mark: '+', text: `${text('b')}   ${changeOf(row)}`, isFirst: false},
			];
	}
}

const meanings = {' ': 'equal', '-': 'only in A', '+': 'only in B', '?': 'told by one alone'};

/** The lines of a run of one kind: equal rows only near others, of many the first. */
function runLines(run: readonly Marked[], isFirstRun: boolean, isLastRun: boolean): string[] {
	const mark = run[0]?.mark ?? ' ';
	const before = mark === ' ' ? (isFirstRun ? 0 : context) : longestRun;
	const after = mark === ' ' && !isLastRun ? context : 0;
	const skipped = run.length - before - after;
	const shown = run.map(
		({text, isFirst}) => `${mark} ${text}${isFirst ? '   <- the first difference' : ''}`,
	);
	if (skipped < 2) return shown;
	return [
		...shown.slice(0, before),
		`  ... ${skipped} more ${meanings[mark]}`,
		...shown.slice(shown.length - after),
	];
}

function runsOf(lines: readonly Marked[]): Marked[][] {
	const runs: Marked[][] = [];
	for (const line of lines) {
		const last = runs.at(-1);
		if (last?.[0]?.mark === line.mark) last.push(line);
		else runs.push([line]);
	}
	return runs;
}

/** Rows like a unified diff, each difference with a few equal rows around it; `first` is the index of the first difference. */
export function rowLines(rows: readonly AlignedRow[], first: number | null): string[] {
	const runs = runsOf(rows.flatMap((row, index) => marked(row, index === first)));
	return runs.flatMap((run, index) => runLines(run, index === 0, index === runs.length - 1));
}
