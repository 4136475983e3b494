// Trace events as TP_printk() and kprobes print them: include/trace/events, drivers/base/trace.h, 6.12.

import {describeFrame, hex} from '../recording/describe.ts';
import type {DumpedFrame, RecordedEvent} from '../recording/event.ts';
import {configTarget} from './carried-text.ts';
import {OpenCalls} from './open-calls.ts';

type DevresEvent = Extract<
	RecordedEvent,
	{type: 'devres-add' | 'devres-release' | 'devres-remove' | 'devres-replace'}
>;

/** What the kernel calls each operation. */
export const devresOperations: {readonly [type in DevresEvent['type']]: string} = {
	'devres-add': 'ADD',
	'devres-release': 'REL',
	'devres-remove': 'REM',
	'devres-replace': 'REPLACE',
};

/** `REL 00000000fbd19618 pcim_intx_restore (4 bytes)`: in traces behind the device, in dmesg behind `DEVRES`. */
export function devresText({type, node, name, size}: DevresEvent): string {
	return `${devresOperations[type]} ${node} ${name} (${size} bytes)`;
}

/** Seconds as traces and dmesg print them: five digits and microseconds, or nanoseconds where there are any. */
export function secondsText(time: number): string {
	const micro = time.toFixed(6);
	return (Number(micro) === time ? micro : time.toFixed(9)).padStart(12);
}

const widthNames = new Map([
	[1, 'byte'],
	[2, 'word'],
	[4, 'dword'],
]);

type Access = Extract<RecordedEvent, {type: 'config-read' | 'config-write'}>;

/**
A probe on the functions that access config space. With the bus: several devices may have one slot and function.

What is read is told where the function returns; which address it returns to is not known.
*/
function accessText(event: Access): string {
	const target = configTarget(event.device ?? '');
	const width = widthNames.get(event.width) ?? 'word';
	const bus = target === null || target.bus === null ? '' : `bus=${hex(target.bus, 0)} `;
	const where = `${bus}devfn=${hex(target?.devfn ?? 0, 0)} where=${hex(event.offset, 0)}`;
	const value = `value=${hex(event.value, 0)}`;
	return event.type === 'config-write'
		? `cfg_write_${width}: (pci_bus_write_config_${width}+0x4/0x30) ${where} ${value}`
		: `cfg_read_${width}_ret: (0x0 <- pci_bus_read_config_${width}) ${where} ${value} ret=0`;
}

/** An event as a trace event with its name; null for events that are none. */
export function traceEventText(event: RecordedEvent): string | null {
	switch (event.type) {
		case 'devres-add':
		case 'devres-release':
		case 'devres-remove':
		case 'devres-replace':
			return `devres_log: ${event.device ?? ''} ${devresText(event)}`;
		case 'config-read':
		case 'config-write':
			return accessText(event);
		case 'printk':
			return `console: ${event.text}`;
		case 'action':
			return `tracing_mark_write: ${event.text}`;
		case 'stack':
			return '<stack trace>';
		default:
			return null;
	}
}

/** ` => pci_intx+0x3a/0x120 [ccp]`. */
export function frameText(frame: DumpedFrame): string {
	return ` => ${describeFrame(frame)}`;
}

/** `CPU:1 [LOST 85 EVENTS]`, for an event whose context is `cpu-1`. */
export function lostText({context, count}: Extract<RecordedEvent, {type: 'lost'}>): string {
	const events = count === null ? 'LOST EVENTS' : `LOST ${count} EVENTS`;
	return `CPU:${context.slice('cpu-'.length)} [${events}]`;
}

/** What a trace will show, as its header and its columns need to know beforehand. */
export type Survey = {
	/** Every context but those of losses. */
	readonly contexts: ReadonlySet<string>;

	/** Events in the trace, losses not counted. */
	readonly entries: number;

	/** PCI devices whose registers are accessed, sorted. */
	readonly accessed: readonly string[];

	/** By context, how many calls return that were made before the trace began. */
	readonly unseen: ReadonlyMap<string, number>;
};

/** Looks through the events of a trace. */
export function surveyOf(events: Iterable<RecordedEvent>): Survey {
	const contexts = new Set<string>();
	const accessed = new Set<string>();
	const unseen = new Map<string, number>();
	const calls = new OpenCalls();
	let entries = 0;
	for (const event of events) {
		if (event.type === 'lost') continue;
		entries += 1;
		contexts.add(event.context);
		if (event.type === 'call') calls.open(event);
		if (event.type === 'return' && calls.close(event).length === 0) {
			unseen.set(event.context, (unseen.get(event.context) ?? 0) + 1);
		}
		if (event.type !== 'config-read' && event.type !== 'config-write') continue;
		const target = configTarget(event.device ?? '');
		if (event.device !== undefined && target?.bus != null) accessed.add(event.device);
	}
	return {contexts, entries, accessed: [...accessed].sort(), unseen};
}

/** Header lines with the devices whose registers are accessed: a probe doesn't name them, and no other line may. */
export function deviceLines({accessed}: Survey): string[] {
	return accessed.map((device) => `# device: /* ${device} */`);
}
