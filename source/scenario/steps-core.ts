import * as z from 'zod/mini';
import type {Kernel} from '../kernel/kernel.ts';
import {devPrintk, level} from '../kernel/log.ts';
import {removeDevice, rescanDevice} from '../kernel/pci-probe.ts';
import {errno, errnoNameList} from '../recording/errno.ts';
import {longText} from './schema-parts.ts';
import {defineStep, noArguments, type StepTable} from './step-definition.ts';

function printing(name: string, severity: number): StepTable[number] {
	return [
		name,
		defineStep('Writes a line with the device as prefix.', longText, ({kernel, dev}, given) => {
			devPrintk(kernel, severity, dev, given);
			return 0;
		}),
	];
}

/** A device that a driver may add and take away; one that is being probed or released holds its lock. */
function isFree(kernel: Kernel, dev: string): boolean {
	const {driver, bound, passes} = kernel.device(dev);
	const isIdle = bound || (driver ?? null) === null;
	return kernel.hardware.get(dev)?.addedByDriver === true && isIdle && passes.length === 0;
}

function onFreeDevice(
	name: string,
	help: string,
	call: (kernel: Kernel, dev: string) => void,
): StepTable[number] {
	return [
		name,
		defineStep(help, noArguments, ({kernel, dev}) => {
			if (!isFree(kernel, dev)) return -errno.EINVAL;
			call(kernel, dev);
			return 0;
		}),
	];
}

/** The driver core, messages and narration. */
export const coreSteps: StepTable = [
	[
		'supplier',
		defineStep(
			'Needs a device that must be bound first; until it is, the probe is deferred.',
			longText,
			({kernel, dev}, given) =>
				kernel.callInt('supplier_ready', dev, {supplier: given}, () =>
					kernel.state.devices.get(given)?.bound ? 0 : -errno.EPROBE_DEFER,
				),
		),
	],
	[
		'return',
		defineStep(
			'Ends the function with this error.',
			z.enum(errnoNameList),
			(_context, given) => -errno[given],
		),
	],
	[
		'note',
		defineStep(
			'Tells the reader something; the kernel does nothing.',
			longText,
			({kernel, dev}, given) => {
				kernel.note(given, dev);
				return 0;
			},
		),
	],
	onFreeDevice(
		'device_add',
		'Adds the device that `on` names and that is `added_by_driver`: it is probed at once.',
		rescanDevice,
	),
	onFreeDevice('device_del', 'Takes such a device away again.', removeDevice),
	printing('dev_err', level.err),
	printing('dev_warn', level.warn),
	printing('dev_notice', level.notice),
	printing('dev_info', level.info),
];
