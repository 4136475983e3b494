import {useEffect} from 'react';
import {findingsOf} from '../findings/findings.ts';
import type {Recording} from '../recording/recording.ts';
import {attempt} from '../recording/search.ts';
import {areFindingsPending} from './finding-marks.ts';

/** Looks for what is wrong in a long recording after it was drawn, a slice in each turn of the event loop: neither the first screen nor a key waits. */
export function useFindings(recording: Recording | null, draw: () => void): void {
	useEffect(() => {
		if (recording === null || !areFindingsPending(recording)) return;
		const sought = attempt(() => findingsOf(recording));
		if (sought.ok) return draw();
		const {search} = sought;
		let turn = setImmediate(function goOn() {
			if (search.advance()) turn = setImmediate(goOn);
			else draw();
		});
		return () => clearImmediate(turn);
	}, [recording, draw]);
}
