import type {RecordedEvent} from '../recording/event.ts';
import type {KnownFacts} from '../recording/event-columns.ts';

/** An inferred event that is told again and again, but for its place. */
export type KnownEvent = KnownFacts & {
	/** Null where it tells nothing of a device beside its nodes. */
	readonly tells: RecordedEvent | null;
};

/** What is told of one device again and again, each kept once; null before the first time. Whoever tells it sets it. */
export type DeviceRefrains = {
	/** Actions: its nodes are added, and released. */
	adds: KnownEvent | null;
	releases: KnownEvent | null;

	/** The end of a release pass. */
	ends: KnownEvent | null;

	/** It has no driver any more. */
	noDriver: KnownEvent | null;

	/** It has a driver, or is unbound from it: told again as long as it is that one. */
	driver: {readonly name: string; readonly event: KnownEvent} | null;
	unbind: {readonly name: string; readonly event: KnownEvent} | null;
};

/** Nothing was told yet. */
export function noRefrains(): DeviceRefrains {
	return {adds: null, releases: null, ends: null, noDriver: null, driver: null, unbind: null};
}
