import {useApp, useInput, useWindowSize} from 'ink';
import {useEffect, useMemo, useState} from 'react';
import {drawDiff} from './diff-draw.ts';
import type {DiffState} from './diff-state.ts';
import {keysOf} from './keys.ts';
import {pressInDiff} from './press-in-diff.ts';
import {ScreenLines} from './screen-lines.tsx';
import type {Theme} from './theme.ts';

type Props = {
	readonly initial: DiffState;
	readonly theme: Theme;

	/** Stops the process until it is continued; absent where that can't be done. */
	readonly suspend?: (() => Promise<void>) | undefined;
};

/** Keys in, lines out: what they mean is decided in `pressInDiff`, how it looks in `drawDiff`. */
export function DiffApp({initial, theme, suspend}: Props) {
	const {exit, suspendTerminal} = useApp();
	const {columns, rows} = useWindowSize();
	const [state, setState] = useState(initial);

	useInput((input, key) => {
		const keys = keysOf(input, key);
		setState((before) =>
			keys.reduce((after, each) => pressInDiff(after, each, {columns, rows, theme}), before),
		);
		if (keys.includes('ctrl-z') && suspend !== undefined) suspendTerminal(suspend).catch(exit);
	});

	useEffect(() => {
		if (state.exit !== null) exit(state.exit);
	}, [state.exit, exit]);

	const lines = useMemo(
		() => drawDiff(state, {columns, rows, theme}),
		[state, columns, rows, theme],
	);
	return <ScreenLines lines={lines} columns={columns} />;
}
