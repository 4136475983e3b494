/** Build options of the kernel that change what drivers see. */
export type KernelConfig = {
	/** CONFIG_DEBUG_TEST_DRIVER_REMOVE: every probe is removed and probed again at once. */
	readonly debugTestDriverRemove: boolean;

	/** CONFIG_DEBUG_SHIRQ: a shared handler is called once more after `free_irq`. */
	readonly debugShirq: boolean;
};

/** Both off, as distributions build it. */
export const defaultConfig: KernelConfig = {debugTestDriverRemove: false, debugShirq: false};
