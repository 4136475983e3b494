// Models finding and removing PCI devices: drivers/pci/probe.c, remove.c and device_del(), v6.12.
// Left out: sizing of BARs, while which decoding is off.
import {
	PCI_COMMAND,
	PCI_COMMAND_INTX_DISABLE,
	PCI_MSI_FLAGS_ENABLE,
	PCI_MSIX_FLAGS_ENABLE,
} from '../recording/pci-registers.ts';
import {device_attach} from './bus.ts';
import {busFunctions} from './bus-functions.ts';
import {device_release_driver_internal} from './dd.ts';
import {devres_release_all} from './devres-release.ts';
import {type Hardware, msiFlagsOffset, msixFlagsOffset} from './hardware.ts';
import type {Kernel} from './kernel.ts';
import {pci_read_config_word, pci_write_config_word, updateConfigWord} from './pci-config.ts';

/** QSIZE of the control words: 64-bit capable MSI, table size for MSI-X. */
const PCI_MSI_FLAGS_64BIT = 0x0080;

/** Config space as firmware leaves it. */
function firmwareConfig(hardware: Hardware): {[offset: string]: number} {
	const config: {[offset: string]: number} = {[PCI_COMMAND]: hardware.command};
	if (hardware.msi > 0) {
		config[msiFlagsOffset] = PCI_MSI_FLAGS_64BIT | (Math.ceil(Math.log2(hardware.msi)) << 1);
	}
	if (hardware.msix > 0) config[msixFlagsOffset] = hardware.msix - 1;
	return config;
}

function announce(kernel: Kernel, hardware: Hardware, config: {[offset: string]: number}): void {
	const isPci = hardware.bus === 'pci';
	kernel.emit({
		type: 'device-add',
		device: hardware.address,
		bus: hardware.bus,
		id: hardware.id,
		...(isPci ? {config, interruptPin: hardware.interruptPin} : {}),
		...(hardware.msi > 0 ? {msi: msiFlagsOffset} : {}),
		...(hardware.msix > 0 ? {msix: msixFlagsOffset} : {}),
	});
}

/** A device that was there when the recording began, or that a driver will add. */
export function presentAtBoot(kernel: Kernel, hardware: Hardware): void {
	kernel.hardware.set(hardware.address, hardware);
	if (hardware.addedByDriver) return;
	announce(kernel, hardware, firmwareConfig(hardware));
}

/** Bit 10 is toggled and put back once, to see whether it can be: pci_intx_mask_broken(). */
function testIntxMask(kernel: Kernel, pdev: string): void {
	const original = pci_read_config_word(kernel, pdev, PCI_COMMAND);
	const toggled = original ^ PCI_COMMAND_INTX_DISABLE;
	pci_write_config_word(kernel, pdev, PCI_COMMAND, toggled);
	pci_read_config_word(kernel, pdev, PCI_COMMAND);
	pci_write_config_word(kernel, pdev, PCI_COMMAND, original);
}

/** MSI that firmware or an earlier kernel left on is switched off. */
function clearLeftoverMsi(kernel: Kernel, pdev: string, hardware: Hardware): void {
	if (hardware.msi > 0) {
		updateConfigWord(kernel, pdev, msiFlagsOffset, (flags) => flags & ~PCI_MSI_FLAGS_ENABLE);
	}
	if (hardware.msix > 0) {
		updateConfigWord(kernel, pdev, msixFlagsOffset, (flags) => flags & ~PCI_MSIX_FLAGS_ENABLE);
	}
}

/** The device is the same, its `struct pci_dev` is new, its registers hold what they held. */
function scanDevice(kernel: Kernel, pdev: string, hardware: Hardware): void {
	kernel.call('pci_setup_device', pdev, {dev: pdev}, () => testIntxMask(kernel, pdev));
	kernel.call('pci_device_add', pdev, {dev: pdev}, () => {
		clearLeftoverMsi(kernel, pdev, hardware);
	});
	kernel.call('pci_bus_add_device', pdev, {dev: pdev}, () => {
		device_attach(kernel, pdev);
	});
}

/** The device appears on its bus, for the first time or again. Nothing where it is there. */
export function rescanDevice(kernel: Kernel, dev: string): void {
	const hardware = kernel.hardware.get(dev);
	const before = kernel.device(dev);
	if (hardware === undefined || before.present) return;
	const isPci = hardware.bus === 'pci';
	kernel.call(isPci ? 'pci_rescan_bus' : 'device_add', dev, {dev}, () => {
		announce(kernel, hardware, Object.fromEntries(before.registers));
		if (isPci) scanDevice(kernel, dev, hardware);
		else device_attach(kernel, dev);
	});
}

/** What is gone is not probed later. */
function dropDeferred(kernel: Kernel, dev: string): void {
	const entry = kernel.state.deferred.find(({device}) => device === dev);
	if (entry === undefined) return;
	kernel.emit({type: 'defer', device: dev, driver: entry.driver, pending: false});
}

/** device_del() and the last put: the list is emptied in each. */
function deleteDevice(kernel: Kernel, dev: string): void {
	kernel.call('device_del', dev, {dev}, () => {
		device_release_driver_internal(kernel, dev);
		dropDeferred(kernel, dev);
		devres_release_all(kernel, dev);
	});
	kernel.call('device_release', dev, {dev}, () => {
		devres_release_all(kernel, dev);
	});
	const leaked = kernel.device(dev).devres_head.length;
	kernel.emit({type: 'device-remove', device: dev});
	if (leaked > 0) kernel.note(`${leaked} node(s) leaked for good: the device is gone`, dev);
}

function pci_stop_and_remove_bus_device(kernel: Kernel, pdev: string): void {
	kernel.call('pci_stop_and_remove_bus_device', pdev, {dev: pdev}, () => {
		kernel.call('pci_stop_bus_device', pdev, {dev: pdev}, () => {
			device_release_driver_internal(kernel, pdev);
		});
		deleteDevice(kernel, pdev);
	});
}

/**
Takes the device off its bus. Its list is emptied up to three times: at unbind, in device_del(), and at the last put.

A callback that adds a node each time thus leaks the last one for good. Nothing happens to a device that is gone.
*/
export function removeDevice(kernel: Kernel, dev: string): void {
	if (!kernel.device(dev).present) return;
	const bus = kernel.hardware.get(dev)?.bus;
	if (bus === 'pci') pci_stop_and_remove_bus_device(kernel, dev);
	else {
		const {unregisterDevice} = busFunctions(bus ?? '');
		kernel.call(unregisterDevice, dev, {dev}, () => deleteDevice(kernel, dev));
	}
}
