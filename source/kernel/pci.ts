// Models enabling, disabling and bus mastering of drivers/pci/pci.c, v6.12.
// Left out: bridges, power states, ACPI routing, cache line size.
import {errno} from '../recording/errno.ts';
import {
	PCI_COMMAND,
	PCI_COMMAND_INTX_DISABLE,
	PCI_COMMAND_MASTER,
} from '../recording/pci-registers.ts';
import type {Kernel} from './kernel.ts';
import {devPrintk, level, warnOnce} from './log.ts';
import {pci_read_config_word, pci_write_config_word, updateConfigWord} from './pci-config.ts';

const PCI_COMMAND_IO = 0x0001;
const PCI_COMMAND_MEMORY = 0x0002;
const PCI_COMMAND_INVALIDATE = 0x0010;

function hex4(word: number): string {
	return word.toString(16).padStart(4, '0');
}

function decodeBits(kernel: Kernel, pdev: string): number {
	let bits = 0;
	for (const bar of kernel.hardware.get(pdev)?.bars.values() ?? []) {
		bits |= bar.kind === 'io' ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
	}
	return bits;
}

function pci_enable_resources(kernel: Kernel, pdev: string): void {
	const old = pci_read_config_word(kernel, pdev, PCI_COMMAND);
	const command = old | decodeBits(kernel, pdev);
	if (command === old) return;
	const text = `enabling device (${hex4(old)} -> ${hex4(command)})`;
	devPrintk(kernel, level.info, pdev, text);
	pci_write_config_word(kernel, pdev, PCI_COMMAND, command);
}

/** Lets INTx through again where no MSI is on and the device has a pin: bit 10 may be a leftover. */
function clearLeftoverIntxDisable(kernel: Kernel, pdev: string): void {
	const {data, interruptPin} = kernel.device(pdev);
	if (data['msi_enabled'] || data['msix_enabled'] || interruptPin === 0) return;
	updateConfigWord(kernel, pdev, PCI_COMMAND, (command) => command & ~PCI_COMMAND_INTX_DISABLE);
}

function do_pci_enable_device(kernel: Kernel, pdev: string): number {
	return kernel.callInt('do_pci_enable_device', pdev, {pdev}, () => {
		pci_enable_resources(kernel, pdev);
		clearLeftoverIntxDisable(kernel, pdev);
		return 0;
	});
}

function setEnableCount(kernel: Kernel, pdev: string, value: number): void {
	kernel.emit({type: 'enable-count', device: pdev, value});
}

/** Only the first of several enables touches the device. */
export function pci_enable_device(kernel: Kernel, pdev: string): number {
	return kernel.callInt('pci_enable_device', pdev, {pdev}, () => {
		const count = (kernel.device(pdev).enable_count ?? 0) + 1;
		setEnableCount(kernel, pdev, count);
		if (count > 1) return 0;
		const result = do_pci_enable_device(kernel, pdev);
		if (result < 0) setEnableCount(kernel, pdev, count - 1);
		return result;
	});
}

/** The last of several disables takes bus mastering away; decoding and bit 10 stay. */
export function pci_disable_device(kernel: Kernel, pdev: string): void {
	kernel.call('pci_disable_device', pdev, {pdev}, () => {
		kernel.revision.enable.beforeDisable(kernel, pdev);
		const count = kernel.device(pdev).enable_count ?? 0;
		if (count <= 0) {
			const at = 'drivers/pci/pci.c pci_disable_device';
			warnOnce(kernel, pdev, 'disabling already-disabled device', at);
		}
		setEnableCount(kernel, pdev, count - 1);
		if (count !== 1) return;
		kernel.call('do_pci_disable_device', pdev, {pdev}, () => {
			updateConfigWord(kernel, pdev, PCI_COMMAND, (command) => command & ~PCI_COMMAND_MASTER);
		});
	});
}

/** Enables the device and makes it managed: its driver need not disable it. 0 or a negative errno. */
export function pcim_enable_device(kernel: Kernel, pdev: string): number {
	const {enable} = kernel.revision;
	return kernel.callInt(
		'pcim_enable_device',
		pdev,
		{pdev},
		() => enable.pcim_enable_device(kernel, pdev),
		enable.approximate ? {approximate: true} : {},
	);
}

/** Keeps the device enabled when its driver goes. */
export function pcim_pin_device(kernel: Kernel, pdev: string): void {
	kernel.call('pcim_pin_device', pdev, {pdev}, () => {
		kernel.revision.enable.pcim_pin_device(kernel, pdev);
	});
}

/** Lets the device do DMA. Writes PCI_COMMAND only where the bit changes. */
export function pci_set_master(kernel: Kernel, pdev: string): void {
	kernel.call('pci_set_master', pdev, {pdev}, () => {
		updateConfigWord(kernel, pdev, PCI_COMMAND, (command) => command | PCI_COMMAND_MASTER);
	});
}

/** Takes bus mastering away; the enable count stays. */
export function pci_clear_master(kernel: Kernel, pdev: string): void {
	kernel.call('pci_clear_master', pdev, {pdev}, () => {
		updateConfigWord(kernel, pdev, PCI_COMMAND, (command) => command & ~PCI_COMMAND_MASTER);
	});
}

/** Sets the bit for memory-write-invalidate. Always 0: the cache line size is not modelled. */
export function pci_set_mwi(kernel: Kernel, pdev: string): number {
	return kernel.callInt('pci_set_mwi', pdev, {dev: pdev}, () => {
		updateConfigWord(kernel, pdev, PCI_COMMAND, (command) => command | PCI_COMMAND_INVALIDATE);
		return 0;
	});
}

/** Clears the bit, whether it was set here or by firmware. */
export function pci_clear_mwi(kernel: Kernel, pdev: string): void {
	kernel.call('pci_clear_mwi', pdev, {dev: pdev}, () => {
		updateConfigWord(kernel, pdev, PCI_COMMAND, (command) => command & ~PCI_COMMAND_INVALIDATE);
	});
}

/** As pci_set_mwi(), cleared again when the driver goes. -ENOMEM where that can't be remembered. */
export function pcim_set_mwi(kernel: Kernel, pdev: string): number {
	return kernel.callInt('pcim_set_mwi', pdev, {dev: pdev}, () =>
		kernel.revision.enable.pcim_set_mwi(kernel, pdev),
	);
}

/** -EINVAL for a BAR number that no device has. */
export function checkBar(bar: number): number {
	return Number.isInteger(bar) && bar >= 0 && bar < 6 ? 0 : -errno.EINVAL;
}
