// Models msi_capability_init() and msix_capability_init() of drivers/pci/msi/msi.c, v6.1 and v6.12.
// Left out: message writes and masking of single vectors.
import {errno} from '../recording/errno.ts';
import {
	PCI_MSI_FLAGS_ENABLE,
	PCI_MSIX_FLAGS_ENABLE,
	PCI_MSIX_FLAGS_MASKALL,
} from '../recording/pci-registers.ts';
import {msiFlagsOffset, msixFlagsOffset} from './hardware.ts';
import type {Kernel} from './kernel.ts';
import {pci_read_config_word, pci_write_config_word} from './pci-config.ts';
import {pci_intx} from './pci-intx.ts';

/** `struct msi_desc`. */
const msiDescSize = 192;

/** Some devices must not have INTx touched by MSI code: a quirk. */
export function pci_intx_for_msi(kernel: Kernel, pdev: string, enable: number): void {
	kernel.call(
		'pci_intx_for_msi',
		pdev,
		{dev: pdev, enable},
		() => {
			if (!kernel.hardware.get(pdev)?.msiIntxDisableBug) pci_intx(kernel, pdev, enable);
		},
		{inlined: true},
	);
}

/** Read, change, write of a capability's flags word: written even where nothing changes. */
export function setFlags(
	kernel: Kernel,
	pdev: string,
	offset: number,
	clear: number,
	set: number,
): void {
	const flags = pci_read_config_word(kernel, pdev, offset);
	pci_write_config_word(kernel, pdev, offset, (flags & ~clear) | set);
}

/** One descriptor a vector; -ENOMEM where memory is short. */
function allocateDescriptors(kernel: Kernel, pdev: string, count: number): number {
	for (let index = 0; index < count; index += 1) {
		if (kernel.failsAllocation('msi_desc', msiDescSize, pdev)) return -errno.ENOMEM;
		kernel.emit({type: 'alloc', device: pdev, what: 'msi_desc', size: msiDescSize});
	}
	kernel.setField(pdev, 'msi_descs', count);
	return 0;
}

/** INTx is switched last: an error before leaves it alone. */
export function msi_capability_init(kernel: Kernel, pdev: string, count: number): number {
	return kernel.callInt(
		'msi_capability_init',
		pdev,
		{dev: pdev, nvec: count},
		() => {
			setFlags(kernel, pdev, msiFlagsOffset, PCI_MSI_FLAGS_ENABLE, 0);
			kernel.setField(pdev, 'msi_enabled', true);
			const result = allocateDescriptors(kernel, pdev, count);
			if (result < 0) {
				kernel.setField(pdev, 'msi_enabled', false);
				return result;
			}
			pci_intx_for_msi(kernel, pdev, 0);
			setFlags(kernel, pdev, msiFlagsOffset, 0, PCI_MSI_FLAGS_ENABLE);
			return 0;
		},
		{inlined: true},
	);
}

/** MSI-X is on with every vector masked before descriptors are made; INTx goes off before the mask. Undone on -ENOMEM. */
export function msix_capability_init(kernel: Kernel, pdev: string, count: number): number {
	return kernel.callInt(
		'msix_capability_init',
		pdev,
		{dev: pdev, nvec: count},
		() => {
			const on = PCI_MSIX_FLAGS_MASKALL | PCI_MSIX_FLAGS_ENABLE;
			setFlags(kernel, pdev, msixFlagsOffset, 0, on);
			kernel.setField(pdev, 'msix_enabled', true);
			const result = allocateDescriptors(kernel, pdev, count);
			if (result < 0) {
				kernel.setField(pdev, 'msix_enabled', false);
				setFlags(kernel, pdev, msixFlagsOffset, on, 0);
				return result;
			}
			pci_intx_for_msi(kernel, pdev, 0);
			setFlags(kernel, pdev, msixFlagsOffset, PCI_MSIX_FLAGS_MASKALL, 0);
			return 0;
		},
		{inlined: true},
	);
}
