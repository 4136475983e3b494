import type {CallEvent, RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {callIndexOf, firstFrom, lastBelow, none, openCalls} from './call-index.ts';
import {
	answer,
	byWhom,
	eventNumber,
	fact,
	unknown,
	type WhyAnswer,
	type WhyStep,
} from './why-answer.ts';
import {notListedSteps, type Sought} from './why-not-listed.ts';

/** Calls of devres_find() before an ADD that are looked at. */
const reach = 64;

/** Whether a value that a function returned is a null pointer. */
export function isNull(value: string | undefined): boolean {
	return value === 'NULL' || (value !== undefined && /^0(?:x0+)?$/.test(value));
}

/** The return of a call before a position, or null. */
function returnOf(recording: Recording, call: number, position: number) {
	const seq = callIndexOf(recording).partner[call] ?? none;
	const event = seq === none || seq >= position ? null : recording.at(seq);
	return event?.type === 'return' ? event : null;
}

/** The first node that the same function added after the call: it is of the kind that wasn't found. */
function addedNext(recording: Recording, call: number) {
	const {inside, partner} = callIndexOf(recording);
	const caller = inside[call] ?? none;
	const closed = caller === none ? none : (partner[caller] ?? none);
	const end = closed === none ? recording.length : closed;
	const {context} = recording.at(call);
	const adds = recording.ofType('devres-add');
	for (let seq = firstFrom(adds, call), left = reach; seq !== none && seq < end && left > 0; ) {
		const event = recording.at(seq);
		if (event.type === 'devres-add' && event.context === context) return event;
		seq = firstFrom(adds, seq + 1);
		left -= 1;
	}
	return null;
}

function soughtBy(recording: Recording, call: number): Sought | null {
	const {args, device} = recording.at(call) as CallEvent;
	const name = args?.['release'];
	const on = args?.['dev'] ?? device;
	if (name !== undefined && on !== undefined) return {device: on, name, inferred: false};
	const added = addedNext(recording, call);
	if (added?.device === undefined) return null;
	return {device: added.device, name: added.name, inferred: true};
}

/** The call of devres_find() that failed and so led to an ADD, or `none`. */
export function failedFindBefore(
	recording: Recording,
	added: RecordedEvent & {type: 'devres-add'},
): number {
	const calls = recording.callsOf('devres_find');
	const {inside} = callIndexOf(recording);
	const open = new Set(openCalls(recording, added.context, added.seq));
	let call = lastBelow(calls, added.seq);
	for (let left = reach; call !== none && left > 0; left -= 1) {
		const event = recording.at(call) as CallEvent;
		const isOurs = event.context === added.context && open.has(inside[call] ?? none);
		const name = event.args?.['release'];
		const returned = returnOf(recording, call, added.seq);
		if (isOurs && isNull(returned?.value) && (name ?? added.name) === added.name) return call;
		call = lastBelow(calls, call);
	}
	return none;
}

/** What a call of devres_find() returned and, where that was NULL, why. */
export function findSteps(
	recording: Recording,
	call: number,
	position: number,
): readonly WhyStep[] {
	const sought = soughtBy(recording, call);
	const kind = sought === null ? 'what it looked for' : `a ${sought.name}`;
	const nothing =
		sought === null ? 'what it looked for is not recorded, and nothing of it' : `no ${sought.name}`;
	const returned = returnOf(recording, call, position);
	const by = byWhom(recording, call);
	if (returned === null) {
		return [fact(recording, call, `devres_find() was called${by} and has not returned here.`)];
	}
	if (!isNull(returned.value)) {
		const text =
			returned.value === undefined
				? `What devres_find() returned is not recorded.`
				: `devres_find() did find ${kind}: it returned ${returned.value}.`;
		return [fact(recording, returned.seq, text, sought?.inferred)];
	}
	const to = byWhom(recording, call, 'to');
	const text = `devres_find() returned NULL${to}: ${nothing} was on devres_head.`;
	const told = fact(recording, returned.seq, text, sought?.inferred);
	if (sought === null) return [told, unknown('The trace has no arguments, and nothing was added.')];
	return [told, ...notListedSteps(recording, sought, call, null)];
}

/** Why devres_find() returned what it returned: at the call a person is in, else the last one before. */
export function whyNotFound(recording: Recording, position: number, call: number): WhyAnswer {
	const returned = returnOf(recording, call, position);
	const ending = isNull(returned?.value) ? 'return NULL' : 'return what it returned';
	const question = `Why did devres_find() of ${eventNumber(call)} ${ending}?`;
	return answer(question, findSteps(recording, call, position));
}

/** The call of devres_find() that is meant at a position, or `none`: the one at hand, else the last that found nothing. */
export function findNear(recording: Recording, position: number): number {
	const calls = recording.callsOf('devres_find');
	const last = lastBelow(calls, position);
	const returned = last === none ? none : (callIndexOf(recording).partner[last] ?? none);
	if (last === none || returned === none || returned >= position - 1) return last;
	let call = last;
	for (let left = reach; call !== none && left > 0; left -= 1) {
		if (isNull(returnOf(recording, call, position)?.value)) return call;
		call = lastBelow(calls, call);
	}
	return last;
}
