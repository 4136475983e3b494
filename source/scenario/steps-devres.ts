import * as z from 'zod/mini';
import {
	devm_add_action,
	devm_add_action_or_reset,
	devm_release_action,
	devm_remove_action,
} from '../kernel/devm-actions.ts';
import {isNode, zeroSizePointer} from '../kernel/devm-memory.ts';
import {
	devres_add,
	devres_alloc,
	devres_destroy,
	devres_find,
	devres_free,
	devres_get,
	devres_release,
	devres_remove,
	warnNotFound,
} from '../kernel/devres.ts';
import {
	devres_close_group,
	devres_open_group,
	devres_release_group,
	devres_remove_group,
} from '../kernel/devres-groups.ts';
import type {Kernel} from '../kernel/kernel.ts';
import {devm_device_add_group} from '../kernel/msi-nodes.ts';
import {errno} from '../recording/errno.ts';
import {nodeKey} from '../recording/node-id.ts';
import {bytes, shortText, text} from './schema-parts.ts';
import {defineStep, type StepResult, type StepRun, type StepTable} from './step-definition.ts';
import {bytesIn, kept} from './steps-memory.ts';

/** Sizes that differ from `size`, by kernel. */
const sizes = z._default(z.record(z.string(), bytes), {});
const size = z._default(bytes, 0);
const group = z.nullable(text(64));

/** Helpers that allocate one node, add it, and free it again by name. */
const families: readonly (readonly [fn: string, node: string, size: number, free: string])[] = [
	['devm_get_free_pages', 'devm_pages_release', 16, 'devm_free_pages'],
	['devm_alloc_percpu', 'devm_percpu_release', 8, 'devm_free_percpu'],
	['dmam_alloc_coherent', 'dmam_release', 32, 'dmam_free_coherent'],
	['devm_ioremap', 'devm_ioremap_release', 8, 'devm_iounmap'],
	['devm_request_region', 'devm_region_release', 24, 'devm_release_region'],
	['devm_request_mem_region', 'devm_region_release', 24, 'devm_release_mem_region'],
];

function addNode(kernel: Kernel, dev: string, fn: string, node: string, size: number): StepResult {
	return kernel.call(fn, dev, {dev}, () => {
		const fresh = devres_alloc(kernel, node, size);
		if (fresh !== null) devres_add(kernel, dev, fresh);
		return fresh;
	});
}

function freeNode(context: StepRun, fn: string, node: string, wanted: string | undefined) {
	const {kernel, dev} = context;
	kernel.call(fn, dev, {dev}, () => {
		const pointer = wanted === undefined ? null : kept(context, wanted);
		const match = pointer === null || pointer === zeroSizePointer ? () => true : isNode(pointer);
		const result = devres_release(kernel, dev, node, match);
		if (result === -errno.ENOENT) warnNotFound(kernel, dev, fn);
	});
	return 0;
}

const familySteps: StepTable = families.flatMap(([fn, node, size, free]) => [
	[
		fn,
		defineStep(`Adds a node ${node}.`, z.unknown(), ({kernel, dev}) =>
			addNode(kernel, dev, fn, node, size),
		),
	],
	[
		free,
		defineStep(
			`Takes a node ${node} back: the newest, or the one kept.`,
			z.optional(shortText),
			(c, given) => freeNode(c, free, node, given),
		),
	],
]);

const actionSteps: StepTable = [
	[
		'devm_add_action',
		defineStep('Adds an action to run at release.', shortText, ({kernel, dev}, given) =>
			devm_add_action(kernel, dev, given),
		),
	],
	[
		'devm_add_action_or_reset',
		defineStep(
			'As devm_add_action; on failure the action runs at once.',
			shortText,
			({kernel, dev}, given) => devm_add_action_or_reset(kernel, dev, given),
		),
	],
	[
		'devm_remove_action',
		defineStep('Forgets an action without running it.', shortText, ({kernel, dev}, given) => {
			devm_remove_action(kernel, dev, given);
			return 0;
		}),
	],
	[
		'devm_release_action',
		defineStep('Runs an action now.', shortText, ({kernel, dev}, given) => {
			devm_release_action(kernel, dev, given);
			return 0;
		}),
	],
	[
		'devm_device_add_group',
		defineStep('Adds a sysfs group that goes with the device.', shortText, ({kernel, dev}, given) =>
			devm_device_add_group(kernel, dev, given),
		),
	],
	[
		'request_firmware',
		defineStep(
			'Loads firmware; its cached name becomes a node.',
			shortText,
			({kernel, dev}, given) =>
				kernel.callInt('request_firmware', dev, {name: given}, () => {
					const node = devres_alloc(kernel, 'fw_name_devm_release', 16);
					if (node === null) return -errno.ENOMEM;
					devres_add(kernel, dev, node);
					return 0;
				}),
		),
	],
];

const devresCall = z.union([
	z.strictObject({add: shortText, size, sizes}),
	z.strictObject({get: shortText, size, sizes}),
	z.strictObject({find: shortText}),
	z.strictObject({remove: shortText}),
	z.strictObject({destroy: shortText}),
	z.strictObject({release: shortText}),
	z.strictObject({open_group: group}),
	z.strictObject({close_group: group}),
	z.strictObject({remove_group: group}),
	z.strictObject({release_group: group}),
]);

function allocated(
	{kernel, dev}: StepRun,
	name: string,
	size: number,
	put: typeof devres_add | typeof devres_get,
): StepResult {
	const node = devres_alloc(kernel, name, size);
	if (node !== null) put(kernel, dev, node);
	return node;
}

function callDevres(context: StepRun, given: z.output<typeof devresCall>): StepResult {
	const {kernel, dev} = context;
	if ('add' in given) return allocated(context, given.add, bytesIn(kernel, given), devres_add);
	if ('get' in given) return allocated(context, given.get, bytesIn(kernel, given), devres_get);
	if ('find' in given) return devres_find(kernel, dev, given.find) === null ? -errno.ENOENT : 0;
	if ('remove' in given) {
		const node = devres_remove(kernel, dev, given.remove);
		if (node === null) return -errno.ENOENT;
		// The caller owns it now; a scenario's driver has no further use for it.
		kernel.note(`the driver keeps ${nodeKey(node)}`, dev);
		devres_free(kernel, node);
		return 0;
	}
	if ('destroy' in given) return devres_destroy(kernel, dev, given.destroy);
	if ('release' in given) return devres_release(kernel, dev, given.release);
	if ('open_group' in given) {
		return devres_open_group(kernel, dev, given.open_group) === null ? -errno.ENOMEM : 0;
	}
	if ('release_group' in given) return devres_release_group(kernel, dev, given.release_group);
	if ('close_group' in given) devres_close_group(kernel, dev, given.close_group);
	else devres_remove_group(kernel, dev, given.remove_group);
	return 0;
}

/** Nodes of any kind, actions and groups. */
export const devresSteps: StepTable = [
	...familySteps,
	...actionSteps,
	[
		'devres',
		defineStep(
			'Calls the core: add, get, find, remove, destroy, release, or a group by id (null: the newest open one).',
			devresCall,
			callDevres,
		),
	],
];
