import {describeResult, describeValue} from '../recording/describe.ts';
import {errno} from '../recording/errno.ts';
import type {ReturnEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {callIndexOf, countBelow, lastBelow, none} from './call-index.ts';
import {changesOf} from './value-changes.ts';
import {fact, type WhyStep} from './why-answer.ts';
import {isNull} from './why-missing.ts';

/** Calls that are followed inwards, and events of one call that are looked at. */
const maximumDepth = 24;
const reach = 4096;

/** Calls of the chain that are told: the outermost and the innermost ones. */
const maximumTold = 6;

/** Whether an error may have come from this value: the same negative number, or no pointer where memory ran out. */
function mayCause(value: string | undefined, error: string): boolean {
	if (value === error) return true;
	return value === 'NULL' && error === `${-errno.ENOMEM}`;
}

/** The return below `limit` of the last call inside another one that explains an error, or `none`. */
export function failureInside(
	recording: Recording,
	call: number,
	limit: number,
	error: string,
): number {
	const {contexts, partner} = callIndexOf(recording);
	const list = contexts.get(recording.at(call).context) ?? [];
	let place = countBelow(list, limit) - 1;
	for (let left = reach; left > 0 && place >= 0; left -= 1) {
		const seq = list[place] ?? none;
		if (seq <= call) return none;
		const event = recording.at(seq);
		const inner = event.type === 'return' ? (partner[seq] ?? none) : none;
		if (event.type === 'return' && inner > call) {
			if (mayCause(event.value, error)) return seq;
			place = countBelow(list, inner) - 1;
		} else place -= 1;
	}
	return none;
}

/** Returns with an error from the outermost call to the innermost, each inside the one before. */
function failureChain(recording: Recording, outermost: number): readonly number[] {
	const {partner} = callIndexOf(recording);
	const chain = [outermost];
	for (let seq = outermost; chain.length < maximumDepth; ) {
		const call = partner[seq] ?? none;
		const error = (recording.at(seq) as ReturnEvent).value ?? '';
		const inner = call === none ? none : failureInside(recording, call, seq, error);
		if (inner === none) break;
		chain.push(inner);
		seq = inner;
	}
	return chain;
}

/** What made the innermost call fail, as far as events inside it tell. */
function faultSteps(recording: Recording, from: number, to: number): readonly WhyStep[] {
	const steps: WhyStep[] = [];
	const struck = lastBelow(recording.ofType('fault-hit'), to);
	const failed = lastBelow(recording.ofType('alloc-fail'), to);
	if (failed > from) {
		const event = recording.at(failed);
		if (event.type === 'alloc-fail') {
			const text = `There was no memory for ${event.what} (${event.size} bytes).`;
			steps.push(fact(recording, failed, text));
		}
	}
	if (struck > from) {
		const event = recording.at(struck);
		const fn = event.type === 'fault-hit' ? event.fn : '';
		steps.push(fact(recording, struck, `A fault that had been armed for ${fn} made it fail.`));
		const armed = recording
			.ofType('fault')
			.findLast((seq) => seq < struck && (recording.at(seq) as {fn: string}).fn === fn);
		if (armed !== undefined) {
			const fault = recording.at(armed);
			if (fault.type === 'fault') {
				const text = `The script armed it: call ${fault.nth} of ${fn} from there fails with ${describeResult(fault.error)}.`;
				steps.push(fact(recording, armed, text));
			}
		}
	}
	return steps;
}

function calledFn(recording: Recording, seq: number): string {
	const call = callIndexOf(recording).partner[seq] ?? none;
	const event = recording.at(call === none ? seq : call);
	return event.type === 'call' ? event.fn : ((event as ReturnEvent).fn ?? 'a function');
}

function failedStep(recording: Recording, seq: number): WhyStep {
	const {value} = recording.at(seq) as ReturnEvent;
	const fn = calledFn(recording, seq);
	const call = recording.at(callIndexOf(recording).partner[seq] ?? seq);
	const supplier = call.type === 'call' ? call.args?.['supplier'] : undefined;
	const told = isNull(value) ? 'NULL' : describeValue(value ?? '');
	const text =
		supplier === undefined
			? `${fn}() returned ${told}.`
			: `${fn}() returned ${told}: the supplier ${supplier} was not ready.`;
	return fact(recording, seq, text);
}

/** Who has the BAR that the innermost call asked for, where that was busy. */
function busySteps(recording: Recording, call: number, last: number): readonly WhyStep[] {
	const asked = recording.at(call);
	const bar = asked.type === 'call' ? asked.args?.['bar'] : undefined;
	const {device} = asked;
	const error = (recording.at(last) as ReturnEvent).value;
	if (bar === undefined || device === undefined || error !== `${-errno.EBUSY}`) return [];
	const changes = changesOf(recording, {kind: 'field', device, name: `bar${bar}`});
	const owner = changes.findLast(({seq}) => seq < call);
	if (owner?.to == null) return [];
	const text = `BAR ${bar} had been requested as ${owner.to} before, and not been released.`;
	return [fact(recording, owner.seq, text)];
}

/** How an error came up: from a return down to the innermost call that failed, and what made that one fail. */
export function errorSteps(recording: Recording, outermost: number): readonly WhyStep[] {
	const chain = failureChain(recording, outermost);
	const shown =
		chain.length <= maximumTold ? chain : [...chain.slice(0, 2), ...chain.slice(2 - maximumTold)];
	const last = chain.at(-1) ?? outermost;
	const call = callIndexOf(recording).partner[last] ?? none;
	const from = call === none ? last : call;
	return [
		...shown.map((seq) => failedStep(recording, seq)),
		...faultSteps(recording, from, last),
		...busySteps(recording, from, last),
	];
}
