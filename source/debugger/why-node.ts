import {describeField} from '../recording/describe.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {historyOf, type NodeHistory} from './node-index.ts';
import {passOfNode, passWords} from './release-pass.ts';
import {additionSteps, dataOf} from './why-added.ts';
import {
	answer,
	byWhom,
	fact,
	nodeTitle,
	unknown,
	type WhyAnswer,
	type WhyStep,
} from './why-answer.ts';
import {leftSteps} from './why-left.ts';
import {lastOfNode} from './why-not-listed.ts';

/** Changes of a node's data that are told. */
const maximumData = 4;

/** Last of these that happened says where a node is. */
const placing = [
	'devres-alloc',
	'devres-add',
	'devres-move',
	'devres-release',
	'devres-remove',
	'devres-replace',
	'devres-unlink',
] as const;

function dataSteps(
	recording: Recording,
	history: NodeHistory,
	position: number,
): readonly WhyStep[] {
	const all = dataOf(recording, history, position);
	return all.slice(-maximumData).map((event, place, shown) => {
		const earlier = all.slice(0, all.length - shown.length + place);
		const before = earlier.findLast(({field}) => field === event.field);
		const value = describeField(event.value);
		const was =
			before === undefined || before.value === event.value
				? ''
				: `; ${describeField(before.value)} was overwritten`;
		const by = byWhom(recording, event.seq);
		return fact(recording, event.seq, `Its ${event.field} was set to ${value}${by}${was}.`);
	});
}

/** Where a node went that is no longer on `devres_head`. */
function goneSteps(
	recording: Recording,
	history: NodeHistory,
	position: number,
): readonly WhyStep[] {
	const title = nodeTitle(recording, history.id);
	const pass = passOfNode(recording, history.id);
	const within = pass === null || pass.from >= position ? '' : ` in ${passWords(recording, pass)}`;
	return history.events
		.filter((seq) => seq < position)
		.flatMap((seq): readonly WhyStep[] => {
			const event = recording.at(seq);
			const by = byWhom(recording, seq);
			switch (event.type) {
				case 'devres-move':
					return [
						fact(recording, seq, `${title} moved from devres_head to the todo list${by}${within}.`),
					];
				case 'devres-release': {
					const where = within === '' ? by : within;
					return [fact(recording, seq, `${title} was released${where}: its callback was called.`)];
				}
				case 'devres-remove':
					return [
						fact(
							recording,
							seq,
							`${title} was removed from devres_head${by}: no callback of a pass runs for it.`,
						),
					];
				case 'devres-replace':
					if (isNode(event.by, history.id)) return [];
					return [
						fact(
							recording,
							seq,
							`${title} gave its place to ${event.by === undefined ? 'a node that the log does not name' : nodeTitle(recording, event.by)}${by}.`,
						),
					];
				case 'devres-unlink':
					return [
						fact(
							recording,
							seq,
							`${title} was unlinked with its group: end markers have no callback.`,
						),
					];
				default:
					return [];
			}
		});
}

function isNode(one: NodeId | undefined, other: NodeId): boolean {
	return one?.node === other.node && one.generation === other.generation;
}

/** How the node came to `devres_head`. */
function begunSteps(
	recording: Recording,
	history: NodeHistory,
	position: number,
): readonly WhyStep[] {
	const title = nodeTitle(recording, history.id);
	const added = lastOfNode(recording, history, position, 'devres-add');
	if (added !== null) return additionSteps(recording, added, position);
	const first = recording.at(history.events[0] ?? 0);
	if (first.type === 'devres-replace' && isNode(first.by, history.id)) {
		const text = `${title} took the place of ${nodeTitle(recording, first)}${byWhom(recording, first.seq)}.`;
		return [fact(recording, first.seq, text)];
	}
	if (first.type === 'devres-alloc') {
		const by = byWhom(recording, first.seq);
		const text = `${title} was allocated${by}: it is on no list until it is added.`;
		return [fact(recording, first.seq, text)];
	}
	return [unknown(`That ${title} was added is not recorded.`)];
}

/** Why a node is where it is: who added it, with which data, when it moved, who released it or why nobody did. */
export function whyNode(recording: Recording, position: number, id: NodeId): WhyAnswer {
	const history = historyOf(recording, id);
	const title = nodeTitle(recording, id);
	const asked = `Why is ${title} of ${history?.device ?? 'its device'} where it is?`;
	if (history === null || (history.events[0] ?? position) >= position) {
		return answer(asked, [unknown('No event before this position names it.')]);
	}
	const last = lastOfNode(recording, history, position, ...placing);
	const isPutIn = last?.type === 'devres-replace' && isNode(last.by, id);
	const listing = last?.type === 'devres-add' || isPutIn ? last : null;
	const begun = begunSteps(recording, history, position);
	const told = new Set(begun.map(({seq}) => seq));
	const steps = [
		...begun,
		...dataSteps(recording, history, position).filter(({seq}) => !told.has(seq)),
		...(listing === null
			? goneSteps(recording, history, position)
			: leftSteps(recording, {...history.id, seq: listing.seq, device: history.device}, position)),
	];
	const isListed = listing !== null;
	const question = isListed ? `Why is ${title} on devres_head of ${history.device}?` : asked;
	return answer(question, steps);
}
