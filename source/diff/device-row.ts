import {describeResult} from '../recording/describe.ts';
import type {PrintkEvent, RecordedEvent} from '../recording/event.ts';
import {
	PCI_COMMAND,
	PCI_COMMAND_INTX_DISABLE,
	PCI_COMMAND_MASTER,
} from '../recording/pci-registers.ts';
import type {ToldFacts} from './told-facts.ts';

/** What kind of fact a row is, which decides how two that differ are called. */
export type RowKind = 'node' | 'log' | 'probe' | 'driver' | 'register';

/** A fact about a device that can be compared between recordings: what can't be equal is blanked. */
export type DeviceRow = {
	/** `seq` of the event. */
	readonly seq: number;

	/** What kind of fact it is. */
	readonly kind: RowKind;

	/** All that must be equal, but for which node it is. */
	readonly what: string;

	/** Rows that are equal only in this are one thing that changed. */
	readonly like: string;

	/** Number of the node in its own recording; null for other rows. */
	readonly node: number | null;

	/** Events were lost between the row before and this one. */
	readonly afterLoss: boolean;
};

/** What a log tells of probes and bindings is inferred where it can be: that it doesn't tell one is no difference. */
export function isOptional({kind}: DeviceRow): boolean {
	return kind === 'probe' || kind === 'driver';
}

/** What is compared of an event, whichever node it is about. */
export type RowText = Pick<DeviceRow, 'kind' | 'what' | 'like'>;

const operations: {readonly [type in RecordedEvent['type']]?: string} = {
	'devres-add': 'ADD',
	'devres-release': 'REL',
	'devres-remove': 'REM',
	'devres-replace': 'REPLACE',
};

/** KERN_WARNING: lines less severe are no concern of a device's life. */
const warningLevel = 4;

/** drivers/base/dd.c, call_driver_probe() and really_probe(): what a probe that fails leaves in the log. */
const probeFailed =
	/^(?:[^\s:]{1,80}: )?probe (?:of \S{1,80} |with driver \S{1,80} )?failed with error -?\d{1,6}/;

/** The line with which really_probe() refuses a device that owns nodes. */
export function isRefusal({text}: PrintkEvent): boolean {
	return text.startsWith('Resources present before probing');
}

/** The device that a line of the kernel log is about: older kernels name it only in the text. */
export function deviceOfLine({device, text}: PrintkEvent): string | undefined {
	return device ?? /^(?:[^\s:]{1,80}: )?probe of (\S{1,80}) failed/.exec(text)?.[1];
}

/** Hashed addresses, and the device's own address: it may be another in the other recording. */
function blanked(text: string, device: string): string {
	return text.replaceAll(device, 'DEVICE').replaceAll(/\b[\da-f]{16}\b/g, 'ADDRESS');
}

function logRow(event: PrintkEvent, device: string, told: ToldFacts): RowText | null {
	if (!told.log) return null;
	const text = `log: ${blanked(event.text, device)}`;
	if (isRefusal(event)) return {kind: 'log', what: text, like: text};
	if (probeFailed.test(event.text)) {
		return {kind: 'log', what: text, like: 'log: probe failed'};
	}
	if (!told.levels || event.level === null || event.level > warningLevel) return null;
	return {kind: 'log', what: text, like: text.replaceAll(/\d+/g, '0')};
}

/** The bits of PCI_COMMAND that drivers and devres switch; enumeration also switches decoding while it sizes BARs. */
export const comparedBits = PCI_COMMAND_INTX_DISABLE | PCI_COMMAND_MASTER;

function registerText(value: number): string {
	const bit = (mask: number): number => Number((value & mask) !== 0);
	const intx = bit(PCI_COMMAND_INTX_DISABLE);
	return `write PCI_COMMAND INTX_DISABLE=${intx} MASTER=${bit(PCI_COMMAND_MASTER)}`;
}

function driverRow(what: string): RowText {
	return {kind: 'driver', what, like: what.split(' ', 1)[0] ?? what};
}

/** What of an event is compared, where both recordings tell such facts; null for nothing. */
export function rowTextOf(event: RecordedEvent, device: string, told: ToldFacts): RowText | null {
	switch (event.type) {
		case 'devres-add':
		case 'devres-release':
		case 'devres-remove':
		case 'devres-replace': {
			const like = `${operations[event.type]} ${event.name}`;
			return {kind: 'node', what: `${like} (${event.size} bytes)`, like};
		}
		case 'printk':
			return logRow(event, device, told);
		case 'probe-end': {
			if (!told.probes || event.result === null) return null;
			const what = `probe ends: ${describeResult(event.result)}`;
			return {kind: 'probe', what, like: 'probe ends'};
		}
		case 'bind':
			return told.binds ? driverRow(`bound to ${event.driver}`) : null;
		case 'unbind':
			return told.unbinds ? driverRow(`unbinding from ${event.driver}`) : null;
		case 'device-remove':
			return told.presence ? driverRow('removed from its bus') : null;
		case 'config-write': {
			if (!told.registers || event.offset !== PCI_COMMAND) return null;
			const what = registerText(event.value);
			return {kind: 'register', what, like: 'write PCI_COMMAND'};
		}
		default:
			return null;
	}
}
