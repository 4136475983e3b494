import type {EventBase, FieldChange} from './event-base.ts';

type ConfigAccess = EventBase & {
	/** Bytes from the start of config space. */
	readonly offset: number;

	/** Bytes: 1, 2 or 4. */
	readonly width: number;

	/** What was read or written. */
	readonly value: number;
};

/** A register was read. */
export type ConfigReadEvent = ConfigAccess & {readonly type: 'config-read'};

/** A register was written, with another value or the same. */
export type ConfigWriteEvent = ConfigAccess & {
	readonly type: 'config-write';

	/** What the register held before; null where no earlier access tells. */
	readonly previous: number | null;
};

/** The device appeared on its bus. */
export type DeviceAddEvent = EventBase & {
	readonly type: 'device-add';

	/** `pci`, `platform`, `spi`: the log prefix of a device without driver. */
	readonly bus: string;

	/** `vendor:device` in hex, or a name. */
	readonly id?: string;

	/** Config space as firmware left it: offset in decimal to 16-bit word. */
	readonly config?: {readonly [offset: string]: number};

	/** Offset of the MSI capability's flags word, where the device has one. */
	readonly msi?: number;

	/** Offset of the MSI-X capability's flags word. */
	readonly msix?: number;

	/** INTERRUPT_PIN: 0 none, 1 to 4 are A to D. */
	readonly interruptPin?: number;
};

/** The device left its bus; what it still owned is gone with it or leaked. */
export type DeviceRemoveEvent = EventBase & {readonly type: 'device-remove'};

/** A field of `struct device` or `struct pci_dev` changed: `driver`, `is_managed`, `pinned`, `msi_enabled`, … */
export type DeviceDataEvent = EventBase & FieldChange & {readonly type: 'device-data'};

/** `pci_dev.enable_cnt` changed. */
export type EnableCountEvent = EventBase & {readonly type: 'enable-count'; readonly value: number};

/** Something about the driver of that name. */
type DriverFact = EventBase & {readonly driver: string};

/** A driver was registered with its bus. */
export type DriverRegisterEvent = DriverFact & {readonly type: 'driver-register'};

/** A driver was taken from its bus. */
export type DriverUnregisterEvent = DriverFact & {readonly type: 'driver-unregister'};

/** `driver_bound()`: the device belongs to the driver from here on. */
export type BindEvent = DriverFact & {readonly type: 'bind'};

/** The driver is about to let the device go. */
export type UnbindEvent = DriverFact & {readonly type: 'unbind'};

/** The core begins to probe the device. */
export type ProbeBeginEvent = EventBase & {
	readonly type: 'probe-begin';

	/** Null where a log shows a probe without naming the driver. */
	readonly driver: string | null;
};

/** That probe is over, and what a failed one left is released. */
export type ProbeEndEvent = EventBase & {
	readonly type: 'probe-end';
	readonly driver: string | null;

	/** 0 or a negative errno; null where not told. */
	readonly result: number | null;
};

/** The device entered or left the deferred probe list. */
export type DeferEvent = DriverFact & {
	readonly type: 'defer';

	/** True: it entered. */
	readonly pending: boolean;
};

/** What happens to devices, and between them and their drivers. */
export type DeviceEvent =
	| ConfigReadEvent
	| ConfigWriteEvent
	| DeviceAddEvent
	| DeviceRemoveEvent
	| DeviceDataEvent
	| EnableCountEvent
	| DriverRegisterEvent
	| DriverUnregisterEvent
	| BindEvent
	| UnbindEvent
	| ProbeBeginEvent
	| ProbeEndEvent
	| DeferEvent;
