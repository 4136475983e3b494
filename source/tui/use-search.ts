import {useEffect} from 'react';
import type {Search} from '../recording/search.ts';
import {searchEnded, searchTold} from './searching.ts';
import {workInTurns} from './turns.ts';
import type {ScreenState} from './view-state.ts';

/** Milliseconds between two words about a search: what takes less is not told. */
const tellEvery = 200;

/** Advances what the screen waits for. */
export function useSearch(
	search: Search | null,
	change: (next: (before: ScreenState) => ScreenState) => void,
	fail: (error: unknown) => void,
): void {
	useEffect(() => {
		if (search === null) return;
		const told = setInterval(() => change((before) => searchTold(before, search)), tellEvery);
		const ended = () => change((before) => searchEnded(before, search));
		const stop = workInTurns(() => search.advance(), ended, fail);
		return () => {
			clearInterval(told);
			stop();
		};
	}, [search, change, fail]);
}
