import type {DeviceState} from './state.ts';

/** Offsets and bits of config space, from include/uapi/linux/pci_regs.h. */
export const PCI_COMMAND = 0x04;

/** Bit 10: the device may not assert INTx. */
export const PCI_COMMAND_INTX_DISABLE = 0x0400;

/** Names of what PCI_INTERRUPT_PIN holds, by its value. */
export const interruptPins = ['none', 'A', 'B', 'C', 'D'] as const;

/** The device may do DMA. */
export const PCI_COMMAND_MASTER = 0x0004;

/** MSI is on; in the MSI capability's flags word. */
export const PCI_MSI_FLAGS_ENABLE = 0x0001;

/** MSI-X is on; in the MSI-X capability's flags word. */
export const PCI_MSIX_FLAGS_ENABLE = 0x8000;

/** No vector of MSI-X gets through, whatever its own mask says. */
export const PCI_MSIX_FLAGS_MASKALL = 0x4000;

/** Bits of PCI_COMMAND and their names, lowest first. */
export const commandBits: readonly (readonly [number, string])[] = [
	[0x0001, 'IO'],
	[0x0002, 'MEMORY'],
	[0x0004, 'MASTER'],
	[0x0010, 'INVALIDATE'],
	[0x0040, 'PARITY'],
	[0x0100, 'SERR'],
	[0x0400, 'INTX_DISABLE'],
];

/** Names of the bits that are set, lowest first. */
export function commandBitNames(command: number): readonly string[] {
	return commandBits.filter(([bit]) => (command & bit) !== 0).map(([, name]) => name);
}

/** PCI_COMMAND, or null where the recording hasn't told. */
export function commandOf(device: DeviceState): number | null {
	return device.registers.get(PCI_COMMAND) ?? null;
}

/** Bit 10: true means the device may not assert INTx. Null where the recording hasn't told. */
export function intxDisabled(device: DeviceState): boolean | null {
	const command = commandOf(device);
	return command === null ? null : (command & PCI_COMMAND_INTX_DISABLE) !== 0;
}

/** Whether MSI is on, from its control word; null without capability or knowledge. */
export function msiEnabled(device: DeviceState): boolean | null {
	const flags = device.msi === null ? undefined : device.registers.get(device.msi);
	return flags === undefined ? null : (flags & PCI_MSI_FLAGS_ENABLE) !== 0;
}

/** Whether MSI-X is on, from its control word; null without capability or knowledge. */
export function msixEnabled(device: DeviceState): boolean | null {
	const flags = device.msix === null ? undefined : device.registers.get(device.msix);
	return flags === undefined ? null : (flags & PCI_MSIX_FLAGS_ENABLE) !== 0;
}

/** Keeps config space as 16-bit words: a byte is merged into its word, a 32-bit value is two words. */
export function setRegister(
	device: DeviceState,
	offset: number,
	width: number,
	value: number,
): void {
	if (width === 4) {
		device.registers.set(offset, value & 0xffff);
		device.registers.set(offset + 2, (value >>> 16) & 0xffff);
	} else if (width === 2) {
		device.registers.set(offset, value);
	} else {
		const word = device.registers.get(offset & ~1);
		if (word === undefined) return;
		const merged = offset & 1 ? (word & 0x00ff) | (value << 8) : (word & 0xff00) | value;
		device.registers.set(offset & ~1, merged);
	}
}
