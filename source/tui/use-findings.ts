import {useEffect} from 'react';
import {advanceFindings} from '../findings/findings.ts';
import type {Recording} from '../recording/recording.ts';
import {areFindingsPending} from './finding-marks.ts';

/** Looks for what is wrong in a long recording after it was drawn, a slice in each turn of the event loop: neither the first screen nor a key waits. */
export function useFindings(recording: Recording | null, draw: () => void): void {
	useEffect(() => {
		if (recording === null || !areFindingsPending(recording)) return;
		let turn = setImmediate(function goOn() {
			if (advanceFindings(recording)) turn = setImmediate(goOn);
			else draw();
		});
		return () => clearImmediate(turn);
	}, [recording, draw]);
}
