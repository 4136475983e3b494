// Models BAR requests and mappings after the rewrite of drivers/pci/devres.c, v6.11 to v6.16:
// a node `pcim_addr_resource_release` for each region or mapping.
import {errno} from '../recording/errno.ts';
import type {NodeState} from '../recording/state.ts';
import {devres_add, devres_alloc, devres_free, devres_release} from './devres.ts';
import type {Kernel, RegionsPart} from './kernel.ts';
import {checkBar} from './pci.ts';
import {addToTable, removeFromTable, tableNodeName} from './pci-iomap-table.ts';
import {
	allBars,
	pci_iomap,
	pci_iounmap,
	releaseResource,
	requestOrWarn,
	requestResource,
} from './pci-resource.ts';

const addrNodeName = 'pcim_addr_resource_release';
const addrNodeSize = 40;

type AddrType = 'region' | 'region-mapping' | 'mapping';

function isAddr(type: AddrType, bar: number): (node: NodeState) => boolean {
	return (node) => node.data['type'] === type && node.data['bar'] === bar;
}

/** Requests the BAR's resource; whether a failure is printed is the kernel's. */
export type Request = (kernel: Kernel, pdev: string, bar: number, name: string) => number;

/** v6.11 to v6.15: a region that another holds is told by -EBUSY alone. */
export const requestSilently: Request = (kernel, pdev, bar, name) =>
	kernel.callInt('__pcim_request_region', pdev, {pdev, bar}, () =>
		requestResource(kernel, pdev, bar, name),
	);

/** v6.16: as requestSilently(), and the log names the region. */
export const requestWithWarning: Request = (kernel, pdev, bar, name) =>
	kernel.callInt('pci_request_region', pdev, {pdev, bar}, () =>
		requestOrWarn(kernel, pdev, bar, name),
	);

/** Allocates the node, does the work, then adds the node; a failure frees it without a log line. */
function withAddrNode(
	kernel: Kernel,
	pdev: string,
	type: AddrType,
	bar: number,
	work: () => number,
): number {
	const node = devres_alloc(kernel, addrNodeName, addrNodeSize);
	if (node === null) return -errno.ENOMEM;
	const result = work();
	if (result < 0) {
		devres_free(kernel, node);
		return result;
	}
	kernel.setNodeField(pdev, node, 'type', type);
	kernel.setNodeField(pdev, node, 'bar', bar);
	devres_add(kernel, pdev, node);
	return 0;
}

/** The managed request: adds a node once `request` succeeded. -EINVAL for a number that no BAR has. */
export function requestRegion(request: Request): Request {
	return (kernel, pdev, bar, name) =>
		kernel.callInt('pcim_request_region', pdev, {pdev, bar, name}, () => {
			if (checkBar(bar) < 0) return -errno.EINVAL;
			return withAddrNode(kernel, pdev, 'region', bar, () => request(kernel, pdev, bar, name));
		});
}

/** Takes the newest request of the BAR off the list (REM) and gives the region back. Nothing where there is none. */
export function releaseRegion(kernel: Kernel, pdev: string, bar: number): void {
	kernel.call('pcim_release_region', pdev, {pdev, bar}, () => {
		devres_release(kernel, pdev, addrNodeName, isAddr('region', bar));
	});
}

/** Unused BARs get a node too. What exists is released again when one fails. */
function requestAll(request: Request): (kernel: Kernel, pdev: string, name: string) => number {
	return (kernel, pdev, name) =>
		kernel.callInt('pcim_request_all_regions', pdev, {pdev, name}, () => {
			for (const bar of allBars) {
				const result = requestRegion(request)(kernel, pdev, bar, name);
				if (result < 0) {
					for (const done of allBars) releaseRegion(kernel, pdev, done);
					return result;
				}
			}
			return 0;
		});
}

/** Requests and maps a whole BAR as one node. */
function mapRegion(request: Request): Request {
	return (kernel, pdev, bar, name) =>
		kernel.callInt('pcim_iomap_region', pdev, {pdev, bar, name}, () =>
			withAddrNode(kernel, pdev, 'region-mapping', bar, () => {
				const result = request(kernel, pdev, bar, name);
				if (result < 0) return result;
				if (pci_iomap(kernel, pdev, bar) !== null) return 0;
				releaseResource(kernel, pdev, bar);
				return -errno.EINVAL;
			}),
		);
}

function unmapRegion(kernel: Kernel, pdev: string, bar: number): void {
	kernel.call('pcim_iounmap_region', pdev, {pdev, bar}, () => {
		devres_release(kernel, pdev, addrNodeName, isAddr('region-mapping', bar));
	});
}

function unmapRegions(kernel: Kernel, pdev: string, bars: readonly number[]): void {
	for (const bar of bars) {
		unmapRegion(kernel, pdev, bar);
		removeFromTable(kernel, pdev, bar);
	}
}

/** What the kernel gives back when a BAR fails: all lower ones, whoever took them; never the BAR itself. */
function barsBelow(bar: number): readonly number[] {
	return allBars.slice(0, bar).toReversed();
}

function mapRegions(
	request: Request,
): (kernel: Kernel, pdev: string, bars: readonly number[], name: string) => number {
	return (kernel, pdev, bars, name) => {
		for (const bar of bars) {
			const mapped = mapRegion(request)(kernel, pdev, bar, name);
			const result = mapped < 0 ? mapped : addToTable(kernel, pdev, bar, `bar${bar}`);
			if (result < 0) {
				unmapRegions(kernel, pdev, barsBelow(bar));
				return result;
			}
		}
		return 0;
	};
}

/** Maps without requesting. The table comes before the node. */
function map(kernel: Kernel, pdev: string, bar: number): number {
	const node = devres_alloc(kernel, addrNodeName, addrNodeSize);
	if (node === null) return -errno.ENOMEM;
	const address = pci_iomap(kernel, pdev, bar);
	if (address === null || addToTable(kernel, pdev, bar, address) < 0) {
		if (address !== null) pci_iounmap(kernel, pdev, bar);
		devres_free(kernel, node);
		return -errno.ENOMEM;
	}
	kernel.setNodeField(pdev, node, 'type', 'mapping');
	kernel.setNodeField(pdev, node, 'bar', bar);
	devres_add(kernel, pdev, node);
	return 0;
}

function unmap(kernel: Kernel, pdev: string, bar: number): void {
	const result = devres_release(kernel, pdev, addrNodeName, isAddr('mapping', bar));
	if (result === 0) removeFromTable(kernel, pdev, bar);
}

function mapRegionsRequestAll(
	request: Request,
): (kernel: Kernel, pdev: string, bars: readonly number[], name: string) => number {
	return (kernel, pdev, bars, name) => {
		const result = requestAll(request)(kernel, pdev, name);
		if (result < 0) return result;
		for (const bar of bars) {
			if (map(kernel, pdev, bar) === 0) continue;
			for (const mapped of barsBelow(bar)) unmap(kernel, pdev, mapped);
			for (const taken of allBars) releaseRegion(kernel, pdev, taken);
			return bar > 0 ? -errno.EINVAL : -errno.ENOMEM;
		}
		return 0;
	};
}

const callbacks: RegionsPart['callbacks'] = {
	[addrNodeName]: {
		fn: addrNodeName,
		run: (kernel, pdev, node) => {
			const bar = Number(node.data['bar']);
			if (node.data['type'] !== 'region') pci_iounmap(kernel, pdev, bar);
			if (node.data['type'] !== 'mapping') releaseResource(kernel, pdev, bar);
		},
	},
	[tableNodeName]: {fn: tableNodeName},
};

/** What is the same from v6.11 on; only `request` differs. */
export function perResource(
	request: Request,
): Omit<
	RegionsPart,
	'pci_request_region' | 'pci_release_region' | 'pci_request_regions' | 'pci_release_regions'
> {
	return {
		pcim_request_region: requestRegion(request),
		pcim_request_all_regions: requestAll(request),
		pcim_iomap_region: mapRegion(request),
		pcim_iounmap_region: unmapRegion,
		pcim_iomap_range: (kernel, pdev, bar) =>
			withAddrNode(kernel, pdev, 'mapping', bar, () =>
				pci_iomap(kernel, pdev, bar) === null ? -errno.EINVAL : 0,
			),
		pcim_iomap: map,
		pcim_iounmap: unmap,
		pcim_iomap_regions: mapRegions(request),
		pcim_iounmap_regions: unmapRegions,
		pcim_iomap_regions_request_all: mapRegionsRequestAll(request),
		callbacks,
	};
}
