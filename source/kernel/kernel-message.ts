/** A line for the kernel log. */
export type KernelMessage = {
	/** 0 emergency to 7 debug. */
	readonly level: number;

	/** Without prefix and line end. */
	readonly text: string;

	/** Printed with the device's prefix. */
	readonly ofDevice: boolean;
};

/** Words of the driver core about probes. `result` is a negative errno. */
export type MessagesPart = {
	/** Any error but a deferral and those of a rejection. */
	probeFailed(driver: string, dev: string, result: number): KernelMessage;

	/** The driver turned out not to be for this device: -ENODEV or -ENXIO. */
	probeRejected(driver: string, dev: string, result: number): KernelMessage;

	/** What is printed of a device that still waits at the end. */
	deferredPending(driver: string, reason: string): KernelMessage;
};
