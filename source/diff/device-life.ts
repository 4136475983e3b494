import type {RecordedEvent} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';
import {deviceOfLine, isRefusal, type RowText, rowTextOf} from './device-row.ts';
import {
	addRow,
	finish,
	type GrowingLife,
	goOn,
	grow,
	type OpenPhase,
	openPhase,
	type Place,
} from './growing-life.ts';
import type {DeviceLife, PhaseKind} from './life-phase.ts';
import type {ToldFacts} from './told-facts.ts';

/** The last phase, where it is of that kind and no other has begun; else a new one. */
function phaseOf(life: GrowingLife, kind: PhaseKind, place: Place): OpenPhase {
	const last = life.phases.at(-1);
	const isNext = kind === 'probe' && life.begun !== null && life.told.begins;
	return last?.kind === kind && !isNext ? goOn(life, last) : openPhase(life, kind, place);
}

/** Follows the release passes of the device. */
function followPasses(life: GrowingLife, type: RecordedEvent['type']): void {
	const {passes} = life;
	if (type === 'devres-move' && passes.at(-1) !== false) passes.push(false);
	if (type === 'release-end') {
		passes.pop();
		life.isOver = passes.length === 0;
	}
	if (type !== 'devres-release') return;
	if (passes.length === 0) passes.push(true);
	else passes[passes.length - 1] = true;
}

/** The phase of what is no operation on nodes: the last, unless a probe has begun and both recordings tell when one does. */
function phaseOfOther(life: GrowingLife, place: Place): OpenPhase {
	const last = life.phases.at(-1);
	if (life.begun !== null && life.told.begins) return openPhase(life, 'probe', place);
	return last ?? openPhase(life, 'probe', place);
}

function unbindOpens({told, phases}: GrowingLife): boolean {
	return told.unbindStarts || phases.length === 0;
}

/** The phase that an event belongs to, opened where it begins with the event. */
function phaseAt(life: GrowingLife, event: RecordedEvent, place: Place): OpenPhase {
	switch (event.type) {
		case 'devres-release':
			return phaseOf(life, 'release', place);
		case 'devres-add':
		case 'devres-remove':
		case 'devres-replace':
			// A pass that has only moved nodes yet has called no callback that could add one.
			return phaseOf(life, life.passes[0] === true ? 'release' : 'probe', place);
		case 'unbind':
			return unbindOpens(life) ? openPhase(life, 'release', place) : phaseOfOther(life, place);
		default:
			return opensRefusal(life, event)
				? openPhase(life, 'refusal', place)
				: phaseOfOther(life, place);
	}
}

/** A refusal is a phase even where its rows can't be compared: nothing else happens in it. */
function opensRefusal(life: GrowingLife, event: RecordedEvent): boolean {
	if (event.type === 'printk') return isRefusal(event);
	if (event.type !== 'probe-end') return false;
	return life.begun?.rows === life.rows && (event.result ?? 0) < 0;
}

function noteLateness(life: GrowingLife, event: RecordedEvent): void {
	if (life.isKnown || !('node' in event)) return;
	if (event.type === 'devres-add') life.isKnown = true;
	if (event.type === 'devres-release' || event.type === 'devres-remove') {
		life.isKnown = true;
		life.isLate = true;
	}
}

function noteLosses(life: GrowingLife, losses: number): void {
	if (life.losses === losses) return;
	life.losses = losses;
	life.afterLoss = true;
	life.passes = [];
	life.begun = null;
}

/** Whether an event belongs to a phase that has not begun, or stands behind one that does. */
function waits(life: GrowingLife, event: RecordedEvent, {kind}: RowText): boolean {
	if (kind === 'register') return life.isOver || life.phases.length === 0;
	if (life.pending.length === 0 || kind === 'node') return false;
	const opens =
		(event.type === 'unbind' && unbindOpens(life)) || (life.begun !== null && life.told.begins);
	return !opens && !opensRefusal(life, event);
}

function take(life: GrowingLife, event: RecordedEvent, action: string | null): void {
	const place = {seq: event.seq, action};
	followPasses(life, event.type);
	if (event.type === 'probe-begin' && !life.isRefusing) life.begun = {...place, rows: life.rows};
	const text = rowTextOf(event, life.device, life.told);
	if (text !== null && waits(life, event, text)) {
		life.pending.push({event, text});
	} else if (text !== null) {
		noteLateness(life, event);
		addRow(life, phaseAt(life, event, place), event, text);
	} else if (opensRefusal(life, event)) phaseAt(life, event, place);
	if (event.type === 'printk' && isRefusal(event)) life.isRefusing = true;
	if (event.type !== 'probe-end') return;
	life.begun = null;
	life.isRefusing = false;
}

/** What a marker at the end of an action says; what follows is no part of it. */
const endMarker = /^(?:\S{1,80} )?end /;

/** The lives of some devices, in one sweep over a recording; `told` says of each what is compared. */
export function livesOf(
	recording: Recording,
	told: ReadonlyMap<string, ToldFacts>,
): ReadonlyMap<string, DeviceLife> {
	const lives = new Map(
		Array.from(told, ([device, facts]) => [device, grow(recording, device, facts)]),
	);
	let action: string | null = null;
	let losses = 0;
	let first = -1;
	let last = -1;
	for (let seq = 0; seq < recording.length; seq += 1) {
		const event = recording.at(seq);
		if (event.inferred !== true) {
			last = seq;
			if (first === -1) first = seq;
		}
		if (event.type === 'action') action = endMarker.test(event.text) ? null : event.text;
		if (event.type === 'lost') losses += 1;
		const device = event.type === 'printk' ? deviceOfLine(event) : event.device;
		const life = device === undefined ? undefined : lives.get(device);
		if (life === undefined) continue;
		noteLosses(life, losses);
		take(life, event, action);
	}
	const isWhole = recording.header.source.kind === 'scenario';
	return new Map(
		Array.from(lives, ([device, life]) => [device, finish(life, losses, {first, last, isWhole})]),
	);
}
