// Models request_threaded_irq(), free_irq() and devm_request_irq() of kernel/irq, v6.12.
// Approximate: one action a device; affinity, threads and the proc files are left out.
import {errno} from '../recording/errno.ts';
import type {NodeId} from '../recording/node-id.ts';
import {intxDisabled} from '../recording/pci-registers.ts';
import {devres_add, devres_alloc, devres_free, devres_release, warnNotFound} from './devres.ts';
import type {Kernel, ReleaseCallback} from './kernel.ts';

/** `struct irqaction`, rounded up to its cache line. */
const irqactionSize = 128;

/** Logged name of the node behind a managed handler. */
export const irqNodeName = 'devm_irq_release';

/** Interrupt number of a device: derived from its place, as firmware would choose some line. */
function irqOf(kernel: Kernel, dev: string): number {
	const legacy = 16 + ([...kernel.hardware.keys()].indexOf(dev) % 8);
	return kernel.device(dev).data['msi_enabled'] ? 24 + legacy : legacy;
}

/** Whether it has vectors: they are not shared, and bit 10 does not concern them. */
export function usesMsi(kernel: Kernel, dev: string): boolean {
	const {data} = kernel.device(dev);
	return data['msi_enabled'] === true || data['msix_enabled'] === true;
}

/** Makes `name` the handler of the device's interrupt; -ENOMEM where memory is short. */
export function request_threaded_irq(kernel: Kernel, dev: string, name: string): number {
	const irq = irqOf(kernel, dev);
	return kernel.callInt('request_threaded_irq', dev, {irq, name}, () => {
		if (kernel.failsAllocation('irqaction', irqactionSize, dev)) return -errno.ENOMEM;
		kernel.emit({type: 'alloc', device: dev, what: 'irqaction', size: irqactionSize});
		kernel.setField(dev, 'irqaction', name);
		return 0;
	});
}

/** Takes the device's handler away. Under CONFIG_DEBUG_SHIRQ one on an INTx line runs once more. */
export function free_irq(kernel: Kernel, dev: string): void {
	kernel.call('free_irq', dev, {irq: irqOf(kernel, dev)}, () => {
		if (kernel.config.debugShirq && !usesMsi(kernel, dev)) {
			kernel.note('CONFIG_DEBUG_SHIRQ: the handler is called once more after it was removed', dev);
			runHandler(kernel, dev);
		}
		kernel.setField(dev, 'irqaction', null);
	});
}

/** `uses` names the memory that the handler reads, to see whether it outlives it. */
export function devm_request_irq(
	kernel: Kernel,
	dev: string,
	name: string,
	uses: NodeId | null,
): number {
	return kernel.callInt('devm_request_threaded_irq', dev, {dev, name}, () => {
		const node = devres_alloc(kernel, irqNodeName, 16);
		if (node === null) return -errno.ENOMEM;
		const result = request_threaded_irq(kernel, dev, name);
		if (result < 0) {
			devres_free(kernel, node);
			return result;
		}
		if (uses !== null) kernel.setField(dev, 'irq_reads', uses.node);
		devres_add(kernel, dev, node);
		return 0;
	});
}

/** What releasing a managed handler does: the device loses it. */
export const irqReleaseCallback: ReleaseCallback = {fn: irqNodeName, run: free_irq};

/** REM, then the handler is gone. WARN where the device has none. */
export function devm_free_irq(kernel: Kernel, dev: string): void {
	kernel.call('devm_free_irq', dev, {dev, irq: irqOf(kernel, dev)}, () => {
		const result = devres_release(kernel, dev, irqNodeName);
		if (result === -errno.ENOENT) warnNotFound(kernel, dev, 'devm_free_irq');
	});
}

/** Whether a node is on the device's list or still waits on its todo list. */
function isAlive(kernel: Kernel, dev: string, address: string): boolean {
	const device = kernel.device(dev);
	const waiting = device.passes.flatMap((pass) =>
		pass.entries.filter((entry) => entry.stage === 'waiting').map((entry) => entry.node),
	);
	return [...device.devres_head, ...waiting].some((node) => node.node === address);
}

/** Calls the handler, which reads what the driver said it reads. */
function runHandler(kernel: Kernel, dev: string): void {
	const {irqaction, irq_reads: reads} = kernel.device(dev).data;
	if (irqaction === undefined || irqaction === null) {
		kernel.note('no handler: the interrupt is not for this device', dev);
		return;
	}
	kernel.call(`${irqaction}`, dev, {irq: irqOf(kernel, dev)}, () => {
		if (typeof reads !== 'string') return 1;
		if (isAlive(kernel, dev, reads)) kernel.note('the handler reads memory that is there', dev);
		else {
			kernel.emit({
				type: 'warning',
				device: dev,
				text: `BUG: KASAN: slab-use-after-free in ${irqaction}`,
				frames: [{fn: `${irqaction}`}, {fn: '__handle_irq_event_percpu'}],
				approximate: true,
			});
		}
		return 1;
	});
}

/** An interrupt of the device arrives: INTx only where bit 10 lets it through. */
export function interruptArrives(kernel: Kernel, dev: string): void {
	const device = kernel.device(dev);
	const masked = !usesMsi(kernel, dev) && intxDisabled(device) === true;
	kernel.inContext(`irq-${irqOf(kernel, dev)}`, () => {
		if (masked) {
			kernel.note('PCI_COMMAND bit 10 is set: the device may not assert INTx', dev);
			return;
		}
		kernel.call('__handle_irq_event_percpu', dev, {irq: irqOf(kernel, dev)}, () => {
			runHandler(kernel, dev);
		});
	});
}
