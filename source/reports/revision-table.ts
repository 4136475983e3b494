import {describeResult} from '../recording/describe.ts';
import {intxDisabled} from '../recording/pci-registers.ts';
import type {Recording} from '../recording/recording.ts';
import {type DevicePhase, type Phase, phasesOf} from './phases.ts';
import type {ReportedExpectation} from './run-report.ts';
import {textTable} from './text-table.ts';

/** How one device fares under one revision. */
export type DeviceOutcome = {
	readonly address: string;

	/** Result of its last probe when it had been unbound before: does it load again? Null when it wasn't tried. */
	readonly reload: number | null;

	/** Nodes on `devres_head` after it was unbound first; null when it never was. */
	readonly leftover: number | null;

	/** Bit 10 of PCI_COMMAND: before the first action, after the first successful probe, after the first unbind. */
	readonly intx: {
		readonly before: boolean | null;
		readonly bound: boolean | null;
		readonly unbound: boolean | null;
	};
};

/** How a scenario ends under one revision. */
export type RevisionOutcome = {
	/** Name of the revision. */
	readonly kernel: string;

	/** In order of first appearance. */
	readonly devices: readonly DeviceOutcome[];

	/** In the scenario's order. */
	readonly expectations: readonly ReportedExpectation[];
};

/** What `run --kernel all --format json` prints. */
export type RevisionReport = {
	readonly format: 'devresdbg-revisions';
	readonly version: 1;
	readonly title: string;

	/** Null for standard input. */
	readonly path: string | null;

	/** Oldest first. */
	readonly revisions: readonly RevisionOutcome[];
};

function bitAfter(step: DevicePhase | undefined): boolean | null {
	return step?.intx.at(-1) ?? null;
}

function deviceOutcome(
	address: string,
	phases: readonly Phase[],
	before: boolean | null,
): DeviceOutcome {
	const steps = phases.flatMap((phase) => phase.devices.get(address) ?? []);
	const unbound = steps.findIndex((step) => step.unbound.length > 0);
	const probes = unbound === -1 ? [] : steps.slice(unbound + 1).flatMap((step) => step.probes);
	return {
		address,
		reload: probes.at(-1) ?? null,
		leftover: steps[unbound]?.left ?? null,
		intx: {
			before,
			bound: bitAfter(steps.find((step) => step.probes.includes(0))),
			unbound: bitAfter(steps[unbound]),
		},
	};
}

/** Sums up a run under one revision. */
export function revisionOutcome(
	recording: Recording,
	expectations: readonly ReportedExpectation[],
): RevisionOutcome {
	const phases = phasesOf(recording);
	const start = recording.stateAt(recording.ofType('action')[0] ?? 0);
	return {
		kernel: recording.header.source.kernel ?? '',
		devices: recording.devices.map((address) => {
			const device = start.devices.get(address);
			return deviceOutcome(address, phases, device === undefined ? null : intxDisabled(device));
		}),
		expectations: expectations.map(({text, ok}) => ({text, ok})),
	};
}

function bit(value: boolean | null): string {
	return value === null ? '-' : `${Number(value)}`;
}

/** One text where all devices agree, else one for each. */
function together(texts: readonly string[]): string {
	return new Set(texts).size === 1 ? (texts[0] ?? '') : texts.join(' / ');
}

function cells({kernel, devices, expectations}: RevisionOutcome): string[] {
	const all = (text: (device: DeviceOutcome) => string): string => together(devices.map(text));
	const held = expectations.filter(({ok}) => ok).length;
	return [
		kernel,
		all(({reload}) => (reload === null ? '-' : reload === 0 ? 'yes' : describeResult(reload))),
		all(({leftover}) => `${leftover ?? '-'}`),
		all(({intx}) => bit(intx.before)),
		all(({intx}) => bit(intx.bound)),
		all(({intx}) => bit(intx.unbound)),
		expectations.length === 0 ? '-' : `${held} of ${expectations.length}`,
	];
}

const heads = [
	'kernel',
	'reloads',
	'left over',
	'INTX_DISABLE before',
	'bound',
	'unbound',
	'expected',
];

/** One line a revision: does the driver load again, what was left over, what bit 10 was. */
export function revisionTable(report: RevisionReport): string {
	return `${report.title}\n\n${textTable([heads, ...report.revisions.map(cells)])}`;
}
