// Models config space accessors of drivers/pci/access.c, v6.12: 16-bit words in real registers.
import {PCI_COMMAND, PCI_COMMAND_INTX_DISABLE} from '../recording/pci-registers.ts';
import type {Kernel} from './kernel.ts';

/** Reads a word; the recording tells what was read. */
export function pci_read_config_word(kernel: Kernel, pdev: string, offset: number): number {
	const value = kernel.device(pdev).registers.get(offset) ?? 0;
	kernel.emit({type: 'config-read', device: pdev, offset, width: 2, value});
	return value;
}

/** Writes a word, changed or not; the recording tells what stood there before. */
export function pci_write_config_word(
	kernel: Kernel,
	pdev: string,
	offset: number,
	value: number,
): void {
	const previous = kernel.device(pdev).registers.get(offset) ?? 0;
	kernel.emit({type: 'config-write', device: pdev, offset, width: 2, value, previous});
}

/** Read, change, write where something changes; gives whether it did. */
export function updateConfigWord(
	kernel: Kernel,
	pdev: string,
	offset: number,
	change: (word: number) => number,
): boolean {
	const before = pci_read_config_word(kernel, pdev, offset);
	const after = change(before);
	if (after !== before) pci_write_config_word(kernel, pdev, offset, after);
	return after !== before;
}

/** PCI_COMMAND with bit 10 clear for `enable` 1 and set for 0. */
export function withIntx(command: number, enable: number): number {
	return enable ? command & ~PCI_COMMAND_INTX_DISABLE : command | PCI_COMMAND_INTX_DISABLE;
}

/** The write rule that every revision shares: read, change bit 10, write only a difference. */
export function writeIntx(kernel: Kernel, pdev: string, enable: number): boolean {
	return updateConfigWord(kernel, pdev, PCI_COMMAND, (command) => withIntx(command, enable));
}

/** Whether the `is_managed` flag is set. When it is cleared again is the revision's. */
export function isManaged(kernel: Kernel, pdev: string): boolean {
	return kernel.device(pdev).data['is_managed'] === true;
}
