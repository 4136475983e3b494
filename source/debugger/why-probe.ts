import {describeResult} from '../recording/describe.ts';
import type {ProbeBeginEvent, ProbeEndEvent} from '../recording/device-event.ts';
import type {DevresAddEvent} from '../recording/devres-event.ts';
import {errno} from '../recording/errno.ts';
import type {Recording} from '../recording/recording.ts';
import type {NodeState} from '../recording/state.ts';
import {callIndexOf, lastBelow, none} from './call-index.ts';
import {lastInLife} from './driver-life.ts';
import {additionSteps} from './why-added.ts';
import {
	answer,
	eventNumber,
	fact,
	nodeTitle,
	unknown,
	type WhyAnswer,
	type WhyStep,
} from './why-answer.ts';
import {errorSteps, failureInside} from './why-error.ts';
import {leftSteps, refusedProbe} from './why-left.ts';

/** Nodes that a refused device holds whose origin is told. */
const maximumHeld = 2;

/** Earlier probes that are looked at for one that failed. */
const reach = 64;

/** Why a node that made a probe fail was on the list. */
function heldSteps(recording: Recording, node: NodeState, seq: number): readonly WhyStep[] {
	const event = node.added === null ? null : recording.at(node.added);
	if (event?.type !== 'devres-add') {
		return [unknown(`Who added ${nodeTitle(recording, node)} is not recorded.`)];
	}
	return [
		...additionSteps(recording, event as DevresAddEvent, seq),
		...leftSteps(recording, event, seq),
	];
}

/** From the refusal back to why the device still held a node. `seq` is the event that shows the refusal. */
function refusedSteps(
	recording: Recording,
	device: string,
	begin: number,
	seq: number,
): readonly WhyStep[] {
	const held = recording.stateAt(begin).devices.get(device)?.devres_head ?? [];
	const printed = recording.at(seq).type === 'printk';
	const [first] = held;
	if (first === undefined) {
		const text = `really_probe() refused ${device}: its devres_head was not empty.`;
		return [fact(recording, seq, text, !printed), unknown('Which node it held is not recorded.')];
	}
	const more = held.length === 1 ? '' : ` and ${held.length - 1} more`;
	const what = `${nodeTitle(recording, first)}${more}`;
	const text = `really_probe() refused ${device}: its devres_head was not empty, it held ${what}.`;
	return [
		fact(recording, seq, text, !printed),
		...held.slice(0, maximumHeld).flatMap((node) => heldSteps(recording, node, begin)),
	];
}

/** A probe that ended with an error of the driver, or of a function that it called. */
function failedSteps(
	recording: Recording,
	begin: ProbeBeginEvent | null,
	end: ProbeEndEvent,
): readonly WhyStep[] {
	const result = end.result ?? 0;
	const isDeferred = result === -errno.EPROBE_DEFER;
	const meaning = isDeferred ? ': the driver asked to be tried again later' : '';
	const told = fact(
		recording,
		end.seq,
		`The probe ended with ${describeResult(result)}${meaning}.`,
	);
	const call = begin === null ? none : (callIndexOf(recording).inside[begin.seq] ?? none);
	const failed = call === none ? none : failureInside(recording, call, end.seq, `${result}`);
	if (failed === none) return [told, unknown('Which call failed is not recorded.')];
	return [told, ...errorSteps(recording, failed)];
}

/** A write to bind that came while the device had a driver: no probe began. Null where that is not so. */
function busySteps(
	recording: Recording,
	device: string,
	position: number,
	since: number,
): readonly WhyStep[] | null {
	const call = lastBelow(recording.callsOf('__driver_probe_device'), position);
	if (call === none || call < since || recording.at(call).device !== device) return null;
	const returned = callIndexOf(recording).partner[call] ?? none;
	if (returned === none || returned >= position) return null;
	const event = recording.at(returned);
	const began = lastInLife(recording, device, returned, 'probe-begin');
	const isBusy = event.type === 'return' && event.value === `${-errno.EBUSY}`;
	if (!isBusy || (began !== null && began.seq > call)) return null;
	const bound = lastInLife(recording, device, call, 'bind', 'unbind');
	const told = fact(
		recording,
		returned,
		`__driver_probe_device() returned ${describeResult(-errno.EBUSY)} before any probe began.`,
	);
	if (bound?.type !== 'bind') return [told, unknown('Why the device was busy is not recorded.')];
	const text = `${device} was bound to ${bound.driver} already.`;
	return [told, fact(recording, bound.seq, text)];
}

/** The probe of a device that was refused last before a position, where the last one was: its begin, and what shows it. */
export function refusalOf(
	recording: Recording,
	device: string,
	position: number,
): {readonly begin: number; readonly seq: number} | null {
	const begin = lastInLife(recording, device, position, 'probe-begin');
	const end = lastInLife(recording, device, position, 'probe-end');
	const printed = refusedProbe(recording, device, position);
	// Nothing but the end of the probe stands behind the message.
	if (printed > (begin?.seq ?? none) && (begin !== null || printed > (end?.seq ?? none))) {
		return {begin: begin?.seq ?? printed, seq: printed};
	}
	// Without the message: the driver core refused, and the list is known to hold something.
	const isOver = begin !== null && end !== null && end.seq > begin.seq;
	if (!isOver || end.result !== -errno.EBUSY) return null;
	const held = recording.stateAt(begin.seq).devices.get(device)?.devres_head.length ?? 0;
	return held > 0 ? {begin: begin.seq, seq: end.seq} : null;
}

/** Why the last probe of a device ended as it did, back to the cause. */
export function whyProbe(recording: Recording, position: number, device: string): WhyAnswer {
	const begin = lastInLife(recording, device, position, 'probe-begin');
	const end = lastInLife(recording, device, position, 'probe-end');
	const last = Math.max(begin?.seq ?? none, end?.seq ?? none);
	const busy = busySteps(recording, device, position, last);
	if (busy !== null) return answer(`Why was ${device} not probed?`, busy);
	const which = begin === null ? device : `${device} (${eventNumber(begin.seq)})`;
	const failed = `Why did the probe of ${which} fail?`;
	const refused = refusalOf(recording, device, position);
	if (refused !== null) {
		return answer(failed, refusedSteps(recording, device, refused.begin, refused.seq));
	}
	const isRunning = begin !== null && begin.seq > (end?.seq ?? none);
	if (!isRunning && end !== null && (end.result ?? 0) < 0) {
		return answer(failed, failedSteps(recording, begin, end));
	}
	const steps = [
		endStep(recording, device, begin, end),
		...failedBefore(recording, device, isRunning ? position : (end?.seq ?? position)),
	];
	return answer(`How did the probe of ${which} end?`, steps);
}

/** Where a reader of a good end may have wanted to ask: at the last probe that failed. */
function failedBefore(recording: Recording, device: string, limit: number): readonly WhyStep[] {
	let end = lastInLife(recording, device, limit, 'probe-end');
	for (let left = reach; end !== null && left > 0; left -= 1) {
		if (end.result !== null && end.result < 0) {
			const text = `An earlier probe ended with ${describeResult(end.result)}: ask there why.`;
			return [fact(recording, end.seq, text)];
		}
		end = lastInLife(recording, device, end.seq, 'probe-end');
	}
	return [];
}

/** How a probe that did not fail ended. */
function endStep(
	recording: Recording,
	device: string,
	begin: ProbeBeginEvent | null,
	end: ProbeEndEvent | null,
): WhyStep {
	if (begin !== null && begin.seq > (end?.seq ?? none)) {
		return fact(recording, begin.seq, 'The probe is running: it has not failed here.');
	}
	if (end === null) return unknown(`No probe of ${device} is recorded before this position.`);
	const isKnown = end.result !== null;
	const text = isKnown ? 'The probe did not fail.' : 'The result of the probe is not recorded.';
	return fact(recording, end.seq, text);
}
