import {z} from 'zod';
import {devPrintk, level} from '../kernel/log.ts';
import {errno, errnoNameList} from '../recording/errno.ts';
import {type StepTable, step} from './driver-step.ts';

const text = z.string().min(1).max(500);

function printing(name: string, severity: number): StepTable[number] {
	return [
		name,
		step(text, 'Writes a line with the device as prefix.', ({kernel, dev}, given) => {
			devPrintk(kernel, severity, dev, given);
			return undefined;
		}),
	];
}

/** The driver core, messages and narration. */
export const coreSteps: StepTable = [
	[
		'supplier',
		step(
			text,
			'Needs a device that must be bound first; until it is, the probe is deferred.',
			({kernel, dev}, given) =>
				kernel.callInt('supplier_ready', dev, {supplier: given}, () =>
					kernel.state.devices.get(given)?.bound ? 0 : -errno.EPROBE_DEFER,
				),
		),
	],
	[
		'return',
		step(
			z.enum(errnoNameList),
			'Ends the function with this error.',
			(_context, given) => -errno[given],
		),
	],
	[
		'note',
		step(text, 'Tells the reader something; the kernel does nothing.', ({kernel, dev}, given) => {
			kernel.note(given, dev);
			return undefined;
		}),
	],
	printing('dev_err', level.err),
	printing('dev_warn', level.warn),
	printing('dev_notice', level.notice),
	printing('dev_info', level.info),
];
