/** How bad a finding is: a bug, a thing to look at, or a thing to know. Only errors make `check` fail. */
export type Severity = 'error' | 'warning' | 'note';

/** All of them, worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'note'];

/** An event that helps to prove a finding. */
export type Evidence = {
	/** `seq` of the event. */
	readonly seq: number;

	/** What it shows, in a few words without a full stop. */
	readonly text: string;
};

/** Something that is wrong in a recording, with its proof. */
export type Finding = {
	/** Name of the rule that is broken, such as `add-during-release`. */
	readonly rule: string;

	/** How bad it is. */
	readonly severity: Severity;

	/** Address of the device; null where the finding concerns none. */
	readonly device: string | null;

	/** One concrete sentence, without a full stop. */
	readonly message: string;

	/** `seq` of the event where it is seen. */
	readonly event: number;

	/** The events that prove it, in their order. */
	readonly evidence: readonly Evidence[];

	/** What it means, for a reader who never met it. */
	readonly explanation: string;

	/** Where the kernel fixed it, with commit and version; null where that is not known or the driver is at fault. */
	readonly fixed: string | null;
};

/** `error    event 97 0000:23:00.1  #31 was added … [add-during-release]`: a finding in one line. */
export function describeFinding({
	severity,
	rule,
	device,
	event,
	message,
}: Pick<Finding, 'severity' | 'rule' | 'device' | 'event' | 'message'>): string {
	const where = device === null ? '' : ` ${device}`;
	return `${severity.padEnd(7)}  event ${event + 1}${where}  ${message} [${rule}]`;
}
