import type {EventType} from '../recording/event.ts';
import type {Recording} from '../recording/recording.ts';

/** Functions at whose return a device is enabled. */
export const enableFunctions: readonly string[] = [
	'pcim_enable_device',
	'pci_enable_device',
	'pci_enable_device_mem',
	'pci_enable_device_flags',
];

/** What kinds of facts a recording tells, whatever they are. */
export type Knowledge = {
	/** Nodes that were added, released or removed. */
	readonly nodes: boolean;

	/** From where on all nodes of a device are known. */
	readonly lists: boolean;

	/** REL lines. */
	readonly releases: boolean;

	/** Data of nodes, such as `orig_intx`. */
	readonly nodeData: boolean;

	/** Writes to registers. */
	readonly registers: boolean;

	/** A function that enables a device. */
	readonly enabling: boolean;

	/** Where devices have their MSI registers. */
	readonly capabilities: boolean;

	/** Enable counts. */
	readonly enableCounts: boolean;

	/** When probes begin and end. */
	readonly probes: boolean;

	/** The memory that a handler reads. */
	readonly handlers: boolean;

	/** Lines of the kernel log. */
	readonly log: boolean;
};

/** Looks through what types of events there are. */
export function knowledgeOf(recording: Recording): Knowledge {
	// A simulation tells everything that happens: what it doesn't show was not.
	const isWhole = recording.header.source.kind === 'scenario';
	const has = (...types: readonly EventType[]) =>
		isWhole || types.some((type) => recording.ofType(type).length > 0);
	return {
		nodes: has('devres-add', 'devres-release', 'devres-remove'),
		lists: has('device-add', 'probe-begin') || recording.callsOf('devres_release_all').length > 0,
		releases: has('devres-release'),
		nodeData: has('devres-data'),
		registers: has('config-write', 'config-read'),
		enabling: isWhole || enableFunctions.some((fn) => recording.callsOf(fn).length > 0),
		capabilities:
			isWhole ||
			recording.ofType('device-add').some((seq) => {
				const event = recording.at(seq);
				return event.type === 'device-add' && (event.msi !== undefined || event.msix !== undefined);
			}),
		enableCounts: has('enable-count'),
		probes: has('probe-begin'),
		handlers: recording.ofType('device-data').some((seq) => {
			const event = recording.at(seq);
			return event.type === 'device-data' && event.field === 'irq_reads';
		}),
		log: has('printk', 'warning'),
	};
}
