import * as z from 'zod/mini';
import {zeroSizePointer} from '../kernel/devm-memory.ts';
import {devm_free_irq, devm_request_irq, free_irq, request_threaded_irq} from '../kernel/irq.ts';
import type {Kernel} from '../kernel/kernel.ts';
import {
	pci_alloc_irq_vectors,
	pci_disable_msi,
	pci_disable_msix,
	pci_enable_msi,
	pci_enable_msix_range,
	pci_free_irq_vectors,
} from '../kernel/msi.ts';
import {driverIntx, pci_intx, pcim_intx} from '../kernel/pci-intx.ts';
import {shortText, whole} from './schema-parts.ts';
import {defineStep, noArguments, type StepTable} from './step-definition.ts';
import {kept} from './steps-memory.ts';

const onOff = z.union([z.literal(0), z.literal(1)]);
const count = whole(1, 2048);
const handler = z.union([
	shortText,
	z.strictObject({name: shortText, reads: z.optional(shortText)}),
]);

function silent(
	name: string,
	help: string,
	call: (kernel: Kernel, dev: string) => void,
): StepTable[number] {
	return [
		name,
		defineStep(help, noArguments, ({kernel, dev}) => {
			call(kernel, dev);
			return 0;
		}),
	];
}

const vectorSteps: StepTable = [
	[
		'pci_enable_msi',
		defineStep('Switches MSI on.', noArguments, ({kernel, dev}) => pci_enable_msi(kernel, dev)),
	],
	[
		'pci_enable_msix_range',
		defineStep(
			'Switches MSI-X on with so many vectors.',
			z.strictObject({min: count, max: count}),
			({kernel, dev}, {min, max}) => pci_enable_msix_range(kernel, dev, min, max),
		),
	],
	[
		'pci_alloc_irq_vectors',
		defineStep(
			'Takes the first kind of interrupt that works.',
			z.strictObject({
				min: count,
				max: count,
				types: z.array(z.enum(['msix', 'msi', 'intx'])).check(z.minLength(1)),
			}),
			({kernel, dev}, {min, max, types}) => pci_alloc_irq_vectors(kernel, dev, min, max, types),
		),
	],
	silent('pci_disable_msi', 'Switches MSI off.', pci_disable_msi),
	silent('pci_disable_msix', 'Switches MSI-X off.', pci_disable_msix),
	silent('pci_free_irq_vectors', 'Switches MSI and MSI-X off.', pci_free_irq_vectors),
];

const intxSteps: StepTable = [
	[
		'pci_intx',
		defineStep('Lets the device assert INTx (1) or not (0).', onOff, ({kernel, dev}, given) => {
			pci_intx(kernel, dev, given);
			return 0;
		}),
	],
	[
		'pcim_intx',
		defineStep('As pci_intx, managed; not in every kernel.', onOff, ({kernel, dev}, given) =>
			pcim_intx(kernel, dev, given),
		),
	],
	[
		'intx',
		defineStep(
			'What a converted driver calls: pcim_intx in v6.14 and later, pci_intx before and in stable kernels.',
			onOff,
			({kernel, dev}, given) => driverIntx(kernel, dev, given),
		),
	],
];

const handlerSteps: StepTable = [
	[
		'devm_request_irq',
		defineStep(
			'Requests the interrupt until unbind; `reads` names memory that the handler uses.',
			handler,
			(context, given) => {
				const {name, reads} = typeof given === 'string' ? {name: given} : given;
				const memory = reads === undefined ? null : kept(context, reads);
				const uses = memory === zeroSizePointer ? null : memory;
				return devm_request_irq(context.kernel, context.dev, name, uses);
			},
		),
	],
	silent('devm_free_irq', 'Gives a managed interrupt back.', devm_free_irq),
	[
		'request_irq',
		defineStep(
			'Requests the interrupt; the driver must free it.',
			shortText,
			({kernel, dev}, given) => request_threaded_irq(kernel, dev, given),
		),
	],
	silent('free_irq', 'Gives the interrupt back.', free_irq),
];

/** Interrupts: vectors, INTx, handlers. */
export const irqSteps: StepTable = [...vectorSteps, ...intxSteps, ...handlerSteps];
