import type {Comparison, Side} from '../diff/comparison.ts';
import type {Recording} from '../recording/recording.ts';
import {diffIndexOf, ordinalOf} from './diff-index.ts';

/** What has the whole screen: nothing, the rows, or the lists of the side that is looked at. */
export type DiffZoom = 'none' | 'rows' | 'lists';

/** Everything the screen of two recordings shows. Immutable. */
export type DiffState = {
	/** What came of comparing them. */
	readonly comparison: Comparison;

	/** The recordings and how they are called. */
	readonly sides: {readonly [side in Side]: {readonly name: string; readonly recording: Recording}};

	/** Ordinal of the current row; 0 while there is none. */
	readonly at: number;

	/** Ordinal of the row that was current before: what has changed since then is marked. */
	readonly before: number;

	/** The side that is looked at: events are counted in it. */
	readonly side: Side;

	/** What has all the room. */
	readonly zoom: DiffZoom;

	/** First row of the help that is in sight; null while it is closed. */
	readonly help: number | null;

	/** Number that is being typed; null while keys are commands. */
	readonly typed: string | null;

	/** Answer to the last key; null for none. */
	readonly message: string | null;

	/** Exit code once the reader has left; null before. */
	readonly exit: number | null;
};

/** What the screen is opened with. */
export type DiffOpening = Pick<DiffState, 'comparison' | 'sides'>;

/** A screen that has just been opened: at the first difference, where there is one. */
export function openedDiff({comparison, sides}: DiffOpening): DiffState {
	const {first} = comparison;
	const at = first === null ? 0 : ordinalOf(diffIndexOf(comparison), first);
	return {
		comparison,
		sides,
		at,
		before: Math.max(0, at - 1),
		side: 'a',
		zoom: 'none',
		help: null,
		typed: null,
		message: first === null ? 'No difference.' : 'The first difference.',
		exit: null,
	};
}
