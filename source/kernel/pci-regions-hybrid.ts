// The request functions of drivers/pci/pci.c without "pcim_": managed or not by revision.
import type {Kernel, RegionsPart} from './kernel.ts';
import {isManaged} from './pci-config.ts';
import {
	perResource,
	type Request,
	releaseRegion,
	requestRegion,
	requestSilently,
	requestWithWarning,
} from './pci-regions.ts';
import {allBars, releaseResource, requestOrWarn} from './pci-resource.ts';

function requestEach(
	one: Request,
	release: (kernel: Kernel, pdev: string, bar: number) => void,
): (kernel: Kernel, pdev: string, name: string) => number {
	return (kernel, pdev, name) => {
		for (const bar of allBars) {
			const result = one(kernel, pdev, bar, name);
			if (result < 0) {
				for (let done = bar - 1; done >= 0; done -= 1) release(kernel, pdev, done);
				return result;
			}
		}
		return 0;
	};
}

const hybridRequest: Request = (kernel, pdev, bar, name) =>
	isManaged(kernel, pdev)
		? requestRegion(requestSilently)(kernel, pdev, bar, name)
		: requestOrWarn(kernel, pdev, bar, name);

function hybridRelease(kernel: Kernel, pdev: string, bar: number): void {
	if (isManaged(kernel, pdev)) releaseRegion(kernel, pdev, bar);
	else releaseResource(kernel, pdev, bar);
}

/** v6.11 to v6.15: the plain functions are managed while `is_managed` is set. */
export const regionsHybrid: RegionsPart = {
	...perResource(requestSilently),
	pci_request_region: hybridRequest,
	pci_release_region: hybridRelease,
	pci_request_regions: requestEach(hybridRequest, hybridRelease),
	pci_release_regions(kernel, pdev) {
		for (const bar of allBars) hybridRelease(kernel, pdev, bar);
	},
};

/** v6.16, f56278a46d86: the plain functions are plain; some of the plural ones are gone. */
export const regionsPlain: RegionsPart = {
	...perResource(requestWithWarning),
	pci_request_region: requestOrWarn,
	pci_release_region: releaseResource,
	pci_request_regions: requestEach(requestOrWarn, releaseResource),
	pci_release_regions(kernel, pdev) {
		for (const bar of allBars) releaseResource(kernel, pdev, bar);
	},
	pcim_iounmap_regions: null,
	pcim_iomap_regions_request_all: null,
};
