import {useEffect} from 'react';
import {findingsOf} from '../findings/findings.ts';
import type {Recording} from '../recording/recording.ts';
import {attempt} from '../recording/search.ts';
import {areFindingsPending} from './finding-marks.ts';
import {workInTurns} from './turns.ts';

/** Milliseconds that a log which is followed must be quiet for: what is found begins anew with each line. */
const quiet = 2000;

/** Looks for what is wrong in a long recording after it was drawn: neither the first screen nor a key waits. */
export function useFindings(
	recording: Recording | null,
	isLive: boolean,
	draw: () => void,
	fail: (error: unknown) => void,
): void {
	useEffect(() => {
		if (recording === null || !areFindingsPending(recording)) return;
		const isUnderWay = () => !attempt(() => findingsOf(recording)).ok;
		let stop = () => {};
		const begin = setTimeout(
			() => {
				stop = workInTurns(isUnderWay, draw, fail);
			},
			isLive ? quiet : 0,
		);
		return () => {
			clearTimeout(begin);
			stop();
		};
	}, [recording, isLive, draw, fail]);
}
