import type {RecordedEvent} from './event.ts';

/** A place where a recording contradicts itself. */
export type IntegrityFault = {
	/** Event that shows it. */
	readonly seq: number;

	/** Short name of the broken rule, such as `return-of-innermost`. */
	readonly rule: string;

	/** What is wrong, without the place. */
	readonly message: string;
};

/** What a recording is excused from. */
export type IntegrityOptions = {
	/** The recording may start in the middle of things, as traces do: what was there before it is unknown. */
	readonly lateStart: boolean;
};

/** Takes a fault of the event that is looked at. */
export type Report = (rule: string, message: string) => void;

/** Looks at one event after the other and reports what contradicts those before. */
export type Rules = (event: RecordedEvent, report: Report) => void;
