import {useEffect} from 'react';
import type {Search} from '../recording/search.ts';
import {searchEnded, searchTold} from './searching.ts';
import type {ScreenState} from './view-state.ts';

/** Milliseconds between two words about a search: what takes less is not told. */
const tellEvery = 200;

/** Advances what the screen waits for, a slice in each turn of the event loop: keys are read between them. */
export function useSearch(
	search: Search | null,
	change: (next: (before: ScreenState) => ScreenState) => void,
	fail: (error: unknown) => void,
): void {
	useEffect(() => {
		if (search === null) return;
		const told = setInterval(() => change((before) => searchTold(before, search)), tellEvery);
		let turn = setImmediate(function goOn() {
			try {
				if (search.advance()) turn = setImmediate(goOn);
				else change((before) => searchEnded(before, search));
			} catch (error) {
				fail(error);
			}
		});
		return () => {
			clearInterval(told);
			clearImmediate(turn);
		};
	}, [search, change, fail]);
}
