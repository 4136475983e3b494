// Models pinctrl_bind_pins() of drivers/base/pinctrl.c and devm_pinctrl_get() of drivers/pinctrl/core.c, v6.12.
// Left out: devices that do have pin states. None of those on a PC's buses has.
import {errno} from '../recording/errno.ts';
import {devm_kfree, devm_kmalloc} from './devm-memory.ts';
import {devres_add, devres_alloc, devres_release} from './devres.ts';
import type {Kernel, ReleaseCallback} from './kernel.ts';

const handleName = 'devm_pinctrl_release';

/** A pointer to the device's pin control handle. */
const handleSize = 8;

/** `struct dev_pin_info` with CONFIG_PM: a handle and four states. */
const pinInfoSize = 40;

/** What giving the handle back does: nothing that a recording shows. */
export const pinctrlCallbacks: {readonly [name: string]: ReleaseCallback} = {
	[handleName]: {fn: handleName},
};

/** 0, or -ENOMEM. */
function devm_pinctrl_get(kernel: Kernel, dev: string): number {
	return kernel.callInt('devm_pinctrl_get', dev, {dev}, () => {
		const node = devres_alloc(kernel, handleName, handleSize);
		if (node === null) return -errno.ENOMEM;
		devres_add(kernel, dev, node);
		return 0;
	});
}

function devm_pinctrl_put(kernel: Kernel, dev: string): void {
	kernel.call('devm_pinctrl_put', dev, {dev}, () => {
		devres_release(kernel, dev, handleName);
	});
}

/**
Looks for the pin states that a device wants before its driver probes, and finds none: both nodes are gone again.

0, or -ENOMEM where there is no memory for the states; that there is none for the handle is ignored.
*/
export function pinctrl_bind_pins(kernel: Kernel, dev: string): number {
	return kernel.callInt('pinctrl_bind_pins', dev, {dev}, () => {
		const pins = devm_kmalloc(kernel, dev, pinInfoSize);
		if (pins === null) return -errno.ENOMEM;
		if (devm_pinctrl_get(kernel, dev) === 0) devm_pinctrl_put(kernel, dev);
		devm_kfree(kernel, dev, pins);
		return 0;
	});
}
