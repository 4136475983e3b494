import {z} from 'zod';
import {loadModule, unloadModule} from '../kernel/bus.ts';
import type {Driver} from '../kernel/driver.ts';
import {printk} from '../kernel/log.ts';
import {errno, errnoNameList} from '../recording/errno.ts';
import {
	type ActionDefinition,
	type ActionRun,
	defineAction,
	noArguments,
} from './step-definition.ts';

const text = z.string().min(1).max(500);
const pair = z.strictObject({driver: text, device: text});
const command = z.union([
	z.int().min(0).max(0xffff),
	z.string().regex(/^0x[\da-fA-F]{1,4}$/, 'expected a 16-bit word such as "0x0406"'),
]);
const fault = z.strictObject({
	fn: text,
	nth: z.int().min(1).default(1),
	error: z.enum(errnoNameList).default('ENOMEM'),
});

function driversOf({kernel, scenario}: ActionRun, module: string): Driver[] {
	return scenario.drivers
		.filter((driver) => driver.module === module)
		.flatMap((driver) => kernel.drivers.get(driver.name) ?? []);
}

function notYet(): void {}

/** Every action of a script. */
export const scriptActions: ReadonlyMap<string, ActionDefinition> = new Map([
	[
		'modprobe',
		defineAction(
			'Loads a module: its drivers probe.',
			text,
			(run, module) => {
				run.kernel.inContext('modprobe-1201', () => {
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
			text,
			(run, module) => {
				run.kernel.inContext('rmmod-4711', () => {
					for (const driver of driversOf(run, module)) unloadModule(run.kernel, driver);
				});
			},
			'module',
		),
	],
	['bind', defineAction('Binds one device to a driver, as through sysfs.', pair, notYet)],
	['unbind', defineAction('Unbinds one device, as through sysfs.', text, notYet, 'device')],
	['remove', defineAction('Takes a device from its bus.', text, notYet, 'device')],
	['rescan', defineAction('Finds removed devices again.', noArguments, notYet)],
	[
		'setpci',
		defineAction(
			'Writes PCI_COMMAND from outside.',
			z.strictObject({device: text, command}),
			notYet,
		),
	],
	['irq', defineAction('An interrupt of the device arrives.', text, notYet, 'device')],
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
		defineAction('Writes a line to the kernel log.', text, ({kernel}, line) => {
			printk(kernel, 6, line);
		}),
	],
]);
