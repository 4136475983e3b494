import {
	type AlignedPhase,
	addCounts,
	type Comparison,
	type Counts,
	type DeviceComparison,
	deviceName,
	type PhaseGap,
	type PhasePlace,
	phaseName,
	rowAt,
	rowText,
	type Side,
} from '../diff/comparison.ts';
import type {ToldFacts} from '../diff/told-facts.ts';
import type {Recording} from '../recording/recording.ts';
import {rowLines} from './diff-rows.ts';

/** A recording as it was named, and what it holds. */
export type DiffSource = {
	/** As given on the command line. */
	readonly name: string;

	/** What it holds. */
	readonly recording: Recording;
};

/** Lines of one device that are shown. */
const maximumLines = 2000;

const gaps: {readonly [gap in PhaseGap]: string} = {
	before: 'had not begun',
	after: 'had ended',
	lost: 'lost events',
};

function where(side: string, place: PhasePlace | null): string[] {
	if (place === null) return [];
	const action = place.action === null ? '' : ` ${place.action}`;
	return [`${side}: event ${place.from + 1}${action}`];
}

function phaseLines(phase: AlignedPhase, first: number | null): string[] {
	const {a, b, gap, counts} = phase;
	const name = phaseName(phase);
	if (gap !== null) {
		const [has, lacks] = a === null ? ['B', 'A'] : ['A', 'B'];
		return [`@@ ${name}: only in ${has}, not compared: ${lacks} ${gaps[gap]} @@`];
	}
	const what =
		a === null || b === null ? `only in ${a === null ? 'B' : 'A'}` : `${counts.equal} equal`;
	if (counts.different + counts.unknown === 0) return [`@@ ${name}: ${what} @@`];
	const different = counts.different === 0 ? [] : [`${counts.different} different`];
	return [
		`@@ ${name}: ${[what, ...different].join(', ')} @@`,
		`@@ ${[...where('A', a), ...where('B', b)].join('   ')} @@`,
		...rowLines(phase.rows, first),
	];
}

/** Phases without a difference that are named one by one; more are summed up. */
const fewPhases = 8;

function isQuiet({gap, counts}: AlignedPhase): boolean {
	return gap === null && counts.different + counts.unknown === 0;
}

/** Phases next to each other in which all is equal, in one line where they are many. */
function quietLines(phases: readonly AlignedPhase[]): string[] {
	const [first] = phases;
	const last = phases.at(-1);
	if (first === undefined || last === undefined) return [];
	if (phases.length <= fewPhases) return phases.flatMap((phase) => phaseLines(phase, null));
	const {equal} = addCounts(phases.map(({counts}) => counts));
	return [
		`@@ ${phaseName(first)} to ${phaseName(last)}: ${phases.length} phases, ${equal} equal @@`,
	];
}

/** All phases of a device; `firstOf` gives the row of the first difference where it is in a phase. */
function phasesLines(
	phases: readonly AlignedPhase[],
	firstOf: (phase: number) => number | null,
): string[] {
	const lines: string[] = [];
	let quiet: AlignedPhase[] = [];
	for (const [index, phase] of phases.entries()) {
		if (isQuiet(phase)) {
			quiet.push(phase);
			continue;
		}
		lines.push(...quietLines(quiet), ...phaseLines(phase, firstOf(index)));
		quiet = [];
	}
	return [...lines, ...quietLines(quiet)];
}

const facts: readonly (readonly [keyof ToldFacts, string])[] = [
	['probes', 'results of probes'],
	['binds', 'binding'],
	['unbinds', 'unbinding'],
	['presence', 'removal'],
	['registers', 'PCI_COMMAND'],
	['log', 'kernel log'],
];

function deviceLines(device: DeviceComparison, index: number, {first}: Comparison): string[] {
	const told = facts.flatMap(([fact, name]) => (device.told[fact] ? [name] : []));
	const lines = phasesLines(device.phases, (place) =>
		first?.device === index && first.phase === place ? first.row : null,
	);
	const more = lines.length - maximumLines;
	return [
		'',
		deviceName(device),
		`compared: ${['operations on nodes', ...told].join(', ')}`,
		...lines.slice(0, maximumLines),
		...(more > 0 ? [`and ${more} more ${more === 1 ? 'line' : 'lines'}`] : []),
	];
}

function firstLines(comparison: Comparison): string[] {
	const {first, devices} = comparison;
	const device = first === null ? undefined : devices[first.device];
	const phase = first === null ? undefined : device?.phases[first.phase];
	if (first === null || device === undefined || phase === undefined) return [];
	const row = rowAt(comparison, first);
	const has = (side: Side): string => {
		const each = row[side];
		const name = side.toUpperCase();
		return each === null
			? `  ${name} has nothing there`
			: `  ${name} has ${rowText(each)}, event ${each.seq + 1}`;
	};
	const place = `${phaseName(phase)} of ${deviceName(device)}`;
	return ['', `first difference: in ${place}`, has('a'), has('b')];
}

function strayLines({stray, strayDiffer}: Comparison): string[] {
	return (['a', 'b'] as const).flatMap((side) =>
		stray[side].length === 0
			? []
			: [
					`only in ${side.toUpperCase()}: ${stray[side].join(', ')}${strayDiffer ? '' : ' (not compared)'}`,
				],
	);
}

function countsLine({compared, equal, different, unknown}: Counts): string {
	const untold = unknown === 0 ? '' : `, ${unknown} told by one alone`;
	return `compared ${compared}, equal ${equal}, different ${different}${untold}`;
}

function sourceLine(side: string, {name, recording}: DiffSource): string {
	const {kernel, format} = recording.header.source;
	const parts = [name, format ?? '', kernel === null ? '' : `kernel ${kernel}`];
	return `${side}  ${parts.filter((part) => part !== '').join(', ')}`;
}

const pairings: {readonly [pairing in Comparison['pairing']]: readonly string[]} = {
	'by-address': [],
	'only-ones': ['the only device of A is compared with the only device of B'],
	chosen: [],
};

/** Two recordings like a unified diff: the first difference, then all, by device and phase; counts in the last line. */
export function diffReport(comparison: Comparison, a: DiffSource, b: DiffSource): string {
	const lines = [
		sourceLine('A', a),
		sourceLine('B', b),
		...pairings[comparison.pairing],
		...firstLines(comparison),
		...comparison.devices.flatMap((device, index) => deviceLines(device, index, comparison)),
		'',
		...strayLines(comparison),
		countsLine(comparison.counts),
	];
	return `${lines.join('\n')}\n`;
}
