// Models drivers/pci/msi/api.c and the enable and disable paths of msi.c, v6.1 and v6.12.
// Left out: affinity, resume. INTx is switched through pci_intx(), whatever that does in a revision.
import {errno} from '../recording/errno.ts';
import {PCI_MSI_FLAGS_ENABLE, PCI_MSIX_FLAGS_ENABLE} from '../recording/pci-registers.ts';
import {msiFlagsOffset, msixFlagsOffset} from './hardware.ts';
import type {Kernel} from './kernel.ts';
import {devPrintk, level, warn, warnOnce} from './log.ts';
import {
	msi_capability_init,
	msix_capability_init,
	pci_intx_for_msi,
	setFlags,
} from './msi-capability.ts';
import {pci_setup_msi_context} from './msi-nodes.ts';
import {pci_intx} from './pci-intx.ts';

function isOn(kernel: Kernel, pdev: string, field: 'msi_enabled' | 'msix_enabled'): boolean {
	return kernel.device(pdev).data[field] === true;
}

/** Number of vectors to ask the hardware for, or a negative errno. */
function vectorsWithin(available: number, min: number, max: number): number {
	if (available === 0) return -errno.EINVAL;
	const count = Math.min(available, max);
	return count < min ? -errno.ENOSPC : count;
}

type Kind = {
	readonly flag: 'msi_enabled' | 'msix_enabled';
	readonly otherFlag: 'msi_enabled' | 'msix_enabled';
	readonly name: string;
	readonly other: string;
	readonly vectors: 'msi' | 'msix';
	readonly start: (kernel: Kernel, pdev: string, count: number) => number;
};

const msi: Kind = {
	flag: 'msi_enabled',
	otherFlag: 'msix_enabled',
	name: 'MSI',
	other: 'MSI-X',
	vectors: 'msi',
	start: msi_capability_init,
};
const msix: Kind = {
	flag: 'msix_enabled',
	otherFlag: 'msi_enabled',
	name: 'MSI-X',
	other: 'MSI',
	vectors: 'msix',
	start: msix_capability_init,
};

/** Shared by both kinds: refuses what can't be, sets up the nodes once, then starts. */
function enableRange(kernel: Kernel, pdev: string, kind: Kind, min: number, max: number): number {
	if (max < min) return -errno.ERANGE;
	if (isOn(kernel, pdev, kind.otherFlag)) {
		const text = `can't enable ${kind.name} (${kind.other} already enabled)`;
		devPrintk(kernel, level.info, pdev, text);
		return -errno.EINVAL;
	}
	if (isOn(kernel, pdev, kind.flag)) {
		warnOnce(kernel, pdev, `${kind.name} enabled twice`, `drivers/pci/msi/msi.c ${kind.name}`);
		return -errno.EINVAL;
	}
	const isFirst = kind === msix && kernel.revision.msi.setsUpFirst;
	const early = isFirst ? pci_setup_msi_context(kernel, pdev) : 0;
	if (early < 0) return early;
	const offered = kernel.hardware.get(pdev)?.[kind.vectors] ?? 0;
	const available = kernel.config.nomsi ? 0 : offered;
	const count = vectorsWithin(available, min, max);
	if (count < 0) return count;
	const late = isFirst ? 0 : pci_setup_msi_context(kernel, pdev);
	if (late < 0) return late;
	const result = kind.start(kernel, pdev, count);
	return result < 0 ? result : count;
}

function __pci_enable_msi_range(kernel: Kernel, pdev: string, min: number, max: number): number {
	const args = {dev: pdev, minvec: min, maxvec: max};
	return kernel.callInt('__pci_enable_msi_range', pdev, args, () =>
		enableRange(kernel, pdev, msi, min, max),
	);
}

function __pci_enable_msix_range(kernel: Kernel, pdev: string, min: number, max: number): number {
	const args = {dev: pdev, minvec: min, maxvec: max};
	return kernel.callInt('__pci_enable_msix_range', pdev, args, () =>
		enableRange(kernel, pdev, msix, min, max),
	);
}

/** Asks for exactly one MSI vector: 0 or a negative errno. */
export function pci_enable_msi(kernel: Kernel, pdev: string): number {
	return kernel.callInt('pci_enable_msi', pdev, {dev: pdev}, () => {
		const result = __pci_enable_msi_range(kernel, pdev, 1, 1);
		return Math.min(result, 0);
	});
}

/** Gives the number of vectors, at least `min`, or a negative errno. */
export function pci_enable_msix_range(
	kernel: Kernel,
	pdev: string,
	min: number,
	max: number,
): number {
	return kernel.callInt('pci_enable_msix_range', pdev, {dev: pdev, minvec: min, maxvec: max}, () =>
		__pci_enable_msix_range(kernel, pdev, min, max),
	);
}

/** Kinds of interrupt that pci_alloc_irq_vectors() may try, always in this order. */
export type VectorType = 'msix' | 'msi' | 'intx';

/** Gives the number of vectors; with INTx as last resort, which is one and switches INTx on. */
export function pci_alloc_irq_vectors(
	kernel: Kernel,
	pdev: string,
	min: number,
	max: number,
	types: readonly VectorType[],
): number {
	const args = {dev: pdev, min_vecs: min, max_vecs: max, flags: types.join('|')};
	return kernel.callInt('pci_alloc_irq_vectors', pdev, args, () => {
		let result = -errno.ENOSPC;
		if (types.includes('msix')) {
			result = __pci_enable_msix_range(kernel, pdev, min, max);
			if (result > 0) return result;
		}
		if (types.includes('msi')) {
			result = __pci_enable_msi_range(kernel, pdev, min, max);
			if (result > 0) return result;
		}
		const hasLine = kernel.device(pdev).interruptPin !== 0;
		if (types.includes('intx') && min === 1 && hasLine) {
			pci_intx(kernel, pdev, 1);
			return 1;
		}
		return result;
	});
}

function warnOfUsedVector(kernel: Kernel, pdev: string): void {
	const name = kernel.device(pdev).data['irqaction'];
	if (name === undefined || name === null) return;
	warn(kernel, pdev, `irq of '${name}' freed while it is requested`, 'kernel/irq/msi.c');
}

function forgetDescriptors(kernel: Kernel, pdev: string): void {
	warnOfUsedVector(kernel, pdev);
	kernel.setField(pdev, 'msi_descs', 0);
}

/** INTx is switched on whatever it was before: so in every revision. */
export function pci_disable_msi(kernel: Kernel, pdev: string): void {
	kernel.call('pci_disable_msi', pdev, {dev: pdev}, () => {
		if (!isOn(kernel, pdev, 'msi_enabled')) return;
		kernel.call('pci_msi_shutdown', pdev, {dev: pdev}, () => {
			setFlags(kernel, pdev, msiFlagsOffset, PCI_MSI_FLAGS_ENABLE, 0);
			pci_intx_for_msi(kernel, pdev, 1);
			kernel.setField(pdev, 'msi_enabled', false);
		});
		forgetDescriptors(kernel, pdev);
	});
}

/** As pci_disable_msi(), for MSI-X. */
export function pci_disable_msix(kernel: Kernel, pdev: string): void {
	kernel.call('pci_disable_msix', pdev, {dev: pdev}, () => {
		if (!isOn(kernel, pdev, 'msix_enabled')) return;
		kernel.call('pci_msix_shutdown', pdev, {dev: pdev}, () => {
			setFlags(kernel, pdev, msixFlagsOffset, PCI_MSIX_FLAGS_ENABLE, 0);
			pci_intx_for_msi(kernel, pdev, 1);
			kernel.setField(pdev, 'msix_enabled', false);
		});
		forgetDescriptors(kernel, pdev);
	});
}

/** Switches off MSI-X, then MSI, whichever is on. Where none is, registers stay as they are. */
export function pci_free_irq_vectors(kernel: Kernel, pdev: string): void {
	kernel.call('pci_free_irq_vectors', pdev, {dev: pdev}, () => {
		pci_disable_msix(kernel, pdev);
		pci_disable_msi(kernel, pdev);
	});
}

/** pcim_msi_release(): what the managed cleanup does. */
export function releaseMsi(kernel: Kernel, pdev: string): void {
	kernel.setField(pdev, 'is_msi_managed', false);
	pci_free_irq_vectors(kernel, pdev);
}
