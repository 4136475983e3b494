import type {Recording} from '../recording/recording.ts';
import {lastBelow, none} from './call-index.ts';
import {fact, type WhyAnswer, type WhyStep} from './why-answer.ts';
import {whyNotFound} from './why-missing.ts';
import {whyNode} from './why-node.ts';
import {whyProbe} from './why-probe.ts';
import type {WhyQuestion} from './why-question.ts';
import {whyStop} from './why-stop.ts';
import {whyValue} from './why-value.ts';

/** What was lost between the earliest event of an answer and the position: it may have changed the answer. */
function lostSteps(
	recording: Recording,
	position: number,
	steps: readonly WhyStep[],
): readonly WhyStep[] {
	const told = steps.flatMap(({seq}) => (seq === null ? [] : [seq]));
	const isUnknown = told.length < steps.length;
	const earliest = isUnknown ? 0 : told.reduce((least, seq) => Math.min(least, seq), position);
	const seq = lastBelow(recording.ofType('lost'), position);
	if (seq === none || seq < earliest) return [];
	const event = recording.at(seq);
	const count = event.type === 'lost' && event.count !== null ? `${event.count}` : 'Some';
	return [
		fact(recording, seq, `${count} events were lost here: what they would tell is not known.`),
	];
}

/** Of a value's history, the last `links` changes. */
function explain(
	recording: Recording,
	position: number,
	question: WhyQuestion,
	links: number,
): WhyAnswer {
	switch (question.kind) {
		case 'stop':
			return whyStop(recording, position, links);
		case 'node':
			return whyNode(recording, position, question.id);
		case 'value':
			return whyValue(recording, position, question.valued, links);
		case 'find':
			return whyNotFound(recording, position, question.call);
		case 'probe':
			return whyProbe(recording, position, question.device);
	}
}

/** Why it is so at a position, and what the recording lost that may have changed it. */
export function why(
	recording: Recording,
	position: number,
	question: WhyQuestion,
	links: number,
): WhyAnswer {
	const told = explain(recording, position, question, links);
	const lost = lostSteps(recording, position, told.steps);
	return lost.length === 0 ? told : {...told, steps: [...told.steps, ...lost]};
}
