import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {nodeLabel} from './devres-view.ts';
import {historyOf} from './node-index.ts';
import {callersOf, isPlumbing} from './node-story.ts';
import {stackOfEvent} from './stack-view.ts';

/** One link of an answer. */
export type WhyStep = {
	/** The event that shows it; null for what the recording does not tell. */
	readonly seq: number | null;

	/** One sentence in plain words. */
	readonly text: string;

	/** The recording does not say it: it was concluded. */
	readonly inferred: boolean;
};

/** Why something is as it is at a position. No step names an event behind it. */
export type WhyAnswer = {
	/** What was asked, as a sentence. */
	readonly question: string;

	/** From what was asked to its causes. Never empty. */
	readonly steps: readonly WhyStep[];

	/** There are earlier links of a value's history: asking for more tells them. */
	readonly more: boolean;
};

/** A fact that an event shows; an inferred event makes it an inferred fact. */
export function fact(
	recording: Recording,
	seq: number,
	text: string,
	inferred: boolean = false,
): WhyStep {
	return {seq, text, inferred: inferred || recording.at(seq).inferred === true};
}

/** What the recording does not tell. */
export function unknown(text: string): WhyStep {
	return {seq: null, text, inferred: false};
}

/** An answer without further links. */
export function answer(question: string, steps: readonly WhyStep[]): WhyAnswer {
	return {question, steps, more: false};
}

/** `#31 pcim_intx_restore`. */
export function nodeTitle(recording: Recording, id: NodeId): string {
	const name = historyOf(recording, id)?.name ?? 'of unknown name';
	return `${nodeLabel(recording, id)} ${name}`;
}

/** `event 741`: numbers start from 1, as everywhere that people read them. */
export function eventNumber(seq: number): string {
	return `event ${seq + 1}`;
}

/** Functions that run a release pass: what is outside of them says nothing about a callback. */
const passFunctions = new Set(['release_nodes', 'devres_release_all', 'devres_release_group']);

/** Frames of a callback that are shown. */
const maximumFrames = 5;

/** `pcim_intx ← pci_intx`: who did it, in a pass no further than its callback; empty where nothing tells. */
function whoDid(recording: Recording, seq: number): string {
	const stack = stackOfEvent(recording, seq);
	const outside = stack.findIndex(({fn}) => passFunctions.has(fn));
	const within = stack.slice(0, Math.max(0, outside)).filter((row) => !isPlumbing(row));
	const [innermost] = within;
	if (innermost === undefined) return stack.length === 0 ? '' : callersOf(stack);
	const names = within.slice(0, maximumFrames).map(({fn}) => fn);
	return [...names, ...(within.length > maximumFrames ? ['…'] : [])].join(' ← ');
}

/** ` by pcim_intx ← pci_intx`, or empty where no call and no dumped trace tells. */
export function byWhom(recording: Recording, seq: number, word: string = 'by'): string {
	const who = whoDid(recording, seq);
	return who === '' ? '' : ` ${word} ${who}`;
}

/** `event 741 at 2.000233: …`: a step as a line. */
export function describeWhyStep(recording: Recording, {seq, text, inferred}: WhyStep): string {
	const mark = inferred ? ' (inferred)' : '';
	if (seq === null) return `unknown: ${text}${mark}`;
	const {time} = recording.at(seq);
	const at = time === null ? '' : ` at ${time.toFixed(6)}`;
	return `${eventNumber(seq)}${at}: ${text}${mark}`;
}
