import {useEffect} from 'react';
import {findingsOf} from '../findings/findings.ts';
import type {Recording} from '../recording/recording.ts';
import {attempt} from '../recording/search.ts';
import {areFindingsPending} from './finding-marks.ts';

/** Milliseconds that a log which is followed must be quiet for: what is found begins anew with each line. */
const quiet = 2000;

/** Looks for what is wrong in a long recording after it was drawn, a slice in each turn of the event loop: neither the first screen nor a key waits. */
export function useFindings(
	recording: Recording | null,
	isLive: boolean,
	draw: () => void,
	fail: (error: unknown) => void,
): void {
	useEffect(() => {
		if (recording === null || !areFindingsPending(recording)) return;
		let turn: NodeJS.Immediate | undefined;
		const goOn = (): void => {
			try {
				const sought = attempt(() => findingsOf(recording));
				if (sought.ok || !sought.search.advance()) draw();
				else turn = setImmediate(goOn);
			} catch (error) {
				fail(error);
			}
		};
		const begin = setTimeout(goOn, isLive ? quiet : 0);
		return () => {
			clearTimeout(begin);
			clearImmediate(turn);
		};
	}, [recording, isLive, draw, fail]);
}
