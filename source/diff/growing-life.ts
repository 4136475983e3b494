import type {RecordedEvent} from '../recording/event.ts';
import {PCI_COMMAND} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {comparedBits, type DeviceRow, type RowText} from './device-row.ts';
import type {DeviceLife, LifePhase, PhaseKind} from './life-phase.ts';
import type {ToldFacts} from './told-facts.ts';

/** A phase that may still get rows. */
export type OpenPhase = {-readonly [field in keyof LifePhase]: LifePhase[field]} & {
	/** In order. */
	readonly rows: DeviceRow[];
};

/** Where something begins. */
export type Place = {readonly seq: number; readonly action: string | null};

/** A life under construction. */
export type GrowingLife = {
	/** That it is a part of. */
	readonly recording: Recording;

	readonly device: string;

	/** What is compared. */
	readonly told: ToldFacts;

	/** In order; the last may still get rows. */
	readonly phases: OpenPhase[];

	/** Phases so far, by kind. */
	readonly numbers: {[kind in PhaseKind]: number};

	/** Release passes under way, outermost first: whether each has released a node yet. */
	passes: boolean[];

	/** A node was added or released. */
	isKnown: boolean;

	/** It was released first: the device was bound before the recording began. */
	isLate: boolean;

	/** A probe that has begun and has no phase yet. */
	begun: (Place & {readonly rows: number}) | null;

	/** A probe was refused and has not ended: in a log its beginning is inferred from the refusal, and comes after it. */
	isRefusing: boolean;

	/** The release of the last phase is over. */
	isOver: boolean;

	/** Register accesses since then, or before the first phase: they belong to the phase that comes, unless the last goes on. */
	pending: {readonly event: RecordedEvent; readonly text: RowText}[];

	/** Value of PCI_COMMAND that was written last in this phase; null for none. */
	command: number | null;

	/** Texts of rows so far, by what must be equal. */
	readonly texts: Map<string, RowText>;

	/** Rows of all phases. */
	rows: number;

	/** How often losses were told before the last event of the device. */
	losses: number;

	/** There was one since its last row. */
	afterLoss: boolean;
};

/** Whether a write changes what is compared; the first of a phase always counts. */
function isFelt(life: GrowingLife, event: RecordedEvent): boolean {
	if (event.type !== 'config-write' || event.offset !== PCI_COMMAND) return true;
	const {command} = life;
	life.command = event.value;
	return command === null || ((command ^ event.value) & comparedBits) !== 0;
}

/** Adds what is compared of an event to a phase, unless it changes nothing. */
export function addRow(
	life: GrowingLife,
	phase: OpenPhase,
	event: RecordedEvent,
	text: RowText,
): void {
	if (!isFelt(life, event)) return;
	// Rows repeat: each text is kept once.
	const known = life.texts.get(text.what) ?? text;
	if (known === text) life.texts.set(text.what, text);
	const {kind, what, like} = known;
	const node = kind === 'node' && 'node' in event ? life.recording.nodeNumberAt(event.seq) : null;
	phase.rows.push({seq: event.seq, kind, what, like, node, afterLoss: life.afterLoss});
	life.rows += 1;
	life.afterLoss = false;
}

/** Adds what has waited to a phase. */
function addPending(life: GrowingLife, phase: OpenPhase): void {
	const {pending} = life;
	life.pending = [];
	for (const {event, text} of pending) addRow(life, phase, event, text);
}

/** Goes on with the last phase, which was not over: what has waited for the next belongs to it. */
export function goOn(life: GrowingLife, phase: OpenPhase): OpenPhase {
	life.isOver = false;
	addPending(life, phase);
	return phase;
}

/** Opens a phase, with what is waiting for one. */
export function openPhase(life: GrowingLife, kind: PhaseKind, place: Place): OpenPhase {
	const last = life.phases.at(-1);
	if (last !== undefined && life.afterLoss) last.lossAtEnd = true;
	const {seq, action} = life.begun ?? place;
	life.begun = null;
	life.command = null;
	life.numbers[kind] += 1;
	const phase: OpenPhase = {
		kind,
		number: life.numbers[kind],
		from: seq,
		action,
		rows: [],
		lossAtEnd: false,
	};
	const isFirst = life.phases.push(phase) === 1;
	life.isOver = false;
	life.isRefusing = false;
	// What was written while the device was still bound is no part of its release.
	if (isFirst && kind === 'release') life.pending = [];
	addPending(life, phase);
	return phase;
}

/** A life of which nothing is known yet. */
export function grow(recording: Recording, device: string, told: ToldFacts): GrowingLife {
	return {
		recording,
		device,
		told,
		phases: [],
		numbers: {probe: 0, release: 0, refusal: 0},
		passes: [],
		isKnown: false,
		isLate: false,
		begun: null,
		isRefusing: false,
		isOver: false,
		pending: [],
		command: null,
		texts: new Map(),
		rows: 0,
		losses: 0,
		afterLoss: false,
	};
}

/** First and last event that the source itself has; others are inferred. */
export type Extent = {
	/** Ordinal of the first; -1 for none. */
	readonly first: number;

	/** Ordinal of the last; -1 for none. */
	readonly last: number;

	/** A simulation begins with the beginning and ends with the end. */
	readonly isWhole: boolean;
};

/** The life as far as the whole recording tells it; `losses` is how often any were told. */
export function finish(
	life: GrowingLife,
	losses: number,
	{first, last, isWhole}: Extent,
): DeviceLife {
	const {phases} = life;
	// Registers that were written behind the last phase would have belonged to one that never came.
	const told = life.pending.filter(({text}) => text.kind !== 'register');
	const end = phases.at(-1);
	if (end !== undefined) for (const {event, text} of told) addRow(life, end, event, text);
	if (end !== undefined && (life.afterLoss || life.losses !== losses)) end.lossAtEnd = true;
	const firstRow = phases[0]?.rows[0]?.seq ?? Number.POSITIVE_INFINITY;
	const lastRow = end?.rows.at(-1)?.seq ?? -1;
	const isProbe = phases[0]?.kind === 'probe';
	return {
		phases,
		startsInside: !isWhole && (firstRow <= first || (life.isLate && isProbe)),
		startsAnywhere: !isWhole && isProbe,
		endsInside: !isWhole && lastRow >= last,
	};
}
