// Models the legacy table of mappings, node `pcim_iomap_release`, of lib/devres.c and drivers/pci/devres.c.

import {nodeKey} from '../recording/event.ts';
import type {NodeState} from '../recording/state.ts';
import {devres_alloc, devres_find, devres_get} from './devres.ts';
import type {Kernel} from './kernel.ts';
import {warn} from './log.ts';

export const tableNodeName = 'pcim_iomap_release';

/** The device's table, made on first use. Null where memory is short. */
export function pcim_iomap_table(kernel: Kernel, pdev: string): NodeState | null {
	return kernel.call('pcim_iomap_table', pdev, {pdev}, () => {
		const found = devres_find(kernel, pdev, tableNodeName);
		if (found !== null) return found;
		const fresh = devres_alloc(kernel, tableNodeName, kernel.revision.iomapTable.entries * 8);
		if (fresh === null) return null;
		const table = nodeKey(devres_get(kernel, pdev, fresh));
		return kernel.device(pdev).devres_head.find((node) => nodeKey(node) === table) ?? null;
	});
}

export function slot(bar: number): string {
	return `table${bar}`;
}

/** Puts a mapping into the table; WARN where the slot is taken or the table too small. False where memory is short. */
export function addToTable(kernel: Kernel, pdev: string, bar: number, address: string): boolean {
	const table = pcim_iomap_table(kernel, pdev);
	if (table === null) return false;
	if (table.data[slot(bar)]) {
		warn(kernel, pdev, `BAR ${bar} is mapped already`, 'drivers/pci/devres.c pcim_iomap');
		return false;
	}
	if (bar * 8 >= table.size) {
		const text = `table of ${table.size / 8} entries written at ${bar}: past its end`;
		warn(kernel, pdev, text, 'drivers/pci/devres.c pcim_add_mapping_to_legacy_table');
	}
	kernel.setNodeField(pdev, table, slot(bar), address);
	return true;
}

export function removeFromTable(kernel: Kernel, pdev: string, bar: number): void {
	const table = devres_find(kernel, pdev, tableNodeName);
	if (table?.data[slot(bar)]) kernel.setNodeField(pdev, table, slot(bar), null);
}
