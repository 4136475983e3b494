// Models devm_add_action() and its kin of drivers/base/devres.c, v6.1 and v6.12.
import {errno} from '../recording/errno.ts';
import type {NodeState} from '../recording/state.ts';
import {
	actionRelease,
	devres_add,
	devres_alloc,
	devres_destroy,
	devres_release,
	warnNotFound,
} from './devres.ts';
import type {Kernel, ReleaseCallback} from './kernel.ts';

/** `{data, action}`: two pointers. */
const actionSize = 16;

/** What an action does when its time has come. */
export type Action = (kernel: Kernel, dev: string) => void;

/** The callback of an action: its node's release function is the same for all of them. */
export function actionCallback(name: string, action: Action): ReleaseCallback {
	return {
		fn: actionRelease,
		run: (kernel, dev) => {
			kernel.call(name, dev, {data: dev}, () => action(kernel, dev));
		},
	};
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
		devres_add(kernel, dev, node, {inlined: true});
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

/** Forgets the newest such action without running it. WARN where there is none. */
export function devm_remove_action(kernel: Kernel, dev: string, action: string): void {
	kernel.call('devm_remove_action', dev, {dev, action}, () => {
		const result = devres_destroy(kernel, dev, actionRelease, isAction(action));
		if (result < 0) warnNotFound(kernel, dev, 'devm_remove_action');
	});
}

/** Takes the newest such action from the list, then runs it. WARN where there is none. */
export function devm_release_action(kernel: Kernel, dev: string, action: string): void {
	kernel.call('devm_release_action', dev, {dev, action}, () => {
		const result = devres_release(kernel, dev, actionRelease, isAction(action));
		if (result < 0) warnNotFound(kernel, dev, 'devm_release_action');
	});
}
