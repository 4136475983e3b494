/** Build and boot options of the kernel that change what drivers see. */
export type KernelConfig = {
	/** Name of the configuration as a whole, by which drivers state sizes; null where nobody gave it one. */
	readonly name: string | null;

	/** CONFIG_PINCTRL: each probe first looks for the pin states of its device. */
	readonly pinctrl: boolean;

	/** Booted with pci=nomsi: neither MSI nor MSI-X can be had. */
	readonly nomsi: boolean;

	/** CONFIG_DEBUG_TEST_DRIVER_REMOVE: every probe is removed and probed again at once. */
	readonly debugTestDriverRemove: boolean;

	/** CONFIG_DEBUG_SHIRQ: a shared handler is called once more after `free_irq`. */
	readonly debugShirq: boolean;
};

/** Nothing that a log shows is switched on. */
export const defaultConfig: KernelConfig = {
	name: null,
	pinctrl: false,
	nomsi: false,
	debugTestDriverRemove: false,
	debugShirq: false,
};
