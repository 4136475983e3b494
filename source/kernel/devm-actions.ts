// Models devm_add_action() and its kin of drivers/base/devres.c, v6.1 and v6.12.
import {errno} from '../recording/errno.ts';
import type {NodeState} from '../recording/state.ts';
import {devres_add, devres_alloc, devres_free, devres_remove, warnNotFound} from './devres.ts';
import type {Kernel, ReleaseCallback} from './kernel.ts';

/** `{data, action}`: two pointers. */
const actionSize = 16;

/** The name under which up to v6.3 every action stands in the log. */
export const unnamedAction = 'devm_action_release';

/** What an action does when its time has come. */
export type Action = (kernel: Kernel, dev: string) => void;

/** The callback of an action: its node's release function is the same for all of them. */
export function actionCallback(name: string, action: Action): ReleaseCallback {
	return {
		fn: unnamedAction,
		run: (kernel, dev) => {
			kernel.call(name, dev, {data: dev}, () => action(kernel, dev));
		},
	};
}

/** Runs the action behind a node that is logged under the shared name. */
export const unnamedActionCallback: ReleaseCallback = {
	fn: unnamedAction,
	run: (kernel, dev, node) => {
		runAction(kernel, dev, `${node.data['action']}`, node);
	},
};

function runAction(kernel: Kernel, dev: string, action: string, node: NodeState): void {
	kernel.releaseCallbacks.get(action)?.run?.(kernel, dev, node);
}

function isAction(action: string): (node: NodeState) => boolean {
	return (node) => node.data['action'] === action;
}

/** Adds an action that runs at release. -ENOMEM where memory is short: then nothing is added. */
export function devm_add_action(kernel: Kernel, dev: string, action: string): number {
	return kernel.callInt('__devm_add_action', dev, {dev, action}, () => {
		const name = kernel.revision.actions.loggedName(action);
		const node = devres_alloc(kernel, name, actionSize);
		if (node === null) return -errno.ENOMEM;
		kernel.setNodeField(dev, node, 'action', action);
		devres_add(kernel, dev, node);
		return 0;
	});
}

/** As devm_add_action(), but on failure the action runs at once, without a log line. */
export function devm_add_action_or_reset(kernel: Kernel, dev: string, action: string): number {
	const result = devm_add_action(kernel, dev, action);
	if (result < 0) {
		kernel.call(action, dev, {data: dev}, () => {
			kernel.note(`no memory to remember ${action}: it runs now`, dev);
		});
	}
	return result;
}

function takeAction(kernel: Kernel, dev: string, fn: string, action: string): NodeState | null {
	const name = kernel.revision.actions.loggedName(action);
	const node = devres_remove(kernel, dev, name, isAction(action));
	if (node === null) warnNotFound(kernel, dev, fn);
	return node;
}

/** Forgets the newest such action without running it. WARN where there is none. */
export function devm_remove_action(kernel: Kernel, dev: string, action: string): void {
	kernel.call('devm_remove_action', dev, {dev, action}, () => {
		const node = takeAction(kernel, dev, 'devm_remove_action', action);
		if (node !== null) devres_free(kernel, node);
	});
}

/** Takes the newest such action from the list, then runs it. WARN where there is none. */
export function devm_release_action(kernel: Kernel, dev: string, action: string): void {
	kernel.call('devm_release_action', dev, {dev, action}, () => {
		const node = takeAction(kernel, dev, 'devm_release_action', action);
		if (node === null) return;
		runAction(kernel, dev, action, node);
		devres_free(kernel, node);
	});
}
