import {describeField} from '../recording/describe.ts';
import type {DevresAddEvent, DevresDataEvent} from '../recording/devres-event.ts';
import type {RecordedEvent} from '../recording/event.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {none} from './call-index.ts';
import {historyOf, type NodeHistory} from './node-index.ts';
import {callbackAround, type PassSpan, passAround, passWords} from './release-pass.ts';
import {byWhom, fact, nodeTitle, type WhyStep} from './why-answer.ts';
import {failedFindBefore, findSteps} from './why-missing.ts';
import {notListedSteps, originalOf} from './why-not-listed.ts';

/** That it was added, by whom, and what else was going on. */
function addedStep(recording: Recording, added: DevresAddEvent, pass: PassSpan | null): WhyStep {
	const title = nodeTitle(recording, added);
	const by = byWhom(recording, added.seq);
	const text = `${title} (${added.size} bytes) was added to devres_head${by}`;
	const unsaid = by === '' ? '; by whom is not recorded' : '';
	if (pass === null) return fact(recording, added.seq, `${text}${unsaid}.`);
	const release = callbackAround(recording, pass, added.seq);
	const running =
		release === none
			? ''
			: `while the callback of ${nodeTitle(recording, recording.at(release) as RecordedEvent & NodeId)} ran, `;
	return fact(
		recording,
		added.seq,
		`${text}${unsaid}, ${running}in ${passWords(recording, pass)}.`,
		// Without a recorded end the pass may have been over by then.
		pass.end === null,
	);
}

/** The data that went to the new node although another one of its kind has what was saved before. */
function originalSteps(
	recording: Recording,
	added: DevresAddEvent,
	position: number,
): readonly WhyStep[] {
	const original = originalOf(recording, added);
	if (original === null) return [];
	const [fresh, old] = [nodeTitle(recording, added), nodeTitle(recording, original.id)];
	const set = dataOf(recording, historyOf(recording, added), position)[0];
	if (set === undefined) {
		const text = `From here on its caller worked with the new ${fresh} and not with the original ${old}.`;
		return [fact(recording, added.seq, text, true)];
	}
	const held = dataOf(recording, original, set.seq).filter(({field}) => field === set.field);
	const [first] = held;
	const now = held.at(-1);
	const lost =
		first === undefined || first.value === now?.value
			? ''
			: `: the ${describeField(first.value)} saved first was overwritten`;
	const value = now === undefined ? '' : `, which holds ${describeField(now.value)}${lost}`;
	const by = byWhom(recording, set.seq);
	const text = `${set.field} = ${describeField(set.value)} was written to the new ${fresh}${by}, and not to the original ${old}${value}.`;
	return [fact(recording, set.seq, text)];
}

/** Nodes of which a device has one: whoever adds one has looked for it first, recorded or not. */
const soughtFirst = new Set(['pcim_intx_restore', 'pcim_release', 'pcim_iomap_release']);

/**
Why a node was added: during a release pass, what was looked for and not found. Nothing more for one that a driver
simply asked for.
*/
export function additionSteps(
	recording: Recording,
	added: DevresAddEvent,
	position: number,
): readonly WhyStep[] {
	const pass = passAround(recording, added.device ?? '', added.seq);
	const steps: WhyStep[] = [addedStep(recording, added, pass)];
	if (pass === null) return steps;
	const find = failedFindBefore(recording, added);
	if (find === none && !soughtFirst.has(added.name)) return steps;
	if (find !== none) steps.push(...findSteps(recording, find, position));
	else if (originalOf(recording, added) !== null) {
		const sought = {device: added.device ?? '', name: added.name, inferred: true};
		steps.push(
			...notListedSteps(recording, sought, added.seq, added).map((step) => ({
				...step,
				inferred: true,
			})),
		);
	}
	return [...steps, ...originalSteps(recording, added, position)];
}

/** What was written to a node's data before a position, in order. */
export function dataOf(
	recording: Recording,
	history: NodeHistory | null,
	position: number,
): readonly DevresDataEvent[] {
	return (history?.events ?? [])
		.filter((seq) => seq < position)
		.map((seq) => recording.at(seq))
		.filter((event): event is DevresDataEvent => event.type === 'devres-data');
}
