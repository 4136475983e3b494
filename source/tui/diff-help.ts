import {diffKeymap} from './diff-keymap.ts';
import {shownKey} from './keymap.ts';
import {emptyRow, line, type Row, rowOf, span} from './row.ts';
import {column} from './text-width.ts';
import type {Glyphs} from './theme.ts';

function explained(key: string, text: string): Row {
	return rowOf(span(`  ${column(key, 20, '')}`, 'key'), span(text));
}

/** The keys, and what the marks mean. */
export function diffHelp(glyphs: Glyphs): readonly Row[] {
	return [
		line('Two executions side by side', 'title'),
		...diffKeymap.map(({keys, help}) => explained(keys.map(shownKey).join(' or '), help)),
		emptyRow,
		line('Marks between the rows', 'title'),
		explained(glyphs.equal, 'the same in both'),
		explained(glyphs.unequal, 'in both, but not the same'),
		explained(glyphs.onlyLeft, 'only in A'),
		explained(glyphs.onlyRight, 'only in B'),
		explained(glyphs.untold, 'in one, and the other recording cannot tell'),
		emptyRow,
		line('Marks before the nodes', 'title'),
		explained(glyphs.added, 'was added since the row before'),
		explained(glyphs.moved, 'moved to todo since the row before'),
		explained(glyphs.releasing, 'its release callback is running'),
		explained(glyphs.released, 'was released'),
		explained(glyphs.removed, 'left the list since the row before'),
		explained(
			`${glyphs.onlyLeft} or ${glyphs.onlyRight}`,
			'the other recording never has this node',
		),
	];
}
