import {z} from 'zod';
import {devPrintk, level} from '../kernel/log.ts';
import {errno, errnoNameList} from '../recording/errno.ts';
import {defineStep, type StepTable} from './step-definition.ts';

const text = z.string().min(1).max(500);

function printing(name: string, severity: number): StepTable[number] {
	return [
		name,
		defineStep('Writes a line with the device as prefix.', text, ({kernel, dev}, given) => {
			devPrintk(kernel, severity, dev, given);
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
			text,
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
			text,
			({kernel, dev}, given) => {
				kernel.note(given, dev);
				return 0;
			},
		),
	],
	printing('dev_err', level.err),
	printing('dev_warn', level.warn),
	printing('dev_notice', level.notice),
	printing('dev_info', level.info),
];
