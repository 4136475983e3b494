import {z} from 'zod';
import {errnoNameList} from '../recording/errno.ts';
import {type ActionDefinition, noArguments} from './step-definition.ts';

const text = z.string().min(1).max(500);
const pair = z.strictObject({driver: text, device: text});
const command = z.union([z.int().min(0).max(0xffff), z.string().regex(/^0x[\da-fA-F]{1,4}$/)]);

/** Every action of a script. */
export const scriptActions: ReadonlyMap<string, ActionDefinition> = new Map<
	string,
	ActionDefinition
>([
	['modprobe', {arguments: text, names: 'module', help: 'Loads a module: its drivers probe.'}],
	['rmmod', {arguments: text, names: 'module', help: 'Unloads a module: its devices are unbound.'}],
	['bind', {arguments: pair, help: 'Binds one device to a driver, as through sysfs.'}],
	['unbind', {arguments: text, names: 'device', help: 'Unbinds one device, as through sysfs.'}],
	['remove', {arguments: text, names: 'device', help: 'Takes a device from its bus.'}],
	['rescan', {arguments: noArguments, help: 'Finds removed devices again.'}],
	[
		'setpci',
		{arguments: z.strictObject({device: text, command}), help: 'Writes PCI_COMMAND from outside.'},
	],
	['irq', {arguments: text, names: 'device', help: 'An interrupt of the device arrives.'}],
	[
		'fail',
		{
			arguments: z.strictObject({
				fn: text,
				nth: z.int().min(1).default(1),
				error: z.enum(errnoNameList).default('ENOMEM'),
			}),
			help: 'Makes the n-th next call of a function fail; `alloc` stands for any allocation.',
		},
	],
	['log', {arguments: text, help: 'Writes a line to the kernel log.'}],
]);
