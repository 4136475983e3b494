import {actionCallback} from './devm-actions.ts';
import {memoryName} from './devm-memory.ts';
import {irqNodeName, irqReleaseCallback} from './irq.ts';
import type {Kernel, ReleaseCallback, Revision} from './kernel.ts';
import {defaultConfig, type KernelConfig} from './kernel-config.ts';
import {releaseMsi} from './msi.ts';
import {msiCleanupAction, msiDataCallback, msiDataNodeName} from './msi-nodes.ts';
import {pinctrlCallbacks} from './pinctrl.ts';
import {SimulatedKernel} from './simulated-kernel.ts';

/** Events after which a run is given up. */
export const defaultBudget = 1_000_000;

/** Callbacks that are the same in every revision. */
const commonCallbacks: {readonly [name: string]: ReleaseCallback} = {
	[memoryName]: {fn: 'devm_kmalloc_release'},
	// What devm_krealloc() moved has lost its name, not its function.
	'(null)': {fn: 'devm_kmalloc_release'},
	[irqNodeName]: irqReleaseCallback,
	[msiDataNodeName]: msiDataCallback,
	[msiCleanupAction]: actionCallback(msiCleanupAction, releaseMsi),
};

/** A kernel of that revision, before anything happened. */
export function createKernel(
	revision: Revision,
	config: KernelConfig = defaultConfig,
	budget: number = defaultBudget,
): Kernel {
	const callbacks = new Map(
		Object.entries({
			...commonCallbacks,
			...pinctrlCallbacks,
			...revision.intx.callbacks,
			...revision.enable.callbacks,
			...revision.regions.callbacks,
		}),
	);
	return new SimulatedKernel(revision, config, callbacks, budget);
}
