// Models what enabling MSI leaves on a device: msi_setup_device_data() of kernel/irq/msi.c and
// pci_setup_msi_context() of drivers/pci/msi/msi.c, v6.1 and v6.12.
import {errno} from '../recording/errno.ts';
import {devm_add_action} from './devm-actions.ts';
import {devres_add, devres_alloc, devres_free} from './devres.ts';
import type {Kernel, ReleaseCallback} from './kernel.ts';
import {warnOnce} from './log.ts';
import {isManaged} from './pci-config.ts';

/** Logged name of the node behind a device's MSI data. */
export const msiDataNodeName = 'msi_device_data_release';
const msiDataNodeSize = 72;
const groupNodeName = 'devm_attr_group_remove';

/** Action that frees a managed device's vectors. */
export const msiCleanupAction = 'pcim_msi_release';

/** The sysfs group `msi_irqs`, and any other that a driver adds. */
export function devm_device_add_group(kernel: Kernel, dev: string, group: string): number {
	return kernel.callInt('devm_device_add_group', dev, {dev, grp: group}, () => {
		const node = devres_alloc(kernel, groupNodeName, 8);
		if (node === null) return -errno.ENOMEM;
		kernel.setNodeField(dev, node, 'group', group);
		devres_add(kernel, dev, node);
		return 0;
	});
}

/** Once per bind: the data's memory, then the group's node, then the data's. */
function msi_setup_device_data(kernel: Kernel, dev: string): number {
	return kernel.callInt('msi_setup_device_data', dev, {dev}, () => {
		if (kernel.device(dev).data['msi_data']) return 0;
		const node = devres_alloc(kernel, msiDataNodeName, msiDataNodeSize);
		if (node === null) return -errno.ENOMEM;
		const result = devm_device_add_group(kernel, dev, 'msi_irqs');
		if (result < 0) {
			devres_free(kernel, node);
			return result;
		}
		kernel.setField(dev, 'msi_data', true);
		devres_add(kernel, dev, node);
		return 0;
	});
}

/** A managed device's vectors are freed with it. The flag may be left over from an earlier driver. */
function pcim_setup_msi_release(kernel: Kernel, pdev: string): number {
	return kernel.callInt(
		'pcim_setup_msi_release',
		pdev,
		{dev: pdev},
		() => {
			if (!isManaged(kernel, pdev) || kernel.device(pdev).data['is_msi_managed']) return 0;
			const result = devm_add_action(kernel, pdev, msiCleanupAction);
			if (result === 0) kernel.setField(pdev, 'is_msi_managed', true);
			return result;
		},
		{inlined: true},
	);
}

/** Never rolled back: if the vectors then can't be had, the nodes stay. */
export function pci_setup_msi_context(kernel: Kernel, pdev: string): number {
	return kernel.callInt('pci_setup_msi_context', pdev, {dev: pdev}, () => {
		const result = msi_setup_device_data(kernel, pdev);
		return result < 0 ? result : pcim_setup_msi_release(kernel, pdev);
	});
}

/** Forgets the MSI data, so that the next bind makes new nodes. WARN, once a boot, where descriptors are left. */
export const msiDataCallback: ReleaseCallback = {
	fn: msiDataNodeName,
	run: (kernel, dev) => {
		if (Number(kernel.device(dev).data['msi_descs'] ?? 0) > 0) {
			warnOnce(kernel, dev, 'MSI descriptors left', 'kernel/irq/msi.c msi_device_data_release');
		}
		kernel.setField(dev, 'msi_data', null);
	},
};
