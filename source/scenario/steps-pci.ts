import * as z from 'zod/mini';
import type {Kernel, RegionsPart} from '../kernel/kernel.ts';
import {
	pci_clear_master,
	pci_clear_mwi,
	pci_disable_device,
	pci_enable_device,
	pci_set_master,
	pci_set_mwi,
	pcim_enable_device,
	pcim_pin_device,
	pcim_set_mwi,
} from '../kernel/pci.ts';
import {pci_iomap, pci_iounmap} from '../kernel/pci-resource.ts';
import {errno} from '../recording/errno.ts';
import {shortText, whole} from './schema-parts.ts';
import {defineStep, noArguments, type StepResult, type StepTable} from './step-definition.ts';

const bar = whole(0, 16);
/** The kernel is given a mask, which has no order. */
const barList = z.pipe(
	z.array(bar).check(z.minLength(1), z.maxLength(17)),
	z.transform((numbers) => [...new Set(numbers)].toSorted((a, b) => a - b)),
);
const bars = z.strictObject({bars: barList, name: shortText});
const oneBar = z.strictObject({bar, name: shortText});

type Simple = (kernel: Kernel, pdev: string) => number;

function simple(name: string, help: string, call: Simple): StepTable[number] {
	return [name, defineStep(help, noArguments, ({kernel, dev}) => call(kernel, dev))];
}

function silent(call: (kernel: Kernel, pdev: string) => void): Simple {
	return (kernel, pdev) => {
		call(kernel, pdev);
		return 0;
	};
}

const deviceSteps: StepTable = [
	simple('pcim_enable_device', 'Enables the device until it is unbound.', pcim_enable_device),
	simple('pcim_pin_device', 'Leaves the device enabled at unbind.', silent(pcim_pin_device)),
	simple('pci_enable_device', 'Enables the device; the driver must disable it.', pci_enable_device),
	simple('pci_disable_device', 'Disables the device.', silent(pci_disable_device)),
	simple('pci_set_master', 'Lets the device do DMA.', silent(pci_set_master)),
	simple('pci_clear_master', 'Takes DMA away.', silent(pci_clear_master)),
	simple('pci_set_mwi', 'Enables Memory-Write-Invalidate.', pci_set_mwi),
	simple('pci_clear_mwi', 'Disables Memory-Write-Invalidate.', silent(pci_clear_mwi)),
	simple('pcim_set_mwi', 'Enables Memory-Write-Invalidate until unbind.', pcim_set_mwi),
];

/** Calls a function of the regions part inside its frame; the frame's name is the kernel's. */
function inFrame(
	kernel: Kernel,
	pdev: string,
	fn: string,
	args: {readonly [name: string]: string | number},
	body: () => number,
): number {
	return kernel.callInt(fn, pdev, {pdev, ...args}, body);
}

/** What a driver of that kernel's time called in place of a function that its kernel lacks. */
function instead(kernel: Kernel, pdev: string, fn: string): void {
	kernel.note(`${kernel.revision.name} has no ${fn}(): what drivers of its time called`, pdev);
}

function mapRegion(kernel: Kernel, pdev: string, {bar: number, name}: z.output<typeof oneBar>) {
	const {regions} = kernel.revision;
	if (regions.pcim_iomap_region !== null) {
		return regions.pcim_iomap_region(kernel, pdev, number, name);
	}
	instead(kernel, pdev, 'pcim_iomap_region');
	return inFrame(kernel, pdev, 'pcim_iomap_regions', {mask: 1 << number}, () =>
		regions.pcim_iomap_regions(kernel, pdev, [number], name),
	);
}

function requestAndMap(
	kernel: Kernel,
	pdev: string,
	given: z.output<typeof bars>,
	{pcim_request_all_regions, pcim_iomap}: RegionsPart,
): number {
	instead(kernel, pdev, 'pcim_iomap_regions_request_all');
	const result = pcim_request_all_regions?.(kernel, pdev, given.name) ?? 0;
	if (result < 0) return result;
	for (const number of given.bars) {
		const mapped = inFrame(kernel, pdev, 'pcim_iomap', {bar: number}, () =>
			pcim_iomap(kernel, pdev, number),
		);
		if (mapped < 0) return mapped;
	}
	return 0;
}

function mapRequestAll(kernel: Kernel, pdev: string, given: z.output<typeof bars>): number {
	const {regions} = kernel.revision;
	const body = regions.pcim_iomap_regions_request_all;
	if (body === null) return requestAndMap(kernel, pdev, given, regions);
	return inFrame(kernel, pdev, 'pcim_iomap_regions_request_all', {mask: maskOf(given.bars)}, () =>
		body(kernel, pdev, given.bars, given.name),
	);
}

function maskOf(numbers: readonly number[]): string {
	return `0x${numbers.reduce((mask, number) => mask | (1 << number), 0).toString(16)}`;
}

function requestOne(kernel: Kernel, pdev: string, {bar: number, name}: z.output<typeof oneBar>) {
	const {regions} = kernel.revision;
	if (regions.pcim_request_region !== null) {
		return regions.pcim_request_region(kernel, pdev, number, name);
	}
	instead(kernel, pdev, 'pcim_request_region');
	return inFrame(kernel, pdev, 'pci_request_region', {bar: number}, () =>
		regions.pci_request_region(kernel, pdev, number, name),
	);
}

const requestSteps: StepTable = [
	[
		'pci_request_region',
		defineStep('Reserves a BAR.', oneBar, ({kernel, dev}, given) =>
			inFrame(kernel, dev, 'pci_request_region', {bar: given.bar}, () =>
				kernel.revision.regions.pci_request_region(kernel, dev, given.bar, given.name),
			),
		),
	],
	[
		'pci_release_region',
		defineStep('Gives a BAR back.', bar, ({kernel, dev}, given) =>
			inFrame(kernel, dev, 'pci_release_region', {bar: given}, () => {
				kernel.revision.regions.pci_release_region(kernel, dev, given);
				return 0;
			}),
		),
	],
	[
		'pci_request_regions',
		defineStep('Reserves all BARs.', shortText, ({kernel, dev}, given) =>
			inFrame(kernel, dev, 'pci_request_regions', {name: given}, () =>
				kernel.revision.regions.pci_request_regions(kernel, dev, given),
			),
		),
	],
	[
		'pci_release_regions',
		defineStep('Gives all BARs back.', noArguments, ({kernel, dev}) =>
			inFrame(kernel, dev, 'pci_release_regions', {}, () => {
				kernel.revision.regions.pci_release_regions(kernel, dev);
				return 0;
			}),
		),
	],
	[
		'pcim_request_region',
		defineStep('Reserves a BAR until unbind.', oneBar, ({kernel, dev}, given) =>
			requestOne(kernel, dev, given),
		),
	],
	[
		'pcim_request_all_regions',
		defineStep(
			'Reserves all BARs until unbind, unused ones too.',
			shortText,
			({kernel, dev}, given) => {
				const {regions} = kernel.revision;
				if (regions.pcim_request_all_regions !== null) {
					return regions.pcim_request_all_regions(kernel, dev, given);
				}
				instead(kernel, dev, 'pcim_request_all_regions');
				return regions.pci_request_regions(kernel, dev, given);
			},
		),
	],
];

/** A call on one BAR that a kernel may lack. */
function onBar(
	fn: 'pcim_iomap' | 'pcim_iounmap' | 'pcim_iounmap_region' | 'pcim_iomap_range',
	help: string,
): StepTable[number] {
	return [
		fn,
		defineStep(help, bar, ({kernel, dev}, given): StepResult => {
			const body = kernel.revision.regions[fn];
			if (body === null) return -errno.EOPNOTSUPP;
			return inFrame(kernel, dev, fn, {bar: given}, () => body(kernel, dev, given) ?? 0);
		}),
	];
}

const mapSteps: StepTable = [
	onBar('pcim_iomap', 'Maps a BAR until unbind.'),
	onBar('pcim_iounmap', 'Takes such a mapping back.'),
	onBar('pcim_iomap_range', 'Maps part of a BAR until unbind; not in the table.'),
	onBar('pcim_iounmap_region', 'Takes a reserved mapping back.'),
	[
		'pcim_iomap_region',
		defineStep('Reserves and maps a BAR until unbind.', oneBar, ({kernel, dev}, given) =>
			mapRegion(kernel, dev, given),
		),
	],
	[
		'pcim_iomap_regions',
		defineStep('Reserves and maps BARs until unbind.', bars, ({kernel, dev}, given) =>
			inFrame(kernel, dev, 'pcim_iomap_regions', {mask: maskOf(given.bars)}, () =>
				kernel.revision.regions.pcim_iomap_regions(kernel, dev, given.bars, given.name),
			),
		),
	],
	[
		'pcim_iounmap_regions',
		defineStep('Takes reserved mappings back.', barList, ({kernel, dev}, given) => {
			const body = kernel.revision.regions.pcim_iounmap_regions;
			if (body === null) return -errno.EOPNOTSUPP;
			return inFrame(kernel, dev, 'pcim_iounmap_regions', {mask: maskOf(given)}, () => {
				body(kernel, dev, given);
				return 0;
			});
		}),
	],
	[
		'pcim_iomap_regions_request_all',
		defineStep('Reserves all BARs, maps some of them.', bars, ({kernel, dev}, given) =>
			mapRequestAll(kernel, dev, given),
		),
	],
	[
		'pci_iomap',
		defineStep('Maps a BAR; never managed.', bar, ({kernel, dev}, given) =>
			pci_iomap(kernel, dev, given) === null ? -errno.ENOMEM : 0,
		),
	],
	[
		'pci_iounmap',
		defineStep('Takes an unmanaged mapping back.', bar, ({kernel, dev}, given) => {
			pci_iounmap(kernel, dev, given);
			return 0;
		}),
	],
];

/** PCI devices: enabling, BARs. */
export const pciSteps: StepTable = [...deviceSteps, ...requestSteps, ...mapSteps];
