import {z} from 'zod';
import {buses} from '../kernel/bus-functions.ts';
import {revisions} from '../kernel/revisions.ts';
import {interruptPins} from '../recording/pci-registers.ts';

const name = z.string().min(1).max(200);
const word = z
	.string()
	.regex(/^[\w.-]{1,64}$/, 'expected a name of letters, digits, "_", "-" and "."');
const sizes = z.record(word, z.int().min(0).max(0x7fff_ffff));
/** Names of kernels, oldest first. */
export const revisionNames = revisions.map(({name}) => name);

const revision = z.enum(revisionNames).describe('A kernel revision; see `devresdbg list`.');

/** A kernel by its name, or as a mixture. */
export const kernelSchema = z.union([
	revision,
	z.strictObject({
		base: revision.describe('What is not stated otherwise comes from here.'),
		intx: revision.optional(),
		enable: revision.optional(),
		regions: revision.optional(),
		iomap_table: revision.optional(),
		actions: revision.optional(),
		messages: revision.optional(),
		drivers: revision.optional().describe('What drivers call where they were converted.'),
		config: word
			.optional()
			.describe('Name of its configuration, such as debian: steps may state sizes for it.'),
		pinctrl: z.boolean().default(false).describe('Each probe first looks for pin states.'),
		nomsi: z.boolean().default(false).describe('Booted with pci=nomsi.'),
		debug_test_driver_remove: z
			.boolean()
			.default(false)
			.describe('Every probe is removed and probed again at once.'),
		debug_shirq: z
			.boolean()
			.default(false)
			.describe('A shared handler is called once more after it was freed.'),
		sizes: sizes.default({}).describe('Sizes of nodes that the configuration changed, in bytes.'),
	}),
]);

const units: {readonly [unit: string]: number} = {'': 1, K: 1 << 10, M: 1 << 20, G: 1 << 30};

const bar = z
	.string()
	.regex(/^(?:mem|io) \d{1,9}[KMG]?$/, 'expected "mem 1M" or "io 32": a kind and a size')
	.transform((text) => {
		const [kind = '', size = ''] = text.split(' ');
		const unit = size.replace(/\d+/, '');
		const bytes = Number.parseInt(size, 10) * (units[unit] ?? 1);
		return {kind: kind === 'io' ? ('io' as const) : ('mem' as const), size: bytes};
	});

const commandWord = z
	.union([
		z.int().min(0).max(0xffff),
		z
			.string()
			.regex(/^0x[\da-fA-F]{1,4}$/, 'expected a 16-bit word such as "0x0006"')
			.transform((text) => Number.parseInt(text, 16)),
	])
	.describe('PCI_COMMAND as firmware left it, such as "0x0006".');

const device = z.strictObject({
	address: name.describe('Address on its bus: "0000:23:00.1", or a device name.'),
	id: name.describe('What drivers match: "1022:1486", or a name.'),
	bus: z.enum(buses).default('pci'),
	parent: name.optional().describe('Address of the device above it.'),
	added_by_driver: z
		.boolean()
		.default(false)
		.describe('It appears when a driver calls device_add on it.'),
	interrupt_pin: z.enum(interruptPins).default('A'),
	msi: z.int().min(1).max(32).optional().describe('MSI vectors.'),
	msix: z.int().min(1).max(2048).optional().describe('MSI-X vectors.'),
	bars: z
		.record(z.string().regex(/^[0-5]$/, 'a BAR has a number from 0 to 5'), bar)
		.default({})
		.describe('BARs by number: "mem 1M" or "io 32".'),
	numa_node: z.int().min(0).max(1023).optional().describe('Memory node it is near to.'),
	command: commandWord.optional(),
	msi_intx_disable_bug: z.boolean().default(false).describe('A quirk: MSI code leaves INTx alone.'),
	intx_disable: z.boolean().optional().describe('Bit 10 of PCI_COMMAND before the first probe.'),
});

/** Steps are checked against the table of steps, not by zod: this only marks where they stand. */
export const stepPlace = z.unknown().meta({id: 'step'});

/** As `stepPlace`, for the actions of the script. */
export const actionPlace = z.unknown().meta({id: 'action'});

const stepList = z.array(stepPlace);
const steps = stepList.default([]);

const otherwise = z
	.strictObject({
		async: z.boolean(),
		work_function: word,
		probe: stepList,
		work: stepList,
		remove: stepList,
	})
	.partial();

const driver = z.strictObject({
	matches: z.array(name).default([]).describe('Ids of the devices it is for.'),
	module: word.optional().describe("The module it lives in; the driver's own name by default."),
	probe_function: word.optional().describe('Name of its probe in the kernel: sp_pci_probe.'),
	work_function: word.optional().describe('Name of its work item in the kernel.'),
	remove_function: word.optional().describe('Name of its remove in the kernel.'),
	init: steps.describe(
		'Calls that the module makes before it registers the driver; each names its device with `on`.',
	),
	probe: steps.describe('Calls that its probe makes. The first that fails ends it.'),
	work: steps.describe(
		'Calls of a work item that its probe queues: made once probe has succeeded.',
	),
	remove: steps.describe('Calls that its remove makes.'),
	after_bind: steps.describe('Calls for each bound device once modprobe has bound all of them.'),
	async: z.boolean().default(false).describe('Prefers to be probed by a worker.'),
	under: z
		.strictObject(Object.fromEntries(revisionNames.map((each) => [each, otherwise.optional()])))
		.default({})
		.describe('What is otherwise in the driver of another kernel, by that kernel.'),
});

const expectation = z.union([
	z.strictObject({log: name.describe('Text that some line of the kernel log contains.')}),
	z.strictObject({
		that: name.describe('An expression that is true.'),
		at: z
			.union([z.literal('end'), z.int().min(0)])
			.default('end')
			.describe('Where it is true: at the end, or after so many events.'),
	}),
]);

/** The scenario file; steps and actions are still as written. */
export const scenarioSchema = z
	.strictObject({
		title: name.describe('One line.'),
		about: z.string().default('').describe('What a reader should notice, in a few sentences.'),
		kernel: kernelSchema,
		devices: z.array(device).min(1),
		drivers: z.record(word, driver).default({}).describe('Drivers by name.'),
		script: z.array(actionPlace).default([]).describe('What happens, in order.'),
		breakpoints: z
			.array(
				z.strictObject({
					break: name.describe('A function, an event type, or the name of a node.'),
					if: name.optional().describe('A condition.'),
				}),
			)
			.default([])
			.describe('Where it is worth stopping.'),
		expect: z.array(expectation).default([]).describe('What must hold in the end.'),
	})
	.meta({id: 'scenario'});

/** The file as the schema gives it: defaults are filled in, steps and actions as written. */
export type ScenarioFile = z.output<typeof scenarioSchema>;
