// Models the legacy table of mappings, node `pcim_iomap_release`, of lib/devres.c and drivers/pci/devres.c.
import {errno} from '../recording/errno.ts';
import {nodeKey} from '../recording/node-id.ts';
import type {NodeState} from '../recording/state.ts';
import {devres_alloc, devres_find, devres_get} from './devres.ts';
import type {Kernel} from './kernel.ts';
import {warn} from './log.ts';

/** Logged name of the table's node. */
export const tableNodeName = 'pcim_iomap_release';

/** The device's table, made on first use. Null where memory is short. */
export function pcim_iomap_table(kernel: Kernel, pdev: string): NodeState | null {
	const findOrMake = (): NodeState | null => {
		const found = devres_find(kernel, pdev, tableNodeName);
		if (found !== null) return found;
		const fresh = devres_alloc(kernel, tableNodeName, kernel.revision.iomapTable.entries * 8);
		if (fresh === null) return null;
		const table = nodeKey(devres_get(kernel, pdev, fresh));
		return kernel.device(pdev).devres_head.find((node) => nodeKey(node) === table) ?? null;
	};
	return kernel.call('pcim_iomap_table', pdev, {pdev}, findOrMake, {fails: () => null});
}

/** Field of the table's node that holds the mapping of a BAR. */
export function slot(bar: number): string {
	return `table${bar}`;
}

/** Puts a mapping into the table; WARN where the slot is taken, and over it goes. -ENOMEM where there is no table. */
export function addToTable(kernel: Kernel, pdev: string, bar: number, address: string): number {
	const table = pcim_iomap_table(kernel, pdev);
	if (table === null) return -errno.ENOMEM;
	if (table.data[slot(bar)]) {
		const at = 'drivers/pci/devres.c pcim_add_mapping_to_legacy_table';
		warn(kernel, pdev, `BAR ${bar} is mapped already`, at);
	}
	kernel.setNodeField(pdev, table, slot(bar), address);
	return 0;
}

/** Makes the table first where there is none. */
export function removeFromTable(kernel: Kernel, pdev: string, bar: number): void {
	const table = pcim_iomap_table(kernel, pdev);
	if (table?.data[slot(bar)]) kernel.setNodeField(pdev, table, slot(bar), null);
}
