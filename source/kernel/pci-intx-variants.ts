// Models the bodies of pci_intx(), pcim_intx() and pcim_intx_restore() of drivers/pci/pci.c and drivers/pci/devres.c
// in the seven forms that v6.1 to v6.16 and the mailing list had.
import {errno} from '../recording/errno.ts';
import type {NodeId} from '../recording/node-id.ts';
import {PCI_COMMAND, PCI_COMMAND_INTX_DISABLE} from '../recording/pci-registers.ts';
import type {NodeState} from '../recording/state.ts';
import {devres_add, devres_alloc, devres_find} from './devres.ts';
import type {IntxPart, Kernel, ReleaseCallback} from './kernel.ts';
import {warnOnce} from './log.ts';
import {
	isManaged,
	pci_read_config_word,
	pci_write_config_word,
	withIntx,
	writeIntx,
} from './pci-config.ts';
import {find_pci_dr} from './pci-devres-shared.ts';
import {pci_intx, pcim_intx} from './pci-intx.ts';

const intxNodeName = 'pcim_intx_restore';
const intxNodeSize = 4;

/** The restore node, newly added where none is found: the lookup sees devres_head only. */
function get_or_create_intx_devres(kernel: Kernel, pdev: string): NodeId | null {
	return kernel.call(
		'get_or_create_intx_devres',
		pdev,
		{dev: pdev},
		() => {
			const found = devres_find(kernel, pdev, intxNodeName);
			if (found !== null) return found;
			const node = devres_alloc(kernel, intxNodeName, intxNodeSize);
			if (node !== null) devres_add(kernel, pdev, node);
			return node;
		},
		{inlined: true},
	);
}

/** Find or create, then `orig = !enable` on every call: what v9, v6.11 to v6.13 and v6.14-rc1 save. */
function saveOpposite(
	kernel: Kernel,
	pdev: string,
	enable: number,
	write: (kernel: Kernel, pdev: string, enable: number) => void,
): number {
	const node = get_or_create_intx_devres(kernel, pdev);
	if (node === null) return -errno.ENOMEM;
	kernel.setNodeField(pdev, node, 'orig_intx', enable ? 0 : 1);
	write(kernel, pdev, enable);
	return 0;
}

/** Saves the state before the first call, in a node that is added after that. */
function saveOriginal(
	kernel: Kernel,
	pdev: string,
	enable: number,
	write: (kernel: Kernel, pdev: string, enable: number) => void,
): number {
	if (devres_find(kernel, pdev, intxNodeName) === null) {
		const node = devres_alloc(kernel, intxNodeName, intxNodeSize);
		if (node === null) return -errno.ENOMEM;
		const command = pci_read_config_word(kernel, pdev, PCI_COMMAND);
		kernel.setNodeField(pdev, node, 'orig_intx', command & PCI_COMMAND_INTX_DISABLE ? 0 : 1);
		devres_add(kernel, pdev, node);
	}
	write(kernel, pdev, enable);
	return 0;
}

function redirect(kernel: Kernel, pdev: string, enable: number): void {
	if (pcim_intx(kernel, pdev, enable) !== 0) {
		warnOnce(kernel, pdev, 'pcim_intx() failed', 'drivers/pci/pci.c pci_intx');
	}
}

/** Managed devices go to pcim_intx() at once. */
function redirectAlways(kernel: Kernel, pdev: string, enable: number): void {
	if (isManaged(kernel, pdev)) redirect(kernel, pdev, enable);
	else writeIntx(kernel, pdev, enable);
}

/** Managed devices go to pcim_intx() only where the word changes: 00f89ae4e759. */
function redirectOnChange(kernel: Kernel, pdev: string, enable: number): void {
	const command = pci_read_config_word(kernel, pdev, PCI_COMMAND);
	const changed = withIntx(command, enable);
	if (changed === command) return;
	if (isManaged(kernel, pdev)) redirect(kernel, pdev, enable);
	else pci_write_config_word(kernel, pdev, PCI_COMMAND, changed);
}

/** A copy of pci_intx(), so that it is not called again. */
function __pcim_intx(kernel: Kernel, pdev: string, enable: number): void {
	const write = (): void => {
		writeIntx(kernel, pdev, enable);
	};
	kernel.call('__pcim_intx', pdev, {pdev, enable}, write, {inlined: true});
}

function savedValue(node: NodeState): number {
	return node.data['orig_intx'] ? 1 : 0;
}

/** In v9 pci_intx() looks for a restore node, and this is the reported bug; from v6.14-rc1 on it is unmanaged. */
const restoreThroughPciIntx: ReleaseCallback = {
	fn: intxNodeName,
	run: (kernel, pdev, node) => pci_intx(kernel, pdev, savedValue(node)),
};

const restoreByCopy: ReleaseCallback = {
	fn: intxNodeName,
	run: (kernel, pdev, node) => __pcim_intx(kernel, pdev, savedValue(node)),
};

/** v6.10: the first change is recorded in the device's shared node. */
export const intxShared: IntxPart = {
	pci_intx(kernel, pdev, enable) {
		if (!writeIntx(kernel, pdev, enable)) return;
		const dr = find_pci_dr(kernel, pdev);
		if (dr === null || dr.data['restore_intx']) return;
		kernel.setNodeField(pdev, dr, 'restore_intx', true);
		kernel.setNodeField(pdev, dr, 'orig_intx', enable ? 0 : 1);
	},
	pcim_intx: null,
	callbacks: {},
};

/** Patch v9 10/13 of June 2024. */
export const intxV9: IntxPart = {
	pci_intx: redirectAlways,
	pcim_intx: (kernel, pdev, enable) => saveOpposite(kernel, pdev, enable, writeIntx),
	callbacks: {[intxNodeName]: restoreThroughPciIntx},
};

/** v6.11-rc1, 25216afc9db5. */
export const intxSplit: IntxPart = {
	pci_intx: redirectAlways,
	pcim_intx: (kernel, pdev, enable) => saveOpposite(kernel, pdev, enable, __pcim_intx),
	callbacks: {[intxNodeName]: restoreByCopy},
};

/** v6.11-rc2 to v6.13, 00f89ae4e759. */
export const intxOnChange: IntxPart = {
	pci_intx: redirectOnChange,
	pcim_intx: (kernel, pdev, enable) => saveOpposite(kernel, pdev, enable, __pcim_intx),
	callbacks: {[intxNodeName]: restoreByCopy},
};

/** Takashi Iwai's patch of October 2024: hybrid, with the saved original. */
export const intxSavedHybrid: IntxPart = {
	pci_intx: redirectOnChange,
	pcim_intx: (kernel, pdev, enable) => saveOriginal(kernel, pdev, enable, __pcim_intx),
	callbacks: {[intxNodeName]: restoreByCopy},
};

/** v6.14-rc1, dfa2f4d5f9e5: pci_intx() is never managed. */
export const intxUnmanaged: IntxPart = {
	pci_intx: writeIntx,
	pcim_intx: (kernel, pdev, enable) => saveOpposite(kernel, pdev, enable, pci_intx),
	callbacks: {[intxNodeName]: restoreThroughPciIntx},
};

/** v6.14-rc2 and later, d555ed45a5a1. */
export const intxSavedOriginal: IntxPart = {
	pci_intx: writeIntx,
	pcim_intx: (kernel, pdev, enable) => saveOriginal(kernel, pdev, enable, pci_intx),
	callbacks: {[intxNodeName]: restoreThroughPciIntx},
};
