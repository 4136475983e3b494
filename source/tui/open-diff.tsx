import {DiffApp} from './diff-app.tsx';
import {type DiffOpening, openedDiff} from './diff-state.ts';
import type {TuiOptions} from './open-tui.tsx';
import {runInk} from './run-ink.tsx';
import {createTheme} from './theme.ts';

/** What the two executions are given of their surroundings. */
export type DiffOptions = DiffOpening &
	Pick<TuiOptions, 'stdin' | 'stdout' | 'stderr' | 'color' | 'ascii' | 'suspend'>;

/** Shows two executions side by side on the whole terminal until the reader leaves. Gives the exit code. */
export function openDiff(options: DiffOptions): Promise<number> {
	const {color, ascii, suspend} = options;
	const theme = createTheme({color, ascii});
	return runInk(<DiffApp initial={openedDiff(options)} theme={theme} suspend={suspend} />, options);
}
