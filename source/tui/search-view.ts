import type {Recording} from '../recording/recording.ts';
import type {Search} from '../recording/search.ts';

/** A search that a change of the screen needs. The screen stays as it is until the search is over, or is stopped. */
export type Searching<State> = {
	readonly search: Search;

	/** Happens then. */
	readonly change: (state: State) => State;

	/** What keys do that were pressed meanwhile: it comes after that. */
	readonly waiting: readonly ((state: State) => State)[];

	/** What the recording has grown to meanwhile; it is shown after that. Null where it has not. */
	readonly grown: Recording | null;

	/** How far it has come, from 0 to 1; null while it is too short to be told. */
	readonly share: number | null;
};
