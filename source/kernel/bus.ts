// Models drivers/base/bus.c and driver registration, v6.12, and what modprobe and rmmod do with it.
import {errno} from '../recording/errno.ts';
import {busFunctions} from './bus-functions.ts';
import {__driver_probe_device, device_release_driver_internal, driver_probe_device} from './dd.ts';
import type {Driver, Kernel} from './kernel.ts';
import {devPrintk} from './log.ts';
import {asWork} from './pci-driver.ts';

/** Whether the driver's table names the device. */
function isMatch(kernel: Kernel, dev: string, driver: Driver): boolean {
	const device = kernel.state.devices.get(dev);
	if (device === undefined || !device.present || device.bus !== driver.bus) return false;
	return driver.matches.includes(device.id ?? '');
}

function isRegistered(kernel: Kernel, driver: Driver): boolean {
	return kernel.state.drivers.get(driver.name)?.registered ?? false;
}

/** Approximate for asynchronous drivers: their worker runs at once. */
function __driver_attach(kernel: Kernel, dev: string, driver: Driver): void {
	kernel.call('__driver_attach', dev, {dev, drv: driver.name}, () => {
		if (!driver.async) driver_probe_device(kernel, dev, driver);
		else {
			const probe = () => driver_probe_device(kernel, dev, driver);
			const helper = '__driver_attach_async_helper';
			asWork(kernel, 'kworker/u8:3-45', helper, probe, {approximate: true});
		}
	});
}

/** Every unbound device that matches is probed, in bus order; errors are dropped. */
function bus_add_driver(kernel: Kernel, driver: Driver): void {
	kernel.call('bus_add_driver', null, {drv: driver.name}, () => {
		kernel.emit({type: 'driver-register', driver: driver.name});
		for (const dev of kernel.hardware.keys()) {
			if (!isMatch(kernel, dev, driver) || kernel.device(dev).bound) continue;
			__driver_attach(kernel, dev, driver);
		}
	});
}

/** Loads the module: registers its driver, then runs the rest of its init function. Succeeds whatever probes say. */
export function loadModule(kernel: Kernel, driver: Driver): void {
	kernel.call('do_init_module', null, {mod: driver.module}, () => {
		const init = `${driver.module.replaceAll('-', '_')}_init`;
		kernel.call(
			init,
			null,
			{},
			() => {
				driver.beforeRegister(kernel);
				const {registerDriver} = busFunctions(driver.bus);
				kernel.call(registerDriver, null, {drv: driver.name}, () => {
					bus_add_driver(kernel, driver);
				});
				driver.afterRegister(kernel);
				return 0;
			},
			{module: driver.module},
		);
	});
}

/** Unbinds the driver's devices, the last bound first. */
function driver_detach(kernel: Kernel, driver: Driver): void {
	kernel.call('driver_detach', null, {drv: driver.name}, () => {
		for (;;) {
			const last = kernel.state.drivers.get(driver.name)?.devices.at(-1);
			if (last === undefined) return;
			device_release_driver_internal(kernel, last);
		}
	});
}

/** Unloads the module. */
export function unloadModule(kernel: Kernel, driver: Driver): void {
	kernel.call('__do_sys_delete_module', null, {name: driver.module}, () => {
		const exit = `${driver.module.replaceAll('-', '_')}_exit`;
		kernel.call(
			exit,
			null,
			{},
			() => {
				const {unregisterDriver} = busFunctions(driver.bus);
				kernel.call(unregisterDriver, null, {drv: driver.name}, () => {
					driver_detach(kernel, driver);
					kernel.emit({type: 'driver-unregister', driver: driver.name});
				});
			},
			{module: driver.module},
		);
		return 0;
	});
}

/** What a successful write of the device's name, without a newline, returns. */
function writtenBytes(dev: string): number {
	return dev.length;
}

/** A write to the driver's `bind` file. Deferral becomes -EAGAIN, and the device isn't put on the deferred list. */
export function bind_store(kernel: Kernel, dev: string, driver: Driver): number {
	return kernel.callInt('bind_store', dev, {dev, drv: driver.name}, () => {
		if (!isMatch(kernel, dev, driver)) return -errno.ENODEV;
		const result = kernel.callInt('device_driver_attach', dev, {drv: driver.name, dev}, () => {
			const error = Math.abs(__driver_probe_device(kernel, dev, driver));
			return error === errno.EPROBE_DEFER ? -errno.EAGAIN : 0 - error;
		});
		return result < 0 ? result : writtenBytes(dev);
	});
}

/** A write to the driver's `unbind` file: -ENODEV where the device isn't bound to it. */
export function unbind_store(kernel: Kernel, dev: string, driver: Driver): number {
	return kernel.callInt('unbind_store', dev, {dev, drv: driver.name}, () => {
		if (!isBoundTo(kernel, dev, driver)) return -errno.ENODEV;
		kernel.call('device_driver_detach', dev, {dev}, () => {
			device_release_driver_internal(kernel, dev);
		});
		return writtenBytes(dev);
	});
}

/** Offers a device to every registered driver; a refusal of the core ends the walk, an error of a driver does not. */
export function device_attach(kernel: Kernel, dev: string): number {
	return kernel.callInt('device_attach', dev, {dev}, () => {
		for (const driver of kernel.drivers.values()) {
			if (!isRegistered(kernel, driver) || !isMatch(kernel, dev, driver)) continue;
			const result = driver_probe_device(kernel, dev, driver);
			if (result === 0) return 1;
			if (result < 0) return result;
		}
		return 0;
	});
}

function isBoundTo(kernel: Kernel, dev: string, driver: Driver): boolean {
	const device = kernel.device(dev);
	return device.bound && device.driver === driver.name;
}

/**
Runs the work that drivers queued in the probes since event `from`; work of a device that is unbound again was cancelled.

Approximate: in the kernel it may begin before the task that queued it goes on.
*/
export function runQueuedWork(kernel: Kernel, from: number): void {
	for (const event of kernel.events.slice(from)) {
		if (event.type !== 'bind' || event.device === undefined) continue;
		const {device: dev} = event;
		const driver = kernel.drivers.get(event.driver);
		const work = driver?.work ?? null;
		if (driver === undefined || work === null || !isBoundTo(kernel, dev, driver)) continue;
		const options = {module: driver.module};
		asWork(kernel, 'kworker/0:2-61', work.fn, () => work.run(kernel, dev), options);
	}
}

/** Retries the deferred devices as long as some device gets bound meanwhile. */
export function retryDeferred(kernel: Kernel, boundBefore: number): void {
	let bound = boundBefore;
	while (kernel.state.deferred.length > 0 && boundDevices(kernel) > bound) {
		bound = boundDevices(kernel);
		const pending = kernel.state.deferred.slice();
		asWork(kernel, 'kworker/u8:2-77', 'deferred_probe_work_func', () => {
			for (const {device, driver} of pending) {
				kernel.emit({type: 'defer', device, driver, pending: false});
				kernel.call('bus_probe_device', device, {dev: device}, () => {
					device_attach(kernel, device);
				});
			}
		});
	}
}

/** How many devices have a driver: grows when a deferred probe may be worth another try. */
export function boundDevices(kernel: Kernel): number {
	let count = 0;
	for (const driver of kernel.state.drivers.values()) count += driver.devices.length;
	return count;
}

/** What the kernel prints of devices that wait for good: deferred_probe_timeout. */
export function reportDeferred(kernel: Kernel): void {
	for (const {device, driver} of kernel.state.deferred) {
		const message = kernel.revision.messages.deferredPending(driver, '(reason unknown)');
		devPrintk(kernel, message.level, device, message.text);
	}
}
