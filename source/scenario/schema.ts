import * as z from 'zod/mini';
import {buses} from '../kernel/bus-functions.ts';
import {revisions} from '../kernel/revisions.ts';
import {interruptPins} from '../recording/pci-registers.ts';
import {bytes, described, formed, shortText, whole} from './schema-parts.ts';

const word = formed(/^[\w.-]{1,64}$/, 'expected a name of letters, digits, "_", "-" and "."');

function describedText(description: string) {
	return described(z.clone(shortText), description);
}

function describedWord(description: string) {
	return described(z.optional(word), description);
}

function flag(description: string) {
	return described(z._default(z.boolean(), false), description);
}

/** Names of kernels, oldest first. */
export const revisionNames = revisions.map(({name}) => name);

const revision = described(z.enum(revisionNames), 'A kernel revision; see `devresdbg list`.');
const optionalRevision = z.optional(revision);

/** A kernel by its name, or as a mixture. */
export const kernelSchema = z.union([
	revision,
	z.strictObject({
		base: described(z.clone(revision), 'What is not stated otherwise comes from here.'),
		intx: optionalRevision,
		enable: optionalRevision,
		regions: optionalRevision,
		iomap_table: optionalRevision,
		actions: optionalRevision,
		messages: optionalRevision,
		drivers: described(z.optional(revision), 'What drivers call where they were converted.'),
		config: describedWord(
			'Name of its configuration, such as debian: steps may state sizes for it.',
		),
		pinctrl: flag('Each probe first looks for pin states.'),
		nomsi: flag('Booted with pci=nomsi.'),
		debug_test_driver_remove: flag('Every probe is removed and probed again at once.'),
		debug_shirq: flag('A shared handler is called once more after it was freed.'),
		sizes: described(
			z._default(z.record(word, bytes), {}),
			'Sizes of nodes that the configuration changed, in bytes.',
		),
	}),
]);

const units: {readonly [unit: string]: number} = {'': 1, K: 1 << 10, M: 1 << 20, G: 1 << 30};

const bar = z.pipe(
	formed(/^(?:mem|io) \d{1,9}[KMG]?$/, 'expected "mem 1M" or "io 32": a kind and a size'),
	z.transform((text) => {
		const [kind = '', size = ''] = text.split(' ');
		const unit = size.replace(/\d+/, '');
		const bytes = Number.parseInt(size, 10) * (units[unit] ?? 1);
		return {kind: kind === 'io' ? ('io' as const) : ('mem' as const), size: bytes};
	}),
);

const commandWord = z.union([
	whole(0, 0xffff),
	z.pipe(
		formed(/^0x[\da-fA-F]{1,4}$/, 'expected a 16-bit word such as "0x0006"'),
		z.transform((text) => Number.parseInt(text, 16)),
	),
]);

const device = z.strictObject({
	address: describedText('Address on its bus: "0000:23:00.1", or a device name.'),
	id: describedText('What drivers match: "1022:1486", or a name.'),
	bus: z._default(z.enum(buses), 'pci'),
	parent: described(z.optional(shortText), 'Address of the device above it.'),
	added_by_driver: flag('It appears when a driver calls device_add on it.'),
	interrupt_pin: z._default(z.enum(interruptPins), 'A'),
	msi: described(z.optional(whole(1, 32)), 'MSI vectors.'),
	msix: described(z.optional(whole(1, 2048)), 'MSI-X vectors.'),
	bars: described(
		z._default(z.record(formed(/^[0-5]$/, 'a BAR has a number from 0 to 5'), bar), {}),
		'BARs by number: "mem 1M" or "io 32".',
	),
	numa_node: described(z.optional(whole(0, 1023)), 'Memory node it is near to.'),
	command: z.optional(described(commandWord, 'PCI_COMMAND as firmware left it, such as "0x0006".')),
	msi_intx_disable_bug: flag('A quirk: MSI code leaves INTx alone.'),
	intx_disable: described(z.optional(z.boolean()), 'Bit 10 of PCI_COMMAND before the first probe.'),
});

/** Steps are checked against the table of steps, not by zod: this only marks where they stand. */
export const stepPlace = z.unknown().register(z.globalRegistry, {id: 'step'});

/** As `stepPlace`, for the actions of the script. */
export const actionPlace = z.unknown().register(z.globalRegistry, {id: 'action'});

const stepList = z.array(stepPlace);

function steps(description: string) {
	return described(z._default(stepList, []), description);
}

const otherwise = z.optional(
	z.strictObject({
		async: z.optional(z.boolean()),
		work_function: z.optional(word),
		probe: z.optional(stepList),
		work: z.optional(stepList),
		remove: z.optional(stepList),
	}),
);

const driver = z.strictObject({
	matches: described(z._default(z.array(shortText), []), 'Ids of the devices it is for.'),
	module: describedWord("The module it lives in; the driver's own name by default."),
	probe_function: describedWord('Name of its probe in the kernel: sp_pci_probe.'),
	work_function: describedWord('Name of its work item in the kernel.'),
	remove_function: describedWord('Name of its remove in the kernel.'),
	init: steps(
		'Calls that the module makes before it registers the driver; each names its device with `on`.',
	),
	probe: steps('Calls that its probe makes. The first that fails ends it.'),
	work: steps('Calls of a work item that its probe queues: made once probe has succeeded.'),
	remove: steps('Calls that its remove makes.'),
	after_bind: steps('Calls for each bound device once modprobe has bound all of them.'),
	async: flag('Prefers to be probed by a worker.'),
	under: described(
		z._default(
			z.strictObject(Object.fromEntries(revisionNames.map((each) => [each, otherwise]))),
			{},
		),
		'What is otherwise in the driver of another kernel, by that kernel.',
	),
});

const expectation = z.union([
	z.strictObject({log: describedText('Text that some line of the kernel log contains.')}),
	z.strictObject({
		that: describedText('An expression that is true.'),
		at: described(
			z._default(z.union([z.literal('end'), whole(0)]), 'end'),
			'Where it is true: at the end, or after so many events.',
		),
	}),
]);

const breakpoint = z.strictObject({
	break: describedText('A function, an event type, or the name of a node.'),
	if: described(z.optional(shortText), 'A condition.'),
});

/** The scenario file; steps and actions are still as written. */
export const scenarioSchema = z
	.strictObject({
		title: describedText('One line.'),
		about: described(
			z._default(z.string(), ''),
			'What a reader should notice, in a few sentences.',
		),
		kernel: kernelSchema,
		devices: z.array(device).check(z.minLength(1)),
		drivers: described(z._default(z.record(word, driver), {}), 'Drivers by name.'),
		script: described(z._default(z.array(actionPlace), []), 'What happens, in order.'),
		breakpoints: described(z._default(z.array(breakpoint), []), 'Where it is worth stopping.'),
		expect: described(z._default(z.array(expectation), []), 'What must hold in the end.'),
	})
	.register(z.globalRegistry, {id: 'scenario'});

/** The file as the schema gives it: defaults are filled in, steps and actions as written. */
export type ScenarioFile = z.output<typeof scenarioSchema>;
