// Models BAR requests and mappings of kernels up to v6.10 (drivers/pci/pci.c, lib/devres.c):
// regions are bits in the shared node, mappings stand in the table, whose release unmaps them.
import {errno} from '../recording/errno.ts';
import type {Kernel, RegionsPart} from './kernel.ts';
import {checkBar} from './pci.ts';
import {find_pci_dr} from './pci-devres-shared.ts';
import {pcim_iomap_table, slot, tableNodeName} from './pci-iomap-table.ts';
import {
	allBars,
	hasBar,
	pci_iomap,
	pci_iounmap,
	releaseResource,
	requestOrWarn,
} from './pci-resource.ts';

function setMask(kernel: Kernel, pdev: string, bar: number, taken: boolean): void {
	const dr = find_pci_dr(kernel, pdev);
	if (dr === null) return;
	const mask = Number(dr.data['region_mask'] ?? 0);
	const bit = 1 << bar;
	kernel.setNodeField(pdev, dr, 'region_mask', taken ? mask | bit : mask & ~bit);
}

function requestRegion(kernel: Kernel, pdev: string, bar: number, name: string): number {
	if (!hasBar(kernel, pdev, bar)) return 0;
	const result = requestOrWarn(kernel, pdev, bar, name);
	if (result === 0) setMask(kernel, pdev, bar, true);
	return result;
}

function releaseRegion(kernel: Kernel, pdev: string, bar: number): void {
	if (!hasBar(kernel, pdev, bar)) return;
	releaseResource(kernel, pdev, bar);
	setMask(kernel, pdev, bar, false);
}

/** All or none: what was taken is given back when one fails. */
function requestSelected(
	kernel: Kernel,
	pdev: string,
	bars: readonly number[],
	name: string,
): number {
	const taken: number[] = [];
	for (const bar of bars) {
		const result = requestRegion(kernel, pdev, bar, name);
		if (result < 0) {
			for (const done of taken.toReversed()) releaseRegion(kernel, pdev, done);
			return result;
		}
		taken.push(bar);
	}
	return 0;
}

function mapIntoTable(kernel: Kernel, pdev: string, bar: number): number {
	const table = pcim_iomap_table(kernel, pdev);
	if (table === null || checkBar(bar) < 0 || table.data[slot(bar)]) return -errno.ENOMEM;
	const address = pci_iomap(kernel, pdev, bar);
	if (address === null) return -errno.ENOMEM;
	kernel.setNodeField(pdev, table, slot(bar), address);
	return 0;
}

function unmapFromTable(kernel: Kernel, pdev: string, bar: number): void {
	pci_iounmap(kernel, pdev, bar);
	const table = pcim_iomap_table(kernel, pdev);
	if (table !== null) kernel.setNodeField(pdev, table, slot(bar), null);
}

function mapRegions(kernel: Kernel, pdev: string, bars: readonly number[], name: string): number {
	if (pcim_iomap_table(kernel, pdev) === null) return -errno.ENOMEM;
	const done: number[] = [];
	let result = 0;
	for (const bar of bars) {
		result = hasBar(kernel, pdev, bar) ? requestRegion(kernel, pdev, bar, name) : -errno.EINVAL;
		if (result === 0 && mapIntoTable(kernel, pdev, bar) < 0) {
			releaseRegion(kernel, pdev, bar);
			result = -errno.ENOMEM;
		}
		if (result < 0) break;
		done.push(bar);
	}
	if (result < 0) unmapRegions(kernel, pdev, done.toReversed());
	return result;
}

function unmapRegions(kernel: Kernel, pdev: string, bars: readonly number[]): void {
	for (const bar of bars) {
		unmapFromTable(kernel, pdev, bar);
		releaseRegion(kernel, pdev, bar);
	}
}

/** The other BARs first, then those that are mapped. */
function mapRegionsRequestAll(
	kernel: Kernel,
	pdev: string,
	bars: readonly number[],
	name: string,
): number {
	const others = allBars.filter((bar) => !bars.includes(bar));
	const result = requestSelected(kernel, pdev, others, name);
	if (result < 0) return result;
	const mapped = mapRegions(kernel, pdev, bars, name);
	if (mapped < 0) for (const bar of others) releaseRegion(kernel, pdev, bar);
	return mapped;
}

/** Up to v6.10: a request adds no node of its own, and the plain functions are managed where the shared node is listed. */
export const regionsShared: RegionsPart = {
	pci_request_region: requestRegion,
	pci_release_region: releaseRegion,
	pci_request_regions: (kernel, pdev, name) => requestSelected(kernel, pdev, allBars, name),
	pci_release_regions(kernel, pdev) {
		for (const bar of allBars) releaseRegion(kernel, pdev, bar);
	},
	pcim_request_region: null,
	pcim_request_all_regions: null,
	pcim_iomap_region: null,
	pcim_iounmap_region: null,
	pcim_iomap_range: null,
	pcim_iomap: mapIntoTable,
	pcim_iounmap: unmapFromTable,
	pcim_iomap_regions: mapRegions,
	pcim_iounmap_regions: unmapRegions,
	pcim_iomap_regions_request_all: mapRegionsRequestAll,
	callbacks: {
		[tableNodeName]: {
			fn: tableNodeName,
			run: (kernel, pdev, node) => {
				for (const bar of allBars) {
					if (node.data[slot(bar)]) pci_iounmap(kernel, pdev, bar);
				}
			},
		},
	},
};
