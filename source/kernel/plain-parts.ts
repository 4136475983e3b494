// Parts of a revision that are values: they need nothing of the kernel that they are part of.

/** How many BARs the legacy table of mappings holds, 8 bytes each. */
export type IomapTablePart = {readonly entries: number};

/** Whether MSI-X sets up its nodes before it knows that there can be vectors: they then stay without any. */
export type MsiPart = {readonly setsUpFirst: boolean};

/** How actions and resized memory are logged. */
export type ActionsPart = {
	/** Name of the action's node. */
	loggedName(action: string): string;

	/** Name and size under which memory that devm_krealloc() moved will be released. */
	reallocated(size: number): {readonly name: string; readonly size: number};
};

/** What drivers call where the kernel's drivers were converted from one function to another. */
export type DriversPart = {readonly intx: 'pci_intx' | 'pcim_intx'};
