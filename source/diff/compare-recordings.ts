import type {Recording} from '../recording/recording.ts';
import {compareLives} from './compare-lives.ts';
import {
	addCounts,
	type Comparison,
	type DeviceComparison,
	isDifferent,
	type Pairing,
	type RowPlace,
} from './comparison.ts';
import {livesOf} from './device-life.ts';
import {type DeviceFacts, factsOf, type RecordingFacts, toldByBoth} from './told-facts.ts';

/** A device by its addresses in the two recordings. */
export type DevicePair = {readonly a: string; readonly b: string};

type Paired = {readonly pairing: Pairing; readonly pairs: readonly DevicePair[]};

const noFacts: DeviceFacts = {
	nodes: 0,
	begins: false,
	probes: false,
	binds: false,
	unbinds: false,
	presence: false,
	registers: false,
};

function withNodes({devices}: RecordingFacts): string[] {
	return Array.from(devices).flatMap(([device, {nodes}]) => (nodes > 0 ? [device] : []));
}

/** Devices that can be compared: those that own nodes in both; in simulations, in one at least. */
function pairDevices(a: RecordingFacts, b: RecordingFacts): Paired {
	const areWhole = a.isSimulation && b.isSimulation;
	const nodes = ({devices}: RecordingFacts, device: string): number =>
		devices.get(device)?.nodes ?? 0;
	const common = Array.from(a.devices.keys()).filter((device) => {
		if (!b.devices.has(device)) return false;
		const [inA, inB] = [nodes(a, device), nodes(b, device)];
		return areWhole ? inA + inB > 0 : inA > 0 && inB > 0;
	});
	const pairs = common.map((device) => ({a: device, b: device}));
	if (pairs.length > 0) return {pairing: 'by-address', pairs};
	const [onlyA, otherA] = withNodes(a);
	const [onlyB, otherB] = withNodes(b);
	if (onlyA === undefined || onlyB === undefined || otherA !== undefined || otherB !== undefined) {
		return {pairing: 'by-address', pairs: []};
	}
	return {pairing: 'only-ones', pairs: [{a: onlyA, b: onlyB}]};
}

/** The first difference of a device, and where it happened in the first recording. */
function firstOf({phases}: DeviceComparison, device: number) {
	let seq = -1;
	for (const [phase, {rows}] of phases.entries()) {
		for (const [row, each] of rows.entries()) {
			seq = each.a?.seq ?? seq;
			if (isDifferent(each)) return {place: {device, phase, row}, seq};
		}
	}
	return null;
}

function firstDifference(devices: readonly DeviceComparison[]): RowPlace | null {
	const all = devices.map(firstOf).filter((each) => each !== null);
	return all.sort((a, b) => a.seq - b.seq)[0]?.place ?? null;
}

/**
Compares two recordings by device and phase: operations on nodes, and what else both tell.

`chosen` names the devices to compare; without it they are paired by address, or because each recording has only one.
Calls are not compared: a log has none.
*/
export function compareRecordings(
	a: Recording,
	b: Recording,
	chosen: readonly DevicePair[] = [],
): Comparison {
	const [factsA, factsB] = [factsOf(a), factsOf(b)];
	const {pairing, pairs}: Paired =
		chosen.length > 0 ? {pairing: 'chosen', pairs: chosen} : pairDevices(factsA, factsB);
	const areWhole = factsA.isSimulation && factsB.isSimulation;
	const told = pairs.map((pair) =>
		toldByBoth(
			factsA,
			factsB,
			factsA.devices.get(pair.a) ?? noFacts,
			factsB.devices.get(pair.b) ?? noFacts,
		),
	);
	const toldOf = (side: 'a' | 'b') =>
		new Map(told.map((facts, index) => [pairs[index]?.[side] ?? '', facts]));
	const livesA = livesOf(a, toldOf('a'));
	const livesB = livesOf(b, toldOf('b'));
	const devices = pairs.flatMap((pair, index): DeviceComparison[] => {
		const [lifeA, lifeB, facts] = [livesA.get(pair.a), livesB.get(pair.b), told[index]];
		if (lifeA === undefined || lifeB === undefined || facts === undefined) return [];
		return [{...pair, ...compareLives(lifeA, lifeB, {told: facts, areWhole})}];
	});
	const strayOf = (facts: RecordingFacts, side: 'a' | 'b'): string[] => {
		const paired = new Set(pairs.map((pair) => pair[side]));
		return withNodes(facts).filter((device) => !paired.has(device));
	};
	const stray = {a: strayOf(factsA, 'a'), b: strayOf(factsB, 'b')};
	const strayDiffer = areWhole && chosen.length === 0;
	const counts = addCounts(devices.map((device) => device.counts));
	const hasStray = stray.a.length + stray.b.length > 0;
	return {
		pairing,
		devices,
		stray,
		strayDiffer,
		counts,
		first: firstDifference(devices),
		differs: counts.different > 0 || (strayDiffer && hasStray),
	};
}
