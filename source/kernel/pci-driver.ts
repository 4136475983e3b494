// Models drivers/pci/pci-driver.c, v6.1 and v6.12.
// Left out: runtime PM, SR-IOV, dynamic ids.
import type {CallOptions, Driver, Kernel} from './kernel.ts';
import {devPrintk, level} from './log.ts';

/** The driver's probe(); a positive result is warned of and counts as success. */
function callDriver(kernel: Kernel, pdev: string, driver: Driver): number {
	const options = {module: driver.module};
	const result = kernel.callInt(
		driver.probeFunction,
		pdev,
		{pdev},
		() => driver.probe(kernel, pdev),
		options,
	);
	if (result > 0) {
		const text = `Driver probe function unexpectedly returned ${result}`;
		devPrintk(kernel, level.warn, pdev, text);
	}
	return Math.min(result, 0);
}

function local_pci_probe(kernel: Kernel, pdev: string, driver: Driver, inlined: boolean): number {
	return kernel.callInt(
		'local_pci_probe',
		pdev,
		{dev: pdev},
		() => callDriver(kernel, pdev, driver),
		inlined ? {inlined: true} : {},
	);
}

/** Frames below a work item's function, outermost first. */
const workerFrames = [
	'ret_from_fork_asm',
	'ret_from_fork',
	'kthread',
	'worker_thread',
	'process_one_work',
];

/** Runs `body` as a work item of that worker: its stack is a kernel thread's. */
export function asWork<T>(
	kernel: Kernel,
	worker: string,
	fn: string,
	body: () => T,
	options: CallOptions<T> = {},
): T {
	const nest = (depth: number): T => {
		const frame = workerFrames[depth];
		if (frame === undefined) return kernel.call(fn, null, {}, body, options);
		return kernel.call(frame, null, {}, () => nest(depth + 1));
	};
	return kernel.inContext(worker, () => nest(0));
}

/** On the CPUs of the device's memory node where there are several, else at once. */
function pci_call_probe(kernel: Kernel, pdev: string, driver: Driver): number {
	const node = kernel.hardware.get(pdev)?.numaNode ?? null;
	if (node === null) return local_pci_probe(kernel, pdev, driver, true);
	return kernel.callInt('work_on_cpu_key', pdev, {fn: 'local_pci_probe'}, () =>
		asWork(kernel, `kworker/${node * 12}:1-${230 + node}`, 'work_for_cpu_fn', () =>
			local_pci_probe(kernel, pdev, driver, false),
		),
	);
}

/** Calls the driver's probe, in a worker where the device is near to a memory node. 0 or a negative errno. */
export function pci_device_probe(kernel: Kernel, pdev: string, driver: Driver): number {
	return kernel.callInt('pci_device_probe', pdev, {dev: pdev}, () =>
		pci_call_probe(kernel, pdev, driver),
	);
}

/** Calls the driver's remove, where it has one. Nodes are the caller's. */
export function pci_device_remove(kernel: Kernel, pdev: string, driver: Driver): void {
	kernel.call('pci_device_remove', pdev, {dev: pdev}, () => {
		if (driver.removeFunction === null) return;
		kernel.call(driver.removeFunction, pdev, {pdev}, () => driver.remove(kernel, pdev), {
			module: driver.module,
		});
	});
}
