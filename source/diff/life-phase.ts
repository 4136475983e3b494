import type {DeviceRow} from './device-row.ts';

/** A part of a device's life: what it came to own in a probe and while bound, a release, or a probe that the core refused. */
export type PhaseKind = 'probe' | 'release' | 'refusal';

/** One part of a device's life, as one recording tells it. */
export type LifePhase = {
	/** What happened in it. */
	readonly kind: PhaseKind;

	/** Which of its kind, from 1. */
	readonly number: number;

	/** `seq` of its first event. */
	readonly from: number;

	/** Text of the action or marker that stands before it; null where the recording has none. */
	readonly action: string | null;

	/** In order. */
	readonly rows: readonly DeviceRow[];

	/** Events were lost behind the last row. */
	readonly lossAtEnd: boolean;
};

/** A device's life, as far as a recording tells it. */
export type DeviceLife = {
	/** In order. */
	readonly phases: readonly LifePhase[];

	/** The first phase began before the recording: what seems to be missing before its first row may have been there. */
	readonly startsInside: boolean;

	/** The recording began at any time before the first phase: what was written to registers meanwhile may be missing. */
	readonly startsAnywhere: boolean;

	/** The recording ends in the last phase: what seems to be missing behind its last row may have come. */
	readonly endsInside: boolean;
};
