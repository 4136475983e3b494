import {describeReason} from '../debugger/stop-view.ts';
import {findingsOf} from '../findings/findings.ts';
import {drawScreen} from '../tui/draw.ts';
import type {Screen} from '../tui/screen.ts';
import type {ScreenState} from '../tui/view-state.ts';
import type {DemoScene} from './perform.ts';

/** A drawn screen of a demo. */
export type Frame = {
	/** Painted, from the top. */
	readonly lines: readonly string[];

	/** Milliseconds from the start of the film at which it comes. */
	readonly at: number;

	/** Number of the caption that it belongs to, from 1; 0 before the first. */
	readonly caption: number;

	/** What happens here that a reader may want to jump to: a caption, or a stop at a breakpoint. */
	readonly markers: readonly string[];
};

/** A demo as frames, each different from the one before. */
export type Film = {
	readonly title: string;
	readonly columns: number;
	readonly rows: number;

	/** In the order of time; the first comes at 0. */
	readonly frames: readonly Frame[];

	/** Milliseconds. */
	readonly duration: number;
};

function markersOf(before: ScreenState | null, {caption, session}: ScreenState): string[] {
	const markers: string[] = [];
	const number = caption?.number ?? 0;
	if (number !== (before?.caption?.number ?? 0)) markers.push(caption?.text ?? '');
	if (session === null || session.stop.kind !== 'breakpoint') return markers;
	const isMove = before !== null && before.session?.stop !== session.stop;
	if (isMove) markers.push(describeReason(session));
	return markers;
}

/** Draws the scenes of a demo. */
export function filmOf(title: string, scenes: Iterable<DemoScene>, screen: Screen): Film {
	const frames: Frame[] = [];
	let duration = 0;
	let before: ScreenState | null = null;
	for (const scene of scenes) {
		const {state} = scene;
		if (scene.duration > 0) {
			// A long recording is else drawn without them until somebody asks.
			if (state.session !== null) findingsOf(state.session.recording);
			const lines = drawScreen(state, screen);
			const markers = markersOf(before, state);
			const last = frames.at(-1);
			const isSame = last?.lines.every((line, y) => line === lines[y]) === true;
			if (!isSame || markers.length > 0) {
				frames.push({lines, at: duration, caption: state.caption?.number ?? 0, markers});
			}
			before = state;
		}
		duration += scene.duration;
	}
	return {title, columns: screen.columns, rows: screen.rows, frames, duration};
}
