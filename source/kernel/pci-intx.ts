// The entry points of drivers/pci/pci.c and drivers/pci/devres.c that switch INTx: what they do is the revision's.
import {errno} from '../recording/errno.ts';
import type {Kernel} from './kernel.ts';

/** Switches INTx as this kernel does it: `enable` is 0 or 1. */
export function pci_intx(kernel: Kernel, pdev: string, enable: number): void {
	kernel.call('pci_intx', pdev, {pdev, enable}, () => {
		kernel.revision.intx.pci_intx(kernel, pdev, enable);
	});
}

/** The managed way. -EOPNOTSUPP where this kernel has no such function. */
export function pcim_intx(kernel: Kernel, pdev: string, enable: number): number {
	const body = kernel.revision.intx.pcim_intx;
	if (body === null) return -errno.EOPNOTSUPP;
	return kernel.callInt('pcim_intx', pdev, {pdev, enable}, () => body(kernel, pdev, enable));
}

/** What a driver calls that the kernel's authors converted when they could. */
export function driverIntx(kernel: Kernel, pdev: string, enable: number): number {
	if (kernel.revision.drivers.intx === 'pcim_intx') return pcim_intx(kernel, pdev, enable);
	pci_intx(kernel, pdev, enable);
	return 0;
}
