/** One base address register. */
export type Bar = {
	/** Which of the two decode bits of PCI_COMMAND it needs. */
	readonly kind: 'mem' | 'io';

	/** Bytes. */
	readonly size: number;
};

/** What a device is, whatever the kernel does: what a scenario says of it. */
export type Hardware = {
	/** Name on its bus: `0000:23:00.1`. */
	readonly address: string;

	/** `pci`, `platform` or another bus: the log prefix while no driver is bound. */
	readonly bus: string;

	/** `vendor:device` in hex for PCI; any name elsewhere. */
	readonly id: string;

	/** INTERRUPT_PIN: 0 none, 1 to 4 are A to D. */
	readonly interruptPin: number;

	/** Vectors that the MSI capability offers; 0 without the capability. */
	readonly msi: number;

	/** Entries of the MSI-X table; 0 without the capability. */
	readonly msix: number;

	/** BAR number to what is behind it. */
	readonly bars: ReadonlyMap<number, Bar>;

	/** Memory node the device is near to: probes then run in a worker there. Null: no NUMA. */
	readonly numaNode: number | null;

	/** PCI_COMMAND as firmware left it. */
	readonly command: number;

	/** It appears when a driver adds it, not at boot. */
	readonly addedByDriver: boolean;

	/** The quirk PCI_DEV_FLAGS_MSI_INTX_DISABLE_BUG: MSI code leaves INTx alone. */
	readonly msiIntxDisableBug: boolean;
};

/** Where the capabilities' flags words stand: the model's choice, real devices differ. */
export const msiFlagsOffset = 0x82;

/** As above, for MSI-X. */
export const msixFlagsOffset = 0xa2;
