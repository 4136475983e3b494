import {useApp, useInput, useWindowSize} from 'ink';
import {useCallback, useEffect, useMemo, useState} from 'react';
import type {Session} from '../debugger/session.ts';
import type {Recording} from '../recording/recording.ts';
import {drawScreen} from './draw.ts';
import {keysOf} from './keys.ts';
import {replied} from './lesson.ts';
import type {LessonRequest} from './lesson-view.ts';
import {opened} from './press-in-chooser.ts';
import type {Loaded} from './screen.ts';
import {ScreenLines} from './screen-lines.tsx';
import {pressOrSearch, withGrown} from './searching.ts';
import {advanced} from './show.ts';
import type {Theme} from './theme.ts';
import {useFindings} from './use-findings.ts';
import {useSearch} from './use-search.ts';
import type {LessonReply, ScreenState} from './view-state.ts';

type Props = {
	readonly initial: ScreenState;
	readonly theme: Theme;

	/** Opens what was chosen in the chooser. */
	readonly load: (path: string) => Promise<Loaded>;

	/** How the recording grows; null for one that is whole. */
	readonly growth: AsyncIterable<Recording> | null;

	/** Answers what the learner asks about an exercise; absent where there is none. */
	readonly teach?: ((request: LessonRequest, session: Session) => Promise<LessonReply>) | undefined;

	/** Stops the process until it is continued; absent where that can't be done. */
	readonly suspend?: (() => Promise<void>) | undefined;
};

/** Shows the recording as it grows. */
async function follow(
	growth: AsyncIterable<Recording>,
	change: (next: (before: ScreenState) => ScreenState) => void,
): Promise<void> {
	for await (const recording of growth) {
		change((before) => withGrown(before, recording));
	}
	change((before) => ({...before, isLive: false}));
}

/** Keys in, lines out: what they mean is decided in `press`, how it looks in `drawScreen`. */
export function App({initial, theme, load, growth, teach, suspend}: Props) {
	const {exit, suspendTerminal} = useApp();
	const {columns, rows} = useWindowSize();
	const [state, setState] = useState(initial);
	const opening = state.chooser?.opening ?? null;

	useInput((input, key) => {
		const keys = keysOf(input, key);
		setState((before) =>
			keys.reduce((after, each) => pressOrSearch(after, each, {columns, rows, theme}), before),
		);
		if (keys.includes('ctrl-z') && suspend !== undefined) suspendTerminal(suspend).catch(exit);
	});

	useEffect(() => {
		if (state.exit !== null) exit(state.exit);
	}, [state.exit, exit]);

	useEffect(() => {
		if (opening === null) return;
		load(opening).then((loaded) => setState((before) => opened(before, loaded)), exit);
	}, [opening, load, exit]);

	const {asking = null, session} = state;
	// biome-ignore lint/correctness/useExhaustiveDependencies: a question is asked once, of the session at that time.
	useEffect(() => {
		if (asking === null || session === null || teach === undefined) return;
		teach(asking, session).then((reply) => setState((before) => replied(before, reply)), exit);
	}, [asking, teach, exit]);

	useEffect(() => {
		if (growth !== null) follow(growth, setState).catch(exit);
	}, [growth, exit]);
	const {playing = null} = state;
	useEffect(() => {
		if (playing === null || playing.isPaused || playing.scene.isLast) return;
		const timer = setTimeout(
			() => setState((before) => advanced(before, playing, {columns, rows, theme})),
			playing.scene.duration,
		);
		return () => clearTimeout(timer);
	}, [playing, columns, rows, theme]);
	useSearch(state.searching?.search ?? null, setState, exit);
	const drawAgain = useCallback(() => setState((before) => ({...before})), []);
	useFindings(state.session?.recording ?? null, state.isLive === true, drawAgain, exit);

	const lines = useMemo(
		() => drawScreen(state, {columns, rows, theme}),
		[state, columns, rows, theme],
	);
	return <ScreenLines lines={lines} columns={columns} />;
}
