// Models the shared `struct pci_devres` of kernels up to v6.10 (drivers/pci/pci.c, read in v6.1):
// one node `pcim_release` holds what a managed device must undo.
import {errno} from '../recording/errno.ts';
import {type NodeId, nodeKey} from '../recording/node-id.ts';
import type {NodeState} from '../recording/state.ts';
import {devres_alloc, devres_find, devres_get} from './devres.ts';
import type {EnablePart, Kernel, ReleaseCallback} from './kernel.ts';
import {warn} from './log.ts';
import {pci_clear_mwi, pci_disable_device, pci_enable_device, pci_set_mwi} from './pci.ts';
import {isManaged} from './pci-config.ts';
import {pci_intx} from './pci-intx.ts';
import {allBars} from './pci-resource.ts';

const sharedNodeName = 'pcim_release';
const sharedNodeSize = 8;

/** The device's node, made where it is missing. */
function get_pci_dr(kernel: Kernel, pdev: string): NodeId | null {
	return kernel.call(
		'get_pci_dr',
		pdev,
		{pdev},
		() => {
			const found = devres_find(kernel, pdev, sharedNodeName);
			if (found !== null) return found;
			const fresh = devres_alloc(kernel, sharedNodeName, sharedNodeSize);
			return fresh === null ? null : devres_get(kernel, pdev, fresh);
		},
		{inlined: true},
	);
}

/** The device's node if the device is managed and the node is listed. */
export function find_pci_dr(kernel: Kernel, pdev: string): NodeState | null {
	return isManaged(kernel, pdev) ? devres_find(kernel, pdev, sharedNodeName) : null;
}

function listed(kernel: Kernel, pdev: string, id: NodeId): NodeState | undefined {
	return kernel.device(pdev).devres_head.find((node) => nodeKey(node) === nodeKey(id));
}

/** On failure the node stays on the list: the failed probe's cleanup releases it. */
function enableShared(kernel: Kernel, pdev: string): number {
	const dr = get_pci_dr(kernel, pdev);
	if (dr === null) return -errno.ENOMEM;
	if (listed(kernel, pdev, dr)?.data['enabled']) return 0;
	const result = pci_enable_device(kernel, pdev);
	if (result === 0) {
		kernel.setField(pdev, 'is_managed', true);
		kernel.setNodeField(pdev, dr, 'enabled', true);
	}
	return result;
}

function pci_release_region(kernel: Kernel, pdev: string, bar: number): void {
	kernel.call('pci_release_region', pdev, {pdev, bar}, () => {
		kernel.revision.regions.pci_release_region(kernel, pdev, bar);
	});
}

/** Regions in ascending order, MWI, INTx, then the device: it runs while its own node is on no list. */
const releaseShared: ReleaseCallback = {
	fn: sharedNodeName,
	run: (kernel, pdev, node) => {
		const mask = Number(node.data['region_mask'] ?? 0);
		for (const bar of allBars) {
			if (mask & (1 << bar)) pci_release_region(kernel, pdev, bar);
		}
		if (node.data['mwi']) pci_clear_mwi(kernel, pdev);
		if (node.data['restore_intx']) {
			pci_intx(kernel, pdev, node.data['orig_intx'] ? 1 : 0);
		}
		if (node.data['enabled'] && !node.data['pinned']) pci_disable_device(kernel, pdev);
	},
};

/** Up to v6.10: a second enable does nothing, and the pin goes with the node. */
export const enableSharedPart: EnablePart = {
	pcim_enable_device: enableShared,
	pcim_pin_device(kernel, pdev) {
		const dr = find_pci_dr(kernel, pdev);
		if (dr === null || !dr.data['enabled']) {
			warn(kernel, pdev, 'pinned before it is enabled', 'drivers/pci/pci.c pcim_pin_device');
		}
		if (dr !== null) kernel.setNodeField(pdev, dr, 'pinned', true);
	},
	beforeDisable(kernel, pdev) {
		const dr = find_pci_dr(kernel, pdev);
		if (dr !== null) kernel.setNodeField(pdev, dr, 'enabled', false);
	},
	pcim_set_mwi(kernel, pdev) {
		const dr = find_pci_dr(kernel, pdev);
		if (dr === null) return -errno.ENOMEM;
		kernel.setNodeField(pdev, dr, 'mwi', true);
		return pci_set_mwi(kernel, pdev);
	},
	callbacks: {[sharedNodeName]: releaseShared},
};
