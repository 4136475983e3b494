// Names of what each bus calls: drivers/base/platform.c, drivers/spi/spi.c, drivers/pnp/driver.c,
// drivers/virtio/virtio.c, sound/hda/hdac_device.c and sound/pci/hda/hda_bind.c, v6.12.

/** Functions of a bus, as they stand in a stack. */
export type BusFunctions = {
	/** Calls the driver's probe; null where the driver core calls it without a detour. */
	readonly probe: string | null;
	readonly registerDriver: string;
	readonly unregisterDriver: string;

	/** Takes a device away. */
	readonly unregisterDevice: string;
};

/** By bus. PCI, which has code of its own for the rest, uses only the names of registration. */
const functions: {readonly [bus: string]: BusFunctions} = {
	pci: {
		probe: 'pci_device_probe',
		registerDriver: '__pci_register_driver',
		unregisterDriver: 'pci_unregister_driver',
		unregisterDevice: 'pci_stop_and_remove_bus_device',
	},
	platform: {
		probe: 'platform_probe',
		registerDriver: 'platform_driver_register',
		unregisterDriver: 'platform_driver_unregister',
		unregisterDevice: 'platform_device_unregister',
	},
	spi: {
		probe: 'spi_probe',
		registerDriver: 'spi_driver_register',
		unregisterDriver: 'spi_driver_unregister',
		unregisterDevice: 'spi_device_unregister',
	},
	pnp: {
		probe: 'pnp_device_probe',
		registerDriver: 'pnp_register_driver',
		unregisterDriver: 'pnp_unregister_driver',
		unregisterDevice: '__pnp_remove_device',
	},
	virtio: {
		probe: 'virtio_dev_probe',
		registerDriver: '__register_virtio_driver',
		unregisterDriver: 'unregister_virtio_driver',
		unregisterDevice: 'unregister_virtio_device',
	},
	hdaudio: {
		probe: null,
		registerDriver: '__hda_codec_driver_register',
		unregisterDriver: 'hda_codec_driver_unregister',
		unregisterDevice: 'snd_hdac_device_unregister',
	},
};

/** The buses that a device may be on. */
export const buses = Object.keys(functions);

/** Throws for a bus that is none of `buses`: scenarios are checked before. */
export function busFunctions(bus: string): BusFunctions {
	const found = Object.hasOwn(functions, bus) ? functions[bus] : undefined;
	if (found === undefined) throw new Error(`no bus ${bus}`);
	return found;
}
