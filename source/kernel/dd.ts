// Models drivers/base/dd.c, v6.1 and v6.12.
// Left out: device links, runtime PM, DMA set-up, uevents, sysfs links, asynchronous probing.
// Approximate: that pins can't be bound is treated like an error of the driver.
import {errno} from '../recording/errno.ts';
import {busFunctions} from './bus-functions.ts';
import {devres_release_all} from './devres-release.ts';
import type {Driver, Kernel} from './kernel.ts';
import type {KernelMessage} from './kernel-message.ts';
import {devPrintk, level, printk} from './log.ts';
import {pci_device_probe, pci_device_remove} from './pci-driver.ts';
import {pinctrl_bind_pins} from './pinctrl.ts';

function print(kernel: Kernel, dev: string, message: KernelMessage): void {
	if (message.ofDevice) devPrintk(kernel, message.level, dev, message.text);
	else printk(kernel, message.level, message.text);
}

/** Says why a probe failed, before anything of it is released. */
function printProbeError(kernel: Kernel, dev: string, driver: Driver, result: number): void {
	const {messages} = kernel.revision;
	if (result === -errno.EPROBE_DEFER) {
		devPrintk(kernel, level.debug, dev, `Driver ${driver.name} requests probe deferral`);
	} else if (result === -errno.ENODEV || result === -errno.ENXIO) {
		print(kernel, dev, messages.probeRejected(driver.name, dev, result));
	} else {
		print(kernel, dev, messages.probeFailed(driver.name, dev, result));
	}
}

function busProbe(kernel: Kernel, dev: string, driver: Driver): number {
	if (driver.bus === 'pci') return pci_device_probe(kernel, dev, driver);
	const {probe} = busFunctions(driver.bus);
	if (probe === null) return callProbe(kernel, dev, driver);
	return kernel.callInt(probe, dev, {dev}, () => callProbe(kernel, dev, driver));
}

function callProbe(kernel: Kernel, dev: string, driver: Driver): number {
	const options = {module: driver.module};
	return kernel.callInt(driver.probeFunction, dev, {dev}, () => driver.probe(kernel, dev), options);
}

function call_driver_probe(kernel: Kernel, dev: string, driver: Driver): number {
	const result = busProbe(kernel, dev, driver);
	if (result < 0) printProbeError(kernel, dev, driver, result);
	return Math.min(result, 0);
}

function driver_bound(kernel: Kernel, dev: string, driver: Driver): void {
	kernel.emit({type: 'bind', device: dev, driver: driver.name});
	if (kernel.state.deferred.some((entry) => entry.device === dev)) {
		kernel.emit({type: 'defer', device: dev, driver: driver.name, pending: false});
	}
}

/** From the point on where `dev->driver` is set. */
function probeDriver(kernel: Kernel, dev: string, driver: Driver): number {
	kernel.setField(dev, 'driver', driver.name);
	const pins = kernel.config.pinctrl ? pinctrl_bind_pins(kernel, dev) : 0;
	const result = pins < 0 ? pins : call_driver_probe(kernel, dev, driver);
	if (result < 0) device_unbind_cleanup(kernel, dev);
	return result;
}

/** Errors of the driver are returned as positive numbers: so callers tell them from the core's own. */
export function really_probe(kernel: Kernel, dev: string, driver: Driver): number {
	return kernel.callInt('really_probe', dev, {dev, drv: driver.name}, () => {
		kernel.emit({type: 'probe-begin', device: dev, driver: driver.name});
		const isClean = kernel.device(dev).devres_head.length === 0;
		const result = isClean ? probeAndBind(kernel, dev, driver) : refuse(kernel, dev);
		kernel.emit({type: 'probe-end', device: dev, driver: driver.name, result});
		return isClean ? Math.abs(result) : result;
	});
}

/** What owns resources is not probed: a leaked node shows here, and nothing cleans it up. */
function refuse(kernel: Kernel, dev: string): number {
	devPrintk(kernel, level.crit, dev, 'Resources present before probing');
	return -errno.EBUSY;
}

function probeAndBind(kernel: Kernel, dev: string, driver: Driver): number {
	let result = probeDriver(kernel, dev, driver);
	if (result === 0 && kernel.config.debugTestDriverRemove) {
		kernel.note('CONFIG_DEBUG_TEST_DRIVER_REMOVE: remove, then probe again without a check', dev);
		device_remove(kernel, dev, driver);
		device_unbind_cleanup(kernel, dev);
		result = probeDriver(kernel, dev, driver);
	}
	if (result === 0) driver_bound(kernel, dev, driver);
	return result;
}

/** -EBUSY for a device that is bound already, else as really_probe(). */
export function __driver_probe_device(kernel: Kernel, dev: string, driver: Driver): number {
	return kernel.callInt('__driver_probe_device', dev, {drv: driver.name, dev}, () => {
		const device = kernel.device(dev);
		if (!device.present) return -errno.ENODEV;
		if (device.bound) return -errno.EBUSY;
		return really_probe(kernel, dev, driver);
	});
}

/** Probes, and puts the device on the deferred list where the driver asks for it. */
export function driver_probe_device(kernel: Kernel, dev: string, driver: Driver): number {
	return kernel.callInt('driver_probe_device', dev, {drv: driver.name, dev}, () => {
		const result = __driver_probe_device(kernel, dev, driver);
		if (Math.abs(result) === errno.EPROBE_DEFER) {
			kernel.emit({type: 'defer', device: dev, driver: driver.name, pending: true});
		}
		return result;
	});
}

/** The driver's remove(), through the bus. */
function device_remove(kernel: Kernel, dev: string, driver: Driver): void {
	kernel.call('device_remove', dev, {dev}, () => {
		if (driver.bus === 'pci') pci_device_remove(kernel, dev, driver);
		else callRemove(kernel, dev, driver);
	});
}

function callRemove(kernel: Kernel, dev: string, driver: Driver): void {
	if (driver.removeFunction === null) return;
	kernel.call(driver.removeFunction, dev, {dev}, () => driver.remove(kernel, dev), {
		module: driver.module,
	});
}

/** Releases what the driver left, while `dev->driver` is still set; what was added meanwhile stays. */
export function device_unbind_cleanup(kernel: Kernel, dev: string): void {
	kernel.call('device_unbind_cleanup', dev, {dev}, () => {
		devres_release_all(kernel, dev);
		kernel.setField(dev, 'driver', null);
	});
}

/** Calls the driver's remove(), then releases what it left. Nothing where the device isn't bound. */
export function device_release_driver_internal(kernel: Kernel, dev: string): void {
	kernel.call('device_release_driver_internal', dev, {dev}, () => {
		const {driver: name, bound} = kernel.device(dev);
		const driver = name === null || name === undefined ? undefined : kernel.drivers.get(name);
		if (driver === undefined || !bound) return;
		kernel.emit({type: 'unbind', device: dev, driver: driver.name});
		device_remove(kernel, dev, driver);
		device_unbind_cleanup(kernel, dev);
	});
}
