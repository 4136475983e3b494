import type {Finding, Severity} from '../findings/finding.ts';
import {findingsOf} from '../findings/findings.ts';
import {knowledgeOf} from '../findings/knowledge.ts';
import {type LikelyKernel, likelyKernel} from '../findings/likely-kernel.ts';
import {rules} from '../findings/rules.ts';
import {describe} from '../recording/describe.ts';
import type {Recording} from '../recording/recording.ts';

/** An event where a report names it. */
export type PlacedEvent = {
	/** `seq` of the event. */
	readonly event: number;

	/** 1-based line in the scenario or log; null where none is known. */
	readonly line: number | null;

	/** The event in a few words. */
	readonly what: string;

	/** What it shows. */
	readonly text: string;
};

/** A finding with what a reader needs to see it. */
export type CheckedFinding = Omit<Finding, 'evidence'> & {
	/** 1-based line in the scenario or log; null where none is known. */
	readonly line: number | null;

	/** That line; null where the text was not kept. */
	readonly raw: string | null;

	/** The events that prove it, in their order. */
	readonly evidence: readonly PlacedEvent[];
};

/** A rule that says nothing of this recording, and why. */
export type Unjudged = {
	/** Name of the rule. */
	readonly rule: string;

	/** What the recording lacks. */
	readonly reason: string;
};

/** One file, or one scenario under one kernel. */
export type CheckedRecording = {
	/** What to call it: a path, or a path and a kernel. */
	readonly name: string;

	/** One line; empty where there is none. */
	readonly title: string;

	/** What the events were made from. */
	readonly kind: 'scenario' | 'import';

	/** As the recording says; null where it does not. */
	readonly kernel: string | null;

	/** How many there are. */
	readonly events: number;

	/** The kernel that it seems to be of. */
	readonly likely: LikelyKernel;

	/** In the order of the recording. */
	readonly findings: readonly CheckedFinding[];

	/** In the order of the table of rules. */
	readonly unjudged: readonly Unjudged[];
};

function placedEvent(recording: Recording, seq: number, text: string): PlacedEvent {
	const event = recording.at(seq);
	return {
		event: seq,
		line: event.origin ?? null,
		what: describe(event, (id) => `#${recording.nodeNumber(id)}`),
		text,
	};
}

function checkedFinding(recording: Recording, finding: Finding): CheckedFinding {
	const line = recording.at(finding.event).origin ?? null;
	return {
		...finding,
		line,
		raw: line === null ? null : (recording.header.text.at(line - 1) ?? null),
		evidence: finding.evidence.map(({seq, text}) => placedEvent(recording, seq, text)),
	};
}

/** Rules without a finding that could not judge. */
export function unjudgedRules(recording: Recording): readonly Unjudged[] {
	const knowledge = knowledgeOf(recording);
	const found = new Set(findingsOf(recording).map(({rule}) => rule));
	return rules.flatMap((rule) => {
		const reason = found.has(rule.name) ? null : rule.unjudged(knowledge);
		return reason === null ? [] : [{rule: rule.name, reason}];
	});
}

/** Checks a recording against every rule. */
export function checkRecording(recording: Recording, name: string): CheckedRecording {
	const {title, source} = recording.header;
	return {
		name,
		title,
		kind: source.kind,
		kernel: source.kernel,
		events: recording.length,
		likely: likelyKernel(recording),
		findings: findingsOf(recording).map((finding) => checkedFinding(recording, finding)),
		unjudged: unjudgedRules(recording),
	};
}

/** How many findings are that severe. */
export function countOf(
	findings: readonly {readonly severity: Severity}[],
	severity: Severity,
): number {
	return findings.filter((finding) => finding.severity === severity).length;
}

/** What `check --format json` prints: a contract. Changes of shape change `version`. */
export type CheckReport = {
	readonly format: 'devresdbg-check';
	readonly version: 1;

	/** In the order of the command line. */
	readonly recordings: readonly CheckedRecording[];
};

/** Puts what was checked together. */
export function checkReport(recordings: readonly CheckedRecording[]): CheckReport {
	return {format: 'devresdbg-check', version: 1, recordings};
}
