import {
	type AlignedPhase,
	type AlignedRow,
	type ComparedRow,
	type Comparison,
	type Counts,
	changeOf,
	type DeviceComparison,
	type Pairing,
	type PhaseGap,
	type PhasePlace,
	rowText,
	type Verdict,
} from '../diff/comparison.ts';
import type {ToldFacts} from '../diff/told-facts.ts';
import type {RecordingHeader} from '../recording/recording.ts';
import type {DiffSource} from './diff-report.ts';

/** A row as one recording has it: `seq` is that of its event. */
export type ReportedRow = {readonly seq: number; readonly text: string};

/** A row that is not equal in both. */
export type ReportedDifference = {
	/** `unknown` is none: one recording can't tell. */
	readonly verdict: Exclude<Verdict, 'equal'>;

	/** `another size` and the like; empty where one side has nothing. */
	readonly change: string;

	/** Null where the recording has nothing there. */
	readonly a: ReportedRow | null;
	readonly b: ReportedRow | null;
};

/** A phase of a device's life. */
export type ReportedPhase = {
	/** Null where the recording lacks the phase; `from` is the `seq` of its first event. */
	readonly a: PhasePlace | null;
	readonly b: PhasePlace | null;

	/** Why a missing phase is no difference; null where it is one, and where none is missing. */
	readonly gap: PhaseGap | null;

	/** Of its rows, equal ones included. */
	readonly counts: Counts;

	/** In order; the rows that are equal are only counted. */
	readonly differences: readonly ReportedDifference[];
};

/** A device that was compared. */
export type ReportedPair = {
	/** Its address in each recording. */
	readonly a: string;
	readonly b: string;

	/** What both recordings tell, and is compared beside operations on nodes. */
	readonly told: Omit<ToldFacts, 'begins' | 'unbindStarts'>;

	/** Of all its rows. */
	readonly counts: Counts;

	/** In the order of both recordings. */
	readonly phases: readonly ReportedPhase[];
};

type ReportedSource = Pick<RecordingHeader['source'], 'kind' | 'path' | 'kernel'> & {
	/** As given on the command line. */
	readonly name: string;
};

/** What `diff --format json` prints: a contract. Changes of shape change `version`. */
export type DiffJson = {
	/** What this is. */
	readonly format: 'devresdbg-diff';

	/** Of this shape. */
	readonly version: 1;

	/** The recordings, in the order in which they were given. */
	readonly a: ReportedSource;
	readonly b: ReportedSource;

	/** Whether the program exits with 1. */
	readonly differs: boolean;

	/** How devices were paired. */
	readonly pairing: Pairing;

	/** Of all devices. */
	readonly counts: Counts;

	/** The difference that happened first: indexes of device and phase, and the row; null for none. */
	readonly first: ({readonly device: number; readonly phase: number} & ReportedDifference) | null;

	/** In the order of the first recording. */
	readonly devices: readonly ReportedPair[];

	/** Devices with nodes that only one recording has. */
	readonly stray: Comparison['stray'];
};

function sourceOf({name, recording}: DiffSource): ReportedSource {
	const {kind, path, kernel} = recording.header.source;
	return {name, kind, path, kernel};
}

function reportRow(row: ComparedRow | null): ReportedRow | null {
	return row === null ? null : {seq: row.seq, text: rowText(row)};
}

function differenceOf(row: AlignedRow): ReportedDifference[] {
	const {verdict} = row;
	if (verdict === 'equal') return [];
	return [{verdict, change: changeOf(row), a: reportRow(row.a), b: reportRow(row.b)}];
}

function reportPhase({a, b, gap, counts, rows}: AlignedPhase): ReportedPhase {
	return {a, b, gap, counts, differences: rows.flatMap(differenceOf)};
}

function reportPair({a, b, told: facts, counts, phases}: DeviceComparison): ReportedPair {
	// What only decides where phases begin is no concern of the reader.
	const {begins: _, unbindStarts: __, ...told} = facts;
	return {a, b, told, counts, phases: phases.map(reportPhase)};
}

/** A comparison for programs. */
export function diffJson(comparison: Comparison, a: DiffSource, b: DiffSource): DiffJson {
	const {differs, pairing, counts, first, devices, stray} = comparison;
	const row =
		first === null ? undefined : devices[first.device]?.phases[first.phase]?.rows[first.row];
	const [difference] = row === undefined ? [] : differenceOf(row);
	return {
		format: 'devresdbg-diff',
		version: 1,
		a: sourceOf(a),
		b: sourceOf(b),
		differs,
		pairing,
		counts,
		first:
			first === null || difference === undefined
				? null
				: {device: first.device, phase: first.phase, ...difference},
		devices: devices.map(reportPair),
		stray,
	};
}
