import type {EventType, RecordedEvent} from '../recording/event.ts';
import {apply} from '../recording/fold.ts';
import type {Recording} from '../recording/recording.ts';
import {foundBefore, type Slices, searched} from '../recording/search.ts';
import {initialState} from '../recording/state.ts';
import type {Evidence, Finding} from './finding.ts';
import {Lives} from './lives.ts';
import type {Handlers, Rule, Scene, Watch} from './rule.ts';
import {rules} from './rules.ts';

type Handler = (event: RecordedEvent) => void;

/** Handlers of all rules by type of event: most events have none. */
function handlersOf(
	watches: readonly Watch[],
	side: 'before' | 'after',
): ReadonlyMap<EventType, readonly Handler[]> {
	const byType = new Map<EventType, Handler[]>();
	for (const watch of watches) {
		const handlers: Handlers = watch[side] ?? {};
		for (const [type, handler] of Object.entries(handlers)) {
			const list = byType.get(type as EventType) ?? [];
			byType.set(type as EventType, list);
			list.push(handler as Handler);
		}
	}
	return byType;
}

/** In order of the recording, each event once: the last text wins, since it says what the finding is. */
function inOrder(evidence: readonly Evidence[]): readonly Evidence[] {
	const bySeq = new Map(evidence.map((each) => [each.seq, each]));
	return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Events that are looked at in a slice: some milliseconds. */
const sliceLength = 2000;

function* sweep(recording: Recording): Slices<readonly Finding[]> {
	const found: {readonly finding: Finding; readonly rule: number}[] = [];
	const state = initialState();
	const lives = new Lives();
	const sceneOf = (rule: Rule, place: number): Scene => ({
		recording,
		state,
		lives,
		report({device, message, event, evidence, severity, fixed}) {
			const finding: Finding = {
				rule: rule.name,
				severity: severity ?? rule.severity,
				device,
				message,
				event,
				evidence: inOrder(evidence),
				explanation: rule.explanation,
				fixed: fixed === undefined ? rule.fixed : fixed,
			};
			found.push({finding, rule: place});
		},
	});
	const watches = rules.map((rule, place) => rule.watch(sceneOf(rule, place)));
	const before = handlersOf(watches, 'before');
	const after = handlersOf(watches, 'after');
	for (let seq = 0; seq < recording.length; seq += 1) {
		if (seq > 0 && seq % sliceLength === 0) yield seq / recording.length;
		const event = recording.at(seq);
		lives.before(event, state);
		for (const handler of before.get(event.type) ?? []) handler(event);
		apply(state, event);
		lives.after(event);
		for (const handler of after.get(event.type) ?? []) handler(event);
	}
	for (const watch of watches) watch.end?.();
	return found
		.sort((a, b) => a.finding.event - b.finding.event || a.rule - b.rule)
		.map(({finding}) => finding);
}

const key = 'findings';

/** What is wrong in a recording, in its order. One sweep, made when first asked for. */
export function findingsOf(recording: Recording): readonly Finding[] {
	return searched(recording, key, () => sweep(recording));
}

/** What is known without a sweep: null where it is not over yet. */
export function knownFindings(recording: Recording): readonly Finding[] | null {
	return foundBefore(recording, key);
}
