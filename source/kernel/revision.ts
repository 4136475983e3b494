import type {Kernel} from './kernel.ts';
import type {ReleaseCallback} from './release-callback.ts';

/** Release callbacks that a part brings, by logged name. */
export type Callbacks = {readonly [name: string]: ReleaseCallback};

/** How bit 10 of PCI_COMMAND is switched, saved and restored. */
export type IntxPart = {
	/** `enable` is 0 or 1. */
	pci_intx(kernel: Kernel, pdev: string, enable: number): void;

	/** Null where the kernel has no such function. 0 or -ENOMEM. */
	readonly pcim_intx: ((kernel: Kernel, pdev: string, enable: number) => number) | null;
	readonly callbacks: Callbacks;
};

/** How a managed device is enabled, pinned and disabled. */
export type EnablePart = {
	pcim_enable_device(kernel: Kernel, pdev: string): number;
	pcim_pin_device(kernel: Kernel, pdev: string): void;

	/** What pci_disable_device() does first. */
	beforeDisable(kernel: Kernel, pdev: string): void;
	pcim_set_mwi(kernel: Kernel, pdev: string): number;
	readonly callbacks: Callbacks;
};

/** How BARs are requested and mapped. Bars are numbers 0 to 5. */
export type RegionsPart = {
	pci_request_region(kernel: Kernel, pdev: string, bar: number, name: string): number;
	pci_release_region(kernel: Kernel, pdev: string, bar: number): void;
	pci_request_regions(kernel: Kernel, pdev: string, name: string): number;
	pci_release_regions(kernel: Kernel, pdev: string): void;

	/** Null: the kernel has no such function. */
	readonly pcim_request_region:
		| ((kernel: Kernel, pdev: string, bar: number, name: string) => number)
		| null;
	readonly pcim_request_all_regions:
		| ((kernel: Kernel, pdev: string, name: string) => number)
		| null;
	readonly pcim_iomap_region:
		| ((kernel: Kernel, pdev: string, bar: number, name: string) => number)
		| null;
	readonly pcim_iounmap_region: ((kernel: Kernel, pdev: string, bar: number) => void) | null;
	readonly pcim_iomap_range: ((kernel: Kernel, pdev: string, bar: number) => number) | null;

	/** 0, or -ENOMEM where the kernel gives a null pointer. */
	pcim_iomap(kernel: Kernel, pdev: string, bar: number): number;
	pcim_iounmap(kernel: Kernel, pdev: string, bar: number): void;
	pcim_iomap_regions(kernel: Kernel, pdev: string, bars: readonly number[], name: string): number;
	readonly pcim_iounmap_regions:
		| ((kernel: Kernel, pdev: string, bars: readonly number[]) => void)
		| null;
	readonly pcim_iomap_regions_request_all:
		| ((kernel: Kernel, pdev: string, bars: readonly number[], name: string) => number)
		| null;
	readonly callbacks: Callbacks;
};

/** How many BARs the legacy table of mappings holds. */
export type IomapTablePart = {
	/** Entries of 8 bytes each. */
	readonly entries: number;
};

/** How actions and resized memory are logged. */
export type ActionsPart = {
	loggedName(action: string): string;

	/** Name and size under which memory that devm_krealloc() moved will be released. */
	reallocated(size: number): {readonly name: string; readonly size: number};
};

/** Words of the driver core about probes. `result` is a negative errno. */
export type MessagesPart = {
	probeFailed(driver: string, dev: string, result: number): KernelMessage;
	probeRejected(driver: string, dev: string, result: number): KernelMessage;
	deferredPending(driver: string, reason: string): KernelMessage;
};

export type KernelMessage = {
	readonly level: number;
	readonly text: string;

	/** Printed with the device's prefix. */
	readonly ofDevice: boolean;
};

/** What drivers call where the kernel's drivers were converted from one function to another. */
export type DriversPart = {readonly intx: 'pci_intx' | 'pcim_intx'};

/** Parts that a kernel is made of: differences between kernels are entries here, never conditions. */
export type RevisionParts = {
	readonly intx: IntxPart;
	readonly enable: EnablePart;
	readonly regions: RegionsPart;
	readonly iomapTable: IomapTablePart;
	readonly actions: ActionsPart;
	readonly messages: MessagesPart;
	readonly drivers: DriversPart;

	/** Bytes of data by node name, where this kernel differs from what callers ask for. */
	readonly sizes: {readonly [name: string]: number};
};

export type Revision = RevisionParts & {
	/** `v6.11-rc1`; for a mixture the base's name with a plus. */
	readonly name: string;

	/** Name of the revision that a mixture starts from; else its own name. */
	readonly base: string;

	/** What is special about it, in a line. */
	readonly summary: string;
};
