import type {EventType, RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import type {MachineState} from '../recording/state.ts';
import type {Finding, Severity} from './finding.ts';
import type {Knowledge} from './knowledge.ts';
import type {Lives} from './lives.ts';

/** What a rule does at events of some types. */
export type Handlers = {
	readonly [T in EventType]?: (event: Extract<RecordedEvent, {type: T}>) => void;
};

/** What one rule does while a recording is swept. */
export type Watch = {
	/** Called with the state before the event. */
	readonly before?: Handlers;

	/** Called with the state after the event. */
	readonly after?: Handlers;

	/** Called once behind the last event. */
	readonly end?: () => void;
};

/** What a rule says of a fault; the rest of the finding stands in the rule. */
export type Report = Pick<Finding, 'device' | 'message' | 'event' | 'evidence'> & {
	/** Where this one is less severe than the rule. */
	readonly severity?: Severity;

	/** Where this one was fixed elsewhere than the rule says. */
	readonly fixed?: string | null;
};

/** What a rule may look at while a recording is swept. */
export type Scene = {
	readonly recording: Recording;

	/** The state at the event. Not to be changed. */
	readonly state: MachineState;

	/** What happened to each device so far. */
	readonly lives: Lives;

	/** Takes a finding. */
	report(report: Report): void;
};

/** One thing that can be wrong. */
export type Rule = {
	/** As in reports: lower case, with hyphens. */
	readonly name: string;

	/** The worst that it finds. */
	readonly severity: Severity;

	/** A few words, for a table. */
	readonly title: string;

	/** The invariant of the kernel model that it checks. */
	readonly invariant: string;

	/** One paragraph for a reader who never met it. */
	readonly explanation: string;

	/** Where the kernel fixed it, in most cases; null where that is not known or the driver is at fault. */
	readonly fixed: string | null;

	/** Why the rule says nothing of a recording that tells no more than this; null where it judges. */
	unjudged(knowledge: Knowledge): string | null;

	/** Begins to look. */
	watch(scene: Scene): Watch;
};
