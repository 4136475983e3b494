// Models what drivers/pci/pci.c and kernel/resource.c know of BARs: who holds a region, what is mapped.
// Approximate: addresses are the model's own.
import {errno} from '../recording/errno.ts';
import type {Kernel} from './kernel.ts';
import {devPrintk, level} from './log.ts';

const mmioBase = 0xfe00_0000;

/** Numbers of the six BARs, ascending, whether a device has them or not. */
export const allBars = [0, 1, 2, 3, 4, 5];

/** Whether the device has something behind that BAR. */
export function hasBar(kernel: Kernel, pdev: string, bar: number): boolean {
	return kernel.hardware.get(pdev)?.bars.has(bar) ?? false;
}

function hex8(value: number): string {
	return value.toString(16).padStart(8, '0');
}

/** `[mem 0xfe005000-0xfe005fff]` as %pR prints it. */
function resourceText(kernel: Kernel, pdev: string, bar: number): string {
	const found = kernel.hardware.get(pdev)?.bars.get(bar);
	const index = [...kernel.hardware.keys()].indexOf(pdev);
	const size = found?.size ?? 0;
	if (found?.kind === 'io') {
		const start = 0xc000 + index * 0x100 + bar * 0x20;
		return `[io  0x${start.toString(16)}-0x${(start + size - 1).toString(16)}]`;
	}
	const start = mmioBase + index * 0x0010_0000 + bar * 0x1_0000;
	return `[mem 0x${hex8(start)}-0x${hex8(start + size - 1)}]`;
}

function field(bar: number): string {
	return `bar${bar}`;
}

/** Takes the BAR's region for `name`: -EBUSY while another holds it. A BAR that is not there is nobody's. */
export function requestResource(kernel: Kernel, pdev: string, bar: number, name: string): number {
	if (!hasBar(kernel, pdev, bar)) return 0;
	const holder = kernel.device(pdev).data[field(bar)];
	if (holder !== undefined && holder !== null) return -errno.EBUSY;
	kernel.setField(pdev, field(bar), name);
	return 0;
}

/** As requestResource(), with the kernel's words about a region that another holds. */
export function requestOrWarn(kernel: Kernel, pdev: string, bar: number, name: string): number {
	const result = requestResource(kernel, pdev, bar, name);
	if (result < 0) {
		const text = `BAR ${bar}: can't reserve ${resourceText(kernel, pdev, bar)}`;
		devPrintk(kernel, level.warn, pdev, text);
	}
	return result;
}

/** Gives the BAR's region back, whoever holds it. Nothing for a BAR that is not there. */
export function releaseResource(kernel: Kernel, pdev: string, bar: number): void {
	if (hasBar(kernel, pdev, bar)) kernel.setField(pdev, field(bar), null);
}

/** Maps a BAR: null where there is nothing to map. The value stands for the address. */
export function pci_iomap(kernel: Kernel, pdev: string, bar: number): string | null {
	return kernel.call('pci_iomap', pdev, {dev: pdev, bar}, () => {
		if (!hasBar(kernel, pdev, bar)) return null;
		if (kernel.failsAllocation('ioremap', kernel.hardware.get(pdev)?.bars.get(bar)?.size ?? 0)) {
			return null;
		}
		kernel.setField(pdev, `map${bar}`, Number(kernel.device(pdev).data[`map${bar}`] ?? 0) + 1);
		return `0xffffc9000${(0x10_0000 + bar * 0x1000).toString(16).padStart(7, '0')}`;
	});
}

/** One mapping of the BAR less. Unmapping once too often is not noticed, as in the kernel. */
export function pci_iounmap(kernel: Kernel, pdev: string, bar: number): void {
	kernel.call('pci_iounmap', pdev, {dev: pdev, bar}, () => {
		kernel.setField(pdev, `map${bar}`, Number(kernel.device(pdev).data[`map${bar}`] ?? 1) - 1);
	});
}
