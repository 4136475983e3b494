// Models enabling managed devices after the rewrite of drivers/pci/devres.c:
// a node for each thing to undo, pins and enables remembered in `struct pci_dev`.
import {errno} from '../recording/errno.ts';
import {actionCallback, devm_add_action, devm_remove_action} from './devm-actions.ts';
import {devres_alloc, devres_find, devres_get} from './devres.ts';
import type {EnablePart, Kernel, ReleaseCallback} from './kernel.ts';
import {pci_clear_mwi, pci_disable_device, pci_enable_device, pci_set_mwi} from './pci.ts';

const disableAction = 'pcim_disable_device';
const mwiAction = '__pcim_clear_mwi';
const emptiedNodeName = 'pcim_release';

function setMwi(kernel: Kernel, pdev: string): number {
	const added = devm_add_action(kernel, pdev, mwiAction);
	if (added !== 0) return added;
	const result = pci_set_mwi(kernel, pdev);
	if (result !== 0) devm_remove_action(kernel, pdev, mwiAction);
	return result;
}

const clearMwi: ReleaseCallback = actionCallback(mwiAction, pci_clear_mwi);

/** The pin is never taken back: it outlives the driver and binds the next one. */
function pin(kernel: Kernel, pdev: string): void {
	kernel.setField(pdev, 'pinned', true);
}

const noHook = (): void => {};

/** Not idempotent: two calls make two nodes and an enable count of two. */
function enableByAction(kernel: Kernel, pdev: string): number {
	const added = devm_add_action(kernel, pdev, disableAction);
	if (added !== 0) return added;
	const result = pci_enable_device(kernel, pdev);
	if (result === 0) kernel.setField(pdev, 'is_managed', true);
	else devm_remove_action(kernel, pdev, disableAction);
	return result;
}

function disableUnlessPinned(kernel: Kernel, pdev: string): void {
	if (!kernel.device(pdev).data['pinned']) pci_disable_device(kernel, pdev);
}

/** v6.11-rc1 and -rc2: `is_managed` stays set when the driver goes. */
export const enableStaleFlag: EnablePart = {
	pcim_enable_device: enableByAction,
	pcim_pin_device: pin,
	beforeDisable: noHook,
	pcim_set_mwi: setMwi,
	callbacks: {
		[disableAction]: actionCallback(disableAction, disableUnlessPinned),
		[mwiAction]: clearMwi,
	},
};

/** v6.11 and later, fc8c818e7569: the flag is cleared at detach. */
export const enableClearedFlag: EnablePart = {
	...enableStaleFlag,
	callbacks: {
		[disableAction]: actionCallback(disableAction, (kernel, pdev) => {
			disableUnlessPinned(kernel, pdev);
			kernel.setField(pdev, 'is_managed', false);
		}),
		[mwiAction]: clearMwi,
	},
};

/** The v9 series: `pcim_release` is still there, emptied of data. Its body is approximate: only its log is known. */
export const enableEmptiedNode: EnablePart = {
	...enableStaleFlag,
	approximate: true,
	pcim_enable_device(kernel, pdev) {
		if (devres_find(kernel, pdev, emptiedNodeName) === null) {
			const fresh = devres_alloc(kernel, emptiedNodeName, 0);
			if (fresh === null) return -errno.ENOMEM;
			devres_get(kernel, pdev, fresh);
		}
		const result = pci_enable_device(kernel, pdev);
		if (result === 0) kernel.setField(pdev, 'is_managed', true);
		return result;
	},
	callbacks: {
		[emptiedNodeName]: {
			fn: emptiedNodeName,
			run: (kernel, pdev) => {
				const {enable_count, data} = kernel.device(pdev);
				if ((enable_count ?? 0) > 0 && !data['pinned']) pci_disable_device(kernel, pdev);
			},
		},
		[mwiAction]: clearMwi,
	},
};
