import type {RowKind} from './device-row.ts';
import type {LifePhase, PhaseKind} from './life-phase.ts';
import type {ToldFacts} from './told-facts.ts';

/** The two recordings, by the order in which they were given. */
export type Side = 'a' | 'b';

/** How an aligned row compares. Unknown: one recording doesn't tell, as it lost events there or had not begun. */
export type Verdict = 'equal' | 'changed' | 'only-a' | 'only-b' | 'unknown';

/** A row as one recording has it. */
export type ComparedRow = {
	/** `seq` of the event in its recording. */
	readonly seq: number;

	/** What kind of fact it is. */
	readonly kind: RowKind;

	/** `ADD pcim_release (0 bytes)`: what must be equal. */
	readonly what: string;

	/** Number of the node, the same in both recordings; null for rows without one. */
	readonly node: number | null;
};

/** What belongs together in the two recordings. At least one side is there. */
export type AlignedRow = {
	/** How the two compare. */
	readonly verdict: Verdict;

	/** Null where that recording has nothing here. */
	readonly a: ComparedRow | null;
	readonly b: ComparedRow | null;
};

/** Numbers of rows. */
export type Counts = {
	/** Rows that are equal or different. */
	readonly compared: number;

	/** Rows that are the same in both. */
	readonly equal: number;

	/** Rows that changed, or that one recording lacks. */
	readonly different: number;

	/** Rows of one recording about which the other can't tell. */
	readonly unknown: number;
};

/** Where a phase stands in one recording. */
export type PhasePlace = Pick<LifePhase, 'kind' | 'number' | 'from' | 'action'>;

/** Why a phase that one recording lacks is no difference: it had not begun, was over, or lost events there. */
export type PhaseGap = 'before' | 'after' | 'lost';

/** A phase of a device's life in the two recordings. At least one side is there. */
export type AlignedPhase = {
	/** Null where that recording lacks the phase. */
	readonly a: PhasePlace | null;
	readonly b: PhasePlace | null;

	/** Null where both have it, and where one should have it. */
	readonly gap: PhaseGap | null;

	/** In the order of both. */
	readonly rows: readonly AlignedRow[];

	/** Of these rows. */
	readonly counts: Counts;
};

/** Numbers of nodes by those of their own recording: nodes that belong together have the same in both. */
export type NodeNumbers = {readonly [side in Side]: ReadonlyMap<number, number>};

/** One device in the two recordings. */
export type DeviceComparison = {
	/** Its address in each. */
	readonly a: string;
	readonly b: string;

	/** What is compared beside operations on nodes. */
	readonly told: ToldFacts;

	/** In the order of both. */
	readonly phases: readonly AlignedPhase[];

	/** Of all phases. */
	readonly counts: Counts;

	/** By which nodes are called in rows. */
	readonly nodes: NodeNumbers;
};

/** Where a row is: indexes of a device, of a phase of it, and of a row of that. */
export type RowPlace = {readonly device: number; readonly phase: number; readonly row: number};

/** How the devices of the two recordings were paired. */
export type Pairing = 'by-address' | 'only-ones' | 'chosen';

/** Two recordings, device by device. */
export type Comparison = {
	/** Why these devices are compared. */
	readonly pairing: Pairing;

	/** In the order of the first recording; empty where no device is in both. */
	readonly devices: readonly DeviceComparison[];

	/** Devices with nodes that are not compared, by their addresses. */
	readonly stray: {readonly [side in Side]: readonly string[]};

	/** Stray devices are a difference: both recordings could have had them. */
	readonly strayDiffer: boolean;

	/** Of all devices. */
	readonly counts: Counts;

	/** The difference that happened first; null where there is none. */
	readonly first: RowPlace | null;

	/** Any row is different, or a device is missing that could be there. */
	readonly differs: boolean;
};

/** Whether a row is a difference. */
export function isDifferent({verdict}: AlignedRow): boolean {
	return verdict !== 'equal' && verdict !== 'unknown';
}

/** Counts rows by what they are. */
export function countRows(rows: readonly AlignedRow[]): Counts {
	let equal = 0;
	let different = 0;
	for (const row of rows) {
		if (row.verdict === 'equal') equal += 1;
		else if (isDifferent(row)) different += 1;
	}
	const compared = equal + different;
	return {compared, equal, different, unknown: rows.length - compared};
}

/** Counts of several parts together. */
export function addCounts(parts: readonly Counts[]): Counts {
	const sum = (field: keyof Counts): number =>
		parts.reduce((total, counts) => total + counts[field], 0);
	return {
		compared: sum('compared'),
		equal: sum('equal'),
		different: sum('different'),
		unknown: sum('unknown'),
	};
}

/** A row as one line: `ADD #5 pcim_release (0 bytes)`. */
export function rowText({what, node}: ComparedRow): string {
	return node === null ? what : what.replace(' ', ` #${node} `);
}

const phaseNames: {readonly [kind in PhaseKind]: string} = {
	probe: 'probe',
	release: 'release',
	refusal: 'refused probe',
};

/** `release 2`, or both names where the recordings have another one. */
export function phaseName({a, b}: AlignedPhase): string {
	const names = [a, b].flatMap((place) =>
		place === null ? [] : [`${phaseNames[place.kind]} ${place.number}`],
	);
	return [...new Set(names)].join(' / ');
}

/** `0000:00:1f.2`, or both addresses where they differ. */
export function deviceName({a, b}: Pick<DeviceComparison, 'a' | 'b'>): string {
	return a === b ? a : `${a} = ${b}`;
}

const changes: {readonly [kind in RowKind]: string} = {
	node: 'another size',
	log: 'another text',
	probe: 'another result',
	driver: 'another driver',
	register: 'other bits',
};

/** What is different about a changed row, in two or three words; empty for other rows. */
export function changeOf({verdict, a, b}: AlignedRow): string {
	if (verdict !== 'changed' || a === null || b === null) return '';
	return a.what === b.what ? 'another node' : changes[a.kind];
}

/** The row that a place names; a place that names none is a bug of the caller. */
export function rowAt({devices}: Comparison, place: RowPlace): AlignedRow {
	const row = devices[place.device]?.phases[place.phase]?.rows[place.row];
	if (row === undefined) throw new RangeError(`no row at ${JSON.stringify(place)}`);
	return row;
}

/** Number of a node by that of its own recording; null for one that no compared row is about. */
export function nodeNumber({nodes}: DeviceComparison, side: Side, own: number): number | null {
	return nodes[side].get(own) ?? null;
}
