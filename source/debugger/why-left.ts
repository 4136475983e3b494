import {groupCloseName, groupOpenName} from '../recording/group-marker.ts';
import type {NodeId} from '../recording/node-id.ts';
import type {Recording} from '../recording/recording.ts';
import {lastBelow, none} from './call-index.ts';
import {lastInLife} from './driver-life.ts';
import {isUnderWay, type PassSpan, passAround} from './release-pass.ts';
import {fact, nodeTitle, type WhyStep} from './why-answer.ts';

/** The event that put a node on `devres_head`. */
export type Listing = NodeId & {readonly seq: number; readonly device?: string};

/** Why nobody released a node that was added during a pass. */
function missedSteps(
	recording: Recording,
	title: string,
	pass: PassSpan,
	added: Listing,
	position: number,
): readonly WhyStep[] {
	const after = pass.end !== null && pass.end < position ? pass.end : null;
	const rule = 'it releases only the nodes that had moved to todo when it began';
	if (after !== null) {
		const text = `The pass ended without releasing ${title}: ${rule}.`;
		return [fact(recording, after, text)];
	}
	if (isUnderWay(recording, pass, position)) {
		return [fact(recording, pass.from, `The pass will not release ${title}: ${rule}.`)];
	}
	return [fact(recording, added.seq, `No later event releases ${title}: ${rule}.`, true)];
}

/** The marker of an open group that a listed node is in, or null. */
function openGroupAround(recording: Recording, device: string, id: NodeId, position: number) {
	const list = recording.stateAt(position).devices.get(device)?.devres_head ?? [];
	const place = list.findIndex(
		({node, generation}) => node === id.node && generation === id.generation,
	);
	const closed = new Set(
		list.filter(({name}) => name === groupCloseName).map(({data}) => data['open']),
	);
	return (
		list
			.slice(0, place + 1)
			.findLast(({name, node}) => name === groupOpenName && !closed.has(node)) ?? null
	);
}

/** Why a node that is on `devres_head` at a position is still there. */
export function leftSteps(
	recording: Recording,
	added: Listing,
	position: number,
): readonly WhyStep[] {
	const device = added.device ?? '';
	const title = nodeTitle(recording, added);
	const steps: WhyStep[] = [];
	const pass = passAround(recording, device, added.seq);
	if (pass !== null) steps.push(...missedSteps(recording, title, pass, added, position));
	const group = openGroupAround(recording, device, added, position);
	if (group !== null && group.added !== null) {
		const label = nodeTitle(recording, group);
		const own = group.node === added.node;
		const text = own
			? `${label} is a group that is still open.`
			: `It is inside ${label}, a group that is still open.`;
		steps.push(fact(recording, group.added, text));
	}
	const refused = refusedProbe(recording, device, position);
	if (refused !== none && refused > added.seq) {
		const text = 'The probe after it was refused, and a refused probe cleans nothing up.';
		return [...steps, fact(recording, refused, text)];
	}
	return [...steps, ...bindingSteps(recording, device, added, position, pass !== null)];
}

/** The last line that says that a probe of the device was refused, or `none`. */
export function refusedProbe(recording: Recording, device: string, position: number): number {
	const printed = recording.ofType('printk');
	let seq = lastBelow(printed, position);
	for (let left = 512; seq !== none && left > 0; left -= 1) {
		const event = recording.at(seq);
		const isRefusal = event.type === 'printk' && event.text === refusal;
		if (isRefusal && (event.device === device || event.prefix.endsWith(` ${device}`))) return seq;
		seq = lastBelow(printed, seq);
	}
	return none;
}

/** What really_probe() prints where it finds `devres_head` not empty. */
export const refusal = 'Resources present before probing';

/** Nothing tells of a probe, a binding or an unbind of the device. */
function untoldBinding(
	recording: Recording,
	device: string,
	added: Listing,
	position: number,
): WhyStep {
	const driver = recording.stateAt(position).devices.get(device)?.driver ?? null;
	const text =
		driver === null
			? `No driver had ${device}: only an unbind or a failed probe releases what it owns.`
			: `${device} has the driver ${driver}, and nothing tells of an unbind: nodes are released then.`;
	return fact(recording, added.seq, text, recording.header.source.kind === 'import');
}

function bindingSteps(
	recording: Recording,
	device: string,
	added: Listing,
	position: number,
	wasInPass: boolean,
): readonly WhyStep[] {
	const types = ['device-remove', 'probe-begin', 'probe-end', 'bind', 'unbind'] as const;
	const last = lastInLife(recording, device, position, ...types);
	switch (last?.type) {
		case 'device-remove':
			return [
				fact(
					recording,
					last.seq,
					`${device} is gone from its bus, and nothing releases what it owned.`,
				),
			];
		case 'probe-begin':
			return [fact(recording, last.seq, 'A probe is running: what it adds stays if it succeeds.')];
		case 'unbind':
			if (wasInPass || last.seq < added.seq) break;
			return [
				fact(
					recording,
					last.seq,
					`The driver ${last.driver} is being unbound: the nodes are released after its remove().`,
				),
			];
		case 'bind':
			return [
				fact(
					recording,
					last.seq,
					`${device} is bound to ${last.driver} and was not unbound since: nodes are released then.`,
				),
			];
		default:
	}
	const bound = lastInLife(recording, device, position, 'bind', 'unbind', 'probe-begin');
	if (
		last?.type === 'probe-end' &&
		bound?.type === 'bind' &&
		last.result !== null &&
		last.result >= 0
	) {
		return [
			fact(
				recording,
				bound.seq,
				`${device} is bound to ${bound.driver} and was not unbound since: nodes are released then.`,
			),
		];
	}
	if (wasInPass) return [];
	if (last === null) return [untoldBinding(recording, device, added, position)];
	return last.seq < added.seq
		? [
				fact(
					recording,
					last.seq,
					`No driver was probed on or unbound from ${device} since: only that would release it.`,
				),
			]
		: [];
}
