import * as z from 'zod/mini';
import {bind_store, loadModule, reportDeferred, unbind_store, unloadModule} from '../kernel/bus.ts';
import {interruptArrives} from '../kernel/irq.ts';
import type {Driver} from '../kernel/kernel.ts';
import {printk} from '../kernel/log.ts';
import {pci_write_config_word} from '../kernel/pci-config.ts';
import {removeDevice, rescanDevice} from '../kernel/pci-probe.ts';
import {errno, errnoNameList} from '../recording/errno.ts';
import {PCI_COMMAND} from '../recording/pci-registers.ts';
import {formed, longText, whole} from './schema-parts.ts';
import {
	type ActionDefinition,
	type ActionRun,
	defineAction,
	noArguments,
} from './step-definition.ts';

const pair = z.strictObject({driver: longText, device: longText});
const command = z.union([
	whole(0, 0xffff),
	formed(/^0x[\da-fA-F]{1,4}$/, 'expected a 16-bit word such as "0x0406"'),
]);
const fault = z.strictObject({
	fn: longText,
	nth: z._default(whole(1), 1),
	error: z._default(z.enum(errnoNameList), 'ENOMEM'),
});

function driversOf({kernel, scenario}: ActionRun, module: string): Driver[] {
	return scenario.drivers
		.filter((driver) => driver.module === module)
		.flatMap((driver) => kernel.drivers.get(driver.name) ?? []);
}

/** Each action is a task of its own: its line makes a process id that never changes. */
function asTask({kernel}: ActionRun, command: string, body: () => void): void {
	kernel.inContext(`${command}-${1000 + (kernel.origin ?? 0)}`, body);
}

/** The driver that the device is bound to, or any: unbinding then fails as it does in sysfs. */
function boundDriver({kernel}: ActionRun, device: string): Driver | undefined {
	const name = kernel.device(device).driver;
	return name === null || name === undefined
		? kernel.drivers.values().next().value
		: kernel.drivers.get(name);
}

function remove(run: ActionRun, device: string): void {
	asTask(run, 'sh', () => removeDevice(run.kernel, device));
}

function rescan(run: ActionRun, only: string | undefined): void {
	const {hardware} = run.kernel;
	const devices = only === undefined ? [...hardware.keys()] : [only];
	asTask(run, 'sh', () => {
		for (const device of devices) {
			if (!hardware.get(device)?.addedByDriver) rescanDevice(run.kernel, device);
		}
	});
}

function setpci(run: ActionRun, device: string, value: number | string): void {
	asTask(run, 'setpci', () => {
		run.kernel.call('pci_user_write_config_word', device, {dev: device}, () => {
			pci_write_config_word(run.kernel, device, PCI_COMMAND, Number(value));
		});
	});
}

/** Every action of a script. */
export const scriptActions: ReadonlyMap<string, ActionDefinition> = new Map([
	[
		'modprobe',
		defineAction(
			'Loads a module: its drivers probe.',
			longText,
			(run, module) => {
				asTask(run, 'modprobe', () => {
					for (const driver of driversOf(run, module)) loadModule(run.kernel, driver);
				});
			},
			'module',
		),
	],
	[
		'rmmod',
		defineAction(
			'Unloads a module: its devices are unbound.',
			longText,
			(run, module) => {
				asTask(run, 'rmmod', () => {
					for (const driver of driversOf(run, module)) unloadModule(run.kernel, driver);
				});
			},
			'module',
		),
	],
	[
		'bind',
		defineAction('Binds one device to a driver, as through sysfs.', pair, (run, given) => {
			const driver = run.kernel.drivers.get(given.driver);
			if (driver === undefined) return;
			asTask(run, 'sh', () => bind_store(run.kernel, given.device, driver));
		}),
	],
	[
		'unbind',
		defineAction(
			'Unbinds one device, as through sysfs: from its driver, or from the one named.',
			z.union([longText, pair]),
			(run, given) => {
				const device = typeof given === 'string' ? given : given.device;
				const driver =
					typeof given === 'string'
						? boundDriver(run, device)
						: run.kernel.drivers.get(given.driver);
				if (driver === undefined) return;
				asTask(run, 'sh', () => unbind_store(run.kernel, device, driver));
			},
			'device',
		),
	],
	['remove', defineAction('Takes a device from its bus.', longText, remove, 'device')],
	[
		'rescan',
		defineAction(
			'Finds removed devices again: all, or one.',
			z.optional(longText),
			rescan,
			'device',
		),
	],
	[
		'setpci',
		defineAction(
			'Writes PCI_COMMAND from outside.',
			z.strictObject({device: longText, command}),
			(run, given) => setpci(run, given.device, given.command),
		),
	],
	[
		'irq',
		defineAction(
			'An interrupt of the device arrives.',
			longText,
			({kernel}, device) => interruptArrives(kernel, device),
			'device',
		),
	],
	[
		'deferred_timeout',
		defineAction('The kernel prints which devices still wait for a probe.', noArguments, (run) =>
			asTask(run, 'kworker/0:2', () => reportDeferred(run.kernel)),
		),
	],
	[
		'fail',
		defineAction(
			'Makes the n-th next call of a function fail; `alloc` stands for any allocation.',
			fault,
			({kernel}, {fn, nth, error}) => {
				kernel.emit({type: 'fault', fn, nth, error: -errno[error]});
			},
		),
	],
	[
		'log',
		defineAction('Writes a line to the kernel log.', longText, ({kernel}, line) => {
			printk(kernel, 6, line);
		}),
	],
]);
