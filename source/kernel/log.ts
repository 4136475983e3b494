// Models dev_printk() and WARN() of drivers/base/core.c and kernel/panic.c, v6.12.
// Left out: rate limits, the register dump of a splat.
import type {DumpedFrame} from '../recording/event.ts';
import type {Kernel} from './kernel.ts';
import {TaskKilled} from './run-errors.ts';

/** Log levels of include/linux/kern_levels.h. */
export const level = {crit: 2, err: 3, warn: 4, notice: 5, info: 6, debug: 7} as const;

/** The driver's name while `dev->driver` is set, otherwise the bus name: dev_driver_string(). */
function devicePrefix(kernel: Kernel, dev: string): string {
	const device = kernel.device(dev);
	return `${device.driver ?? device.bus} ${dev}`;
}

/** Adds a line to the kernel log behind the device's prefix; `severity` is one of `level`. */
export function devPrintk(kernel: Kernel, severity: number, dev: string, text: string): void {
	kernel.emit({
		type: 'printk',
		device: dev,
		level: severity,
		prefix: devicePrefix(kernel, dev),
		text,
	});
}

/** As devPrintk(), for a line without a prefix that concerns no one device. */
export function printk(kernel: Kernel, severity: number, text: string): void {
	kernel.emit({type: 'printk', level: severity, prefix: '', text});
}

/** Frames that a call trace would show: innermost first, inlined ones missing. */
function dumpedStack(kernel: Kernel): DumpedFrame[] {
	const frames = kernel.state.contexts.get(kernel.context) ?? [];
	return frames
		.filter((frame) => !frame.inlined)
		.map((frame) => ({
			fn: frame.fn,
			...(frame.module === null ? {} : {module: frame.module}),
		}))
		.toReversed();
}

/** WARN(): `at` is source file and function; line numbers differ between builds. */
export function warn(kernel: Kernel, dev: string, text: string, at: string): void {
	kernel.emit({type: 'warning', device: dev, text, at, frames: dumpedStack(kernel)});
}

/** WARN_ONCE(): once per place and boot. */
export function warnOnce(kernel: Kernel, dev: string, text: string, at: string): void {
	const seen = kernel.events.some((event) => event.type === 'warning' && event.at === at);
	if (!seen) warn(kernel, dev, text, at);
}

/** BUG(): the task dies where it stands. */
export function bug(kernel: Kernel, dev: string, at: string): never {
	warn(kernel, dev, `kernel BUG at ${at}!`, at);
	throw new TaskKilled(at);
}
