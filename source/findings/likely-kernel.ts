import type {Recording} from '../recording/recording.ts';
import {type Clue, cluesOf, kernelNames} from './kernel-clues.ts';

/** Which kernel a recording seems to be of. */
export type LikelyKernel = {
	/** Names of the simulation's revisions that fit, oldest first; empty where nothing tells. */
	readonly candidates: readonly string[];

	/**
	`sure`: one kernel does all this. `open`: several do. `likely`: these do, if a rare case is left out.
	`mixture`: none does, the code of INTx is another kernel's. `unknown`: nothing tells.
	*/
	readonly certainty: 'sure' | 'likely' | 'open' | 'mixture' | 'unknown';

	/** Of a mixture: kernels with this code of INTx; else empty. */
	readonly intx: readonly string[];

	/** What tells, in the order of the recording. */
	readonly clues: readonly Clue[];
};

/** Kernels that fit all clues. */
function fitting(clues: readonly Clue[]): readonly string[] {
	return kernelNames.filter((name) => clues.every(({fits}) => fits.includes(name)));
}

/** Concludes from what a recording shows, and says how sure that is. */
export function likelyKernel(recording: Recording): LikelyKernel {
	const clues = cluesOf(recording);
	if (clues.length === 0) return {candidates: [], certainty: 'unknown', intx: [], clues};
	const strong = clues.filter(({weak}) => !weak);
	const candidates = fitting(strong);
	if (candidates.length === 1) return {candidates, certainty: 'sure', intx: [], clues};
	if (candidates.length === 0) {
		const other = fitting(strong.filter(({part}) => part === 'other'));
		const intx = fitting(strong.filter(({part}) => part === 'intx'));
		return {candidates: other, certainty: 'mixture', intx, clues};
	}
	const narrower = fitting(clues);
	const isNarrower = narrower.length > 0 && narrower.length < candidates.length;
	return isNarrower
		? {candidates: narrower, certainty: 'likely', intx: [], clues}
		: {candidates, certainty: 'open', intx: [], clues};
}

/** Half a sentence about the recording: `behaves like v6.10, and like no other`. */
export function describeLikelyKernel({candidates, certainty, intx}: LikelyKernel): string {
	const names = candidates.join(', ');
	switch (certainty) {
		case 'sure':
			return `behaves like ${names}, and like no other`;
		case 'likely':
			return `behaves most likely like ${candidates.length === 1 ? '' : 'one of '}${names}`;
		case 'open':
			return `behaves like one of ${names}`;
		case 'mixture':
			return `behaves like a mixture: INTx as in ${intx.join(', ') || 'no known kernel'}, the rest as in ${names || 'no known kernel'}`;
		case 'unknown':
			return 'shows nothing that tells kernels apart';
	}
}
