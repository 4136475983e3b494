import type {Finding} from '../findings/finding.ts';
import {findingsOf} from '../findings/findings.ts';
import {nodeKey} from '../recording/node-id.ts';
import {commandOf, intxDisabled} from '../recording/pci-registers.ts';
import type {LineCounts, Recording, RecordingHeader} from '../recording/recording.ts';
import {type DeviceState, type NodeState, todoOf} from '../recording/state.ts';

/** A node as the report names it. */
export type ReportedNode = {
	/** Address as printed; from its second use on with `#` and the generation. */
	readonly id: string;

	/** As the log gives it: the release callback, or an action. */
	readonly name: string;

	/** Bytes. */
	readonly size: number;
};

/** A device at the end of the recording. */
export type ReportedDevice = {
	/** Address on its bus, or device name. */
	readonly address: string;

	/** Null for none, and where a log doesn't tell. */
	readonly driver: string | null;

	/** Oldest first. */
	readonly devres_head: readonly ReportedNode[];

	/** Nodes of a release that is not over, in list order. */
	readonly todo: readonly ReportedNode[];

	/** PCI_COMMAND; null where not known. */
	readonly command: number | null;

	/** Bit 10 of it. */
	readonly intx_disable: boolean | null;

	/** How often it was enabled and not disabled; null where not known. */
	readonly enable_count: number | null;
};

/** What is wrong, as `check` tells it at length; `event` is the ordinal of the event that shows it. */
export type ReportedFinding = Pick<Finding, 'rule' | 'severity' | 'device' | 'event' | 'message'>;

/** Outcome of one line of a scenario's `expect`. */
export type ReportedExpectation = {readonly text: string; readonly ok: boolean};

/** What `run --format json` prints: a contract. Changes of shape change `version`. */
export type RunReport = {
	readonly format: 'devresdbg-report';
	readonly version: 1;

	/** What the events were made from. */
	readonly source: Pick<RecordingHeader['source'], 'kind' | 'path' | 'kernel'>;

	/** How many there are. */
	readonly events: number;

	/** Where the lines of an imported file went; zeros for scenarios. */
	readonly lines: LineCounts;

	/** In order of first appearance. */
	readonly devices: readonly ReportedDevice[];

	/** What is wrong in the recording, in its order. */
	readonly findings: readonly ReportedFinding[];

	/** In the scenario's order. */
	readonly expectations: readonly ReportedExpectation[];
};

function reportNode(node: NodeState): ReportedNode {
	return {id: nodeKey(node), name: node.name, size: node.size};
}

function reportDevice(device: DeviceState): ReportedDevice {
	return {
		address: device.address,
		driver: device.driver ?? null,
		devres_head: device.devres_head.map(reportNode),
		todo: todoOf(device)
			.filter((entry) => entry.stage !== 'released')
			.map((entry) => reportNode(entry.node)),
		command: commandOf(device),
		intx_disable: intxDisabled(device),
		enable_count: device.enable_count,
	};
}

/** Sums up where a recording ends. */
export function runReport(
	recording: Recording,
	expectations: readonly ReportedExpectation[] = [],
): RunReport {
	const {source, lines} = recording.header;
	const state = recording.stateAt(recording.length);
	return {
		format: 'devresdbg-report',
		version: 1,
		source: {kind: source.kind, path: source.path, kernel: source.kernel},
		events: recording.length,
		lines,
		devices: recording.devices.flatMap((address) => {
			const device = state.devices.get(address);
			return device === undefined ? [] : [reportDevice(device)];
		}),
		findings: findingsOf(recording).map(({rule, severity, device, event, message}) => ({
			rule,
			severity,
			device,
			event,
			message,
		})),
		expectations: expectations.map(({text, ok}) => ({text, ok})),
	};
}
